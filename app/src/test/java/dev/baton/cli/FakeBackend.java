package dev.baton.cli;

import dev.baton.cli.shared.CliBackend;
import dev.baton.cli.shared.CliBackend.Target;
import dev.baton.cli.shared.StopSignal;
import dev.baton.core.Baton;
import dev.baton.core.client.BatonClient;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.Maintenance;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.bridge.BridgeDialect;
import dev.baton.http.in.bridge.BridgeSettings;
import dev.baton.http.in.ops.GaugeValues;
import dev.baton.http.in.ops.OpsDialect;
import dev.baton.http.in.ops.OpsSources;
import dev.baton.http.in.ops.Readiness;
import dev.baton.http.in.runner.RunnerDialect;
import dev.baton.http.in.runner.shared.RunnerSettings;
import dev.baton.http.in.transport.ServerStats;
import dev.baton.http.local.InProcessTransport;
import dev.baton.http.out.client.HttpBatonClient;
import dev.baton.http.out.client.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A backend over one Baton, whatever the target; what it was asked is kept to be looked at. */
public final class FakeBackend implements CliBackend {
  public volatile @Nullable Target opened;
  public volatile @Nullable TenantId tenant;
  public volatile @Nullable ServeOptions served;
  public volatile @Nullable BenchOptions benched;

  /** Thrown instead of opening. */
  public volatile @Nullable RuntimeException refusal;

  /** Calls of work servers that fail before they reach the Baton, from now on. */
  public final AtomicInteger outages = new AtomicInteger();

  /** Replies of work servers reach their callers after this. */
  public volatile CompletableFuture<?> way = CompletableFuture.completedFuture(null);

  public final FakeMaintenance maintenance = new FakeMaintenance();

  private final Baton baton;
  private final BatchFiles files;

  FakeBackend(Baton baton, BatchFiles files) {
    this.baton = baton;
    this.files = files;
  }

  @Override
  public BatonClient open(Target target, TenantId who, Use use) {
    opened = target;
    tenant = who;
    refuse();
    return new HttpBatonClient(new Unreliable(transport(who)));
  }

  private Transport transport(TenantId who) {
    Dialect bridge = new BridgeDialect(baton, BridgeSettings.DEFAULT);
    Dialect runner = new RunnerDialect(baton, RunnerSettings.DEFAULT.withAutoExecute(false), files);
    Dialect ops =
        new OpsDialect(
            new OpsSources(
                InstantSource.system(),
                baton.insight()::counters,
                () -> Readiness.READY,
                ServerStats::new,
                () -> CompletableFuture.completedFuture(GaugeValues.NONE)));
    return new InProcessTransport(
        path -> path.startsWith("/api/v1") ? runner : path.equals("/metrics") ? ops : bridge,
        who,
        () -> Path.of(System.getProperty("java.io.tmpdir")),
        () -> {});
  }

  /** Is away as often as asked. */
  private final class Unreliable implements Transport {
    private final Transport real;

    Unreliable(Transport real) {
      this.real = real;
    }

    @Override
    public CompletableFuture<Incoming> send(Outgoing request) {
      return outages.getAndUpdate(left -> Math.max(0, left - 1)) > 0
          ? CompletableFuture.failedFuture(new ConnectException("no server answers"))
          : real.send(request).thenCombine(way, (reply, arrived) -> reply);
    }

    @Override
    public URI target() {
      return real.target();
    }

    @Override
    public void close() {
      real.close();
    }
  }

  private void refuse() {
    RuntimeException refused = refusal;
    if (refused != null) {
      throw refused;
    }
  }

  @Override
  public Maintenance maintenance(Path file, Use use) {
    return maintenance;
  }

  @Override
  public void serve(ServeOptions options, StopSignal stop, Consumer<Listening> onListening) {
    served = options;
    refuse();
    onListening.accept(
        new Listening(
            URI.create("http://127.0.0.1:8000"),
            options.db().orElse(Path.of("baton.db")),
            List.of("a note")));
  }

  @Override
  public void bench(BenchOptions options, StopSignal stop, Consumer<Figure> onFigure) {
    benched = options;
    onFigure.accept(new Figure("raw limit", 25_000.4, "cycles/s"));
    onFigure.accept(new Figure("wake-up p50", 0.7512, "ms"));
  }

  @Override
  public String openapi(String version, Optional<String> dialect) {
    if (dialect.filter(name -> !name.equals("bridge")).isPresent()) {
      throw new BatonException(ErrorCode.VALIDATION_FAILED, "there is no dialect " + dialect.get());
    }
    return "{\"openapi\":\"" + version + "\"}";
  }

  @Override
  public String version() {
    return "9.9.9";
  }

  /** Housekeeping that tells what it is told to tell. */
  public static final class FakeMaintenance implements Maintenance {
    public volatile List<String> findings = List.of();
    public volatile Duration ahead = Duration.ZERO;
    public volatile OptionalLong holder = OptionalLong.empty();
    public volatile @Nullable RuntimeException refusal;
    public volatile @Nullable Duration pruned;
    public volatile @Nullable Path restored;

    @Override
    public Copied backup(Path to, LongConsumer progress) {
      refuse();
      progress.accept(50);
      try {
        Files.write(to, new byte[] {1, 2, 3});
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Copied(to, 4096, 7);
    }

    @Override
    public Copied restore(Path from) {
      refuse();
      restored = from;
      return new Copied(from, 4096, 7);
    }

    @Override
    public Checked check() {
      refuse();
      return new Checked(1, 7, findings);
    }

    @Override
    public long prune(Duration age, LongConsumer progress) {
      refuse();
      pruned = age;
      return 3;
    }

    @Override
    public long compact() {
      return 1024;
    }

    @Override
    public Duration clockAhead(Instant wall) {
      return ahead;
    }

    @Override
    public Duration resetClock(Instant wall) {
      refuse();
      Duration was = ahead;
      ahead = Duration.ZERO;
      return was;
    }

    @Override
    public OptionalLong holder() {
      return holder;
    }

    private void refuse() {
      RuntimeException refused = refusal;
      if (refused != null) {
        throw refused;
      }
    }
  }
}
