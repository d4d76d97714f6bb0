package dev.baton.http.out.client;

import dev.baton.core.Baton;
import dev.baton.core.port.AdminServer;
import dev.baton.core.port.AdminServerContract;
import dev.baton.http.in.runner.NoFiles;
import dev.baton.http.in.runner.RunnerDialect;
import dev.baton.http.in.runner.RunnerSettings;
import dev.baton.http.in.server.HttpServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

final class HttpAdminServerTest extends AdminServerContract {
  private final List<HttpServer> started = new ArrayList<>();

  @Override
  protected AdminServer createServer(Baton baton) {
    HttpServer http =
        HttpServer.builder()
            .dialect(new RunnerDialect(baton, RunnerSettings.DEFAULT, new NoFiles()))
            .start();
    started.add(http);
    return HttpAdminServer.of(URI.create("http://127.0.0.1:" + http.address().getPort()));
  }

  @AfterEach
  void stop() {
    started.forEach(HttpServer::close);
  }
}
