package dev.baton.http.out.client;

import dev.baton.core.Baton;
import dev.baton.core.client.AdminClient;
import dev.baton.core.client.AdminClientContract;
import dev.baton.http.in.runner.NoFiles;
import dev.baton.http.in.runner.RunnerDialect;
import dev.baton.http.in.runner.shared.RunnerSettings;
import dev.baton.http.in.transport.HttpServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

final class HttpAdminClientTest extends AdminClientContract {
  private final List<HttpServer> started = new ArrayList<>();

  @Override
  protected AdminClient createServer(Baton baton) {
    HttpServer http =
        HttpServer.builder()
            .dialect(new RunnerDialect(baton, RunnerSettings.DEFAULT, new NoFiles()))
            .start();
    started.add(http);
    return HttpAdminClient.of(URI.create("http://127.0.0.1:" + http.address().getPort()));
  }

  @AfterEach
  void stop() {
    started.forEach(HttpServer::close);
  }
}
