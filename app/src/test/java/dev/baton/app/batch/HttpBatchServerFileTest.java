package dev.baton.app.batch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatchClientFileContract;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.port.BatchFiles;
import dev.baton.http.in.runner.RunnerDialect;
import dev.baton.http.in.runner.shared.RunnerSettings;
import dev.baton.http.in.transport.HttpServer;
import dev.baton.http.out.client.HttpBatonClient;
import dev.baton.persistence.file.FileBatches;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HttpBatchServerFileTest extends BatchClientFileContract {
  private static final int UPLOAD_MAX = 4 << 20;

  private @Nullable HttpServer http;

  @Override
  protected BatchFiles files() {
    return FileBatches.disabled();
  }

  @Override
  protected BatchClient createServer(Baton baton, BatchFiles files) {
    HttpServer started =
        HttpServer.builder()
            .dialect(
                new RunnerDialect(baton, RunnerSettings.DEFAULT.withUploadMax(UPLOAD_MAX), files))
            .start();
    http = started;
    return client(started);
  }

  private static BatchClient client(HttpServer server) {
    return HttpBatonClient.of(URI.create("http://127.0.0.1:" + server.address().getPort()))
        .batches();
  }

  @AfterEach
  void stop() {
    HttpServer started = http;
    if (started != null) {
      started.close();
    }
  }

  @Test
  void aFileThatTheServerWillNotTake_isRefusedAsThat(@TempDir Path place) throws IOException {
    Path large = Files.writeString(place.resolve("l.csv"), "prompt\n" + "x".repeat(8 << 20));

    assertThatThrownBy(
            () ->
                client(requireNonNull(http))
                    .create(
                        NewBatch.of("large", BatchConfig.DEFAULT), large, BatchFiles.Format.CSV))
        .isInstanceOf(BatonException.class)
        .hasMessageContaining("" + UPLOAD_MAX);
  }
}
