package dev.baton.app;

import dev.baton.app.config.Config;
import dev.baton.app.crash.Fault;
import dev.baton.core.Baton;
import dev.baton.http.in.server.HttpServer;
import dev.baton.persistence.sql.SqliteStore;
import java.nio.file.Path;
import java.util.List;

/** Serves a database at any free port, with a {@link Fault} planted into the store. */
final class FaultyMain {

  private FaultyMain() {}

  public static void main(String[] args) throws InterruptedException {
    Config config =
        new Config(new Config.Server(null, 0, null, null, null, null), null, null, null, null);
    Wiring wiring = new Wiring(config, args[0].equals("NONE") ? store -> store : Fault.valueOf(args[0])::in);
    SqliteStore store = wiring.openStore(Path.of(args[1]), e -> Runtime.getRuntime().halt(74));
    Baton baton = wiring.baton(store).start();
    HttpServer server = wiring.listen(baton, List.of());
    System.err.println("Baton listens on http:/" + server.address());
    Thread.currentThread().join();
  }
}
