package dev.baton.http.out.client;

import dev.baton.core.Baton;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatchClientContract;
import dev.baton.http.in.runner.NoFiles;
import dev.baton.http.in.runner.RunnerDialect;
import dev.baton.http.in.runner.shared.RunnerSettings;
import dev.baton.http.in.transport.HttpServer;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

final class HttpBatchClientTest extends BatchClientContract {
  private @Nullable HttpServer http;

  @Override
  protected BatchClient createServer(Baton baton) {
    HttpServer started =
        HttpServer.builder()
            .dialect(new RunnerDialect(baton, RunnerSettings.DEFAULT, new NoFiles()))
            .start();
    http = started;
    return HttpBatchClient.of(URI.create("http://127.0.0.1:" + started.address().getPort()));
  }

  @AfterEach
  void stop() {
    HttpServer started = http;
    if (started != null) {
      started.close();
    }
  }
}
