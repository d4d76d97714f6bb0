package dev.baton.http.out.client;

import dev.baton.core.Baton;
import dev.baton.core.port.BatchServer;
import dev.baton.core.port.BatchServerContract;
import dev.baton.http.in.runner.NoFiles;
import dev.baton.http.in.runner.RunnerDialect;
import dev.baton.http.in.runner.RunnerSettings;
import dev.baton.http.in.server.HttpServer;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

final class HttpBatchServerTest extends BatchServerContract {
  private @Nullable HttpServer http;

  @Override
  protected BatchServer createServer(Baton baton) {
    HttpServer started =
        HttpServer.builder()
            .dialect(new RunnerDialect(baton, RunnerSettings.DEFAULT, new NoFiles()))
            .start();
    http = started;
    return HttpBatchServer.of(URI.create("http://127.0.0.1:" + started.address().getPort()));
  }

  @AfterEach
  void stop() {
    HttpServer started = http;
    if (started != null) {
      started.close();
    }
  }
}
