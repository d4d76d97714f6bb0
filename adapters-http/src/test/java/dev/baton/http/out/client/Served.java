package dev.baton.http.out.client;

import dev.baton.core.Baton;
import dev.baton.core.client.BatonClient;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.port.BatchFiles;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.bridge.BridgeDialect;
import dev.baton.http.in.bridge.BridgeSettings;
import dev.baton.http.in.ops.GaugeValues;
import dev.baton.http.in.ops.OpsDialect;
import dev.baton.http.in.ops.OpsSources;
import dev.baton.http.in.ops.Readiness;
import dev.baton.http.in.runner.NoFiles;
import dev.baton.http.in.runner.RunnerDialect;
import dev.baton.http.in.runner.shared.RunnerSettings;
import dev.baton.http.in.transport.HttpServer;
import dev.baton.http.in.transport.ServerStats;
import dev.baton.http.local.InProcessTransport;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Clients of Batons, each over a server of its own or in the process; closes the servers. */
public final class Served implements AutoCloseable {
  private final List<HttpServer> started = new ArrayList<>();

  /** A client over HTTP. */
  public BatonClient overHttp(Baton baton) {
    HttpServer server =
        HttpServer.builder()
            .dialect(new BridgeDialect(baton, BridgeSettings.DEFAULT))
            .dialect(runner(baton, new NoFiles()))
            .dialect(ops(baton))
            .start();
    started.add(server);
    return HttpBatonClient.of(URI.create("http://127.0.0.1:" + server.address().getPort()));
  }

  /** A client in this process; it closes nothing. */
  public static BatonClient inProcess(Baton baton) {
    return inProcess(baton, new NoFiles());
  }

  /** A client in this process whose uploads are read by {@code files}. */
  public static BatonClient inProcess(Baton baton, BatchFiles files) {
    Dialect bridge = new BridgeDialect(baton, BridgeSettings.DEFAULT);
    Dialect runner = runner(baton, files);
    Dialect ops = ops(baton);
    return new HttpBatonClient(
        new InProcessTransport(
            path -> path.startsWith("/api/v1") ? runner : path.equals("/metrics") ? ops : bridge,
            TenantId.DEFAULT,
            () -> Path.of(System.getProperty("java.io.tmpdir")),
            () -> {}));
  }

  private static Dialect runner(Baton baton, BatchFiles files) {
    return new RunnerDialect(baton, RunnerSettings.DEFAULT, files);
  }

  private static Dialect ops(Baton baton) {
    return new OpsDialect(
        new OpsSources(
            InstantSource.system(),
            baton.insight()::counters,
            () -> Readiness.READY,
            ServerStats::new,
            () -> CompletableFuture.completedFuture(GaugeValues.NONE)));
  }

  @Override
  public void close() {
    started.forEach(HttpServer::close);
  }
}
