package dev.baton.app;

import dev.baton.app.config.Config;
import dev.baton.core.Baton;
import dev.baton.http.in.server.HttpServer;
import dev.baton.persistence.sql.SqliteStore;
import java.nio.file.Path;
import java.util.List;

/** Starts Baton. */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws Exception {
    Wiring wiring = new Wiring(Config.DEFAULT);
    SqliteStore store = wiring.openStore(Path.of(args[0]), e -> Runtime.getRuntime().halt(74));
    Baton baton = wiring.baton(store).start();
    HttpServer server = wiring.listen(baton, List.of());
    System.err.println("Baton listens on http:/" + server.address());
    Thread.currentThread().join();
  }
}
