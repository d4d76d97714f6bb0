package dev.baton.http.out.client;

import dev.baton.core.Baton;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskClientContract;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.http.in.bridge.BridgeDialect;
import dev.baton.http.in.bridge.BridgeSettings;
import dev.baton.http.in.ops.Depths;
import dev.baton.http.in.ops.OpsDialect;
import dev.baton.http.in.ops.OpsSources;
import dev.baton.http.in.ops.Readiness;
import dev.baton.http.in.runner.NoFiles;
import dev.baton.http.in.runner.RunnerDialect;
import dev.baton.http.in.runner.shared.RunnerSettings;
import dev.baton.http.in.transport.HttpServer;
import dev.baton.http.in.transport.ServerStats;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;

final class HttpTaskClientTest extends TaskClientContract {
  private final Baton baton = Baton.builder(new InMemoryStore()).build().start();
  private final HttpServer http = start();

  private HttpServer start() {
    OpsSources sources =
        new OpsSources(
            InstantSource.system(),
            baton.insight()::counters,
            () -> new Readiness(List.of(), false),
            this::stats,
            () -> CompletableFuture.completedFuture(Depths.NONE));
    return HttpServer.builder()
        .dialect(new BridgeDialect(baton, BridgeSettings.DEFAULT))
        .dialect(new RunnerDialect(baton, RunnerSettings.DEFAULT, new NoFiles()))
        .dialect(new OpsDialect(sources))
        .start();
  }

  private ServerStats stats() {
    return http.stats();
  }

  @Override
  protected TaskClient createServer() {
    return HttpTaskClient.of(URI.create("http://127.0.0.1:" + http.address().getPort()));
  }

  @AfterEach
  void stop() {
    http.close();
    baton.close();
  }
}
