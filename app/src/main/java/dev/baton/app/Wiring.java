package dev.baton.app;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.app.config.Config;
import dev.baton.app.config.ConfigException;
import dev.baton.app.config.WebhookConfig;
import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.WebhookSender;
import dev.baton.core.runtime.SteadyClock;
import dev.baton.core.usecase.task.Settings;
import dev.baton.core.usecase.webhook.Webhooks;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.bridge.BridgeDialect;
import dev.baton.http.in.bridge.BridgeSettings;
import dev.baton.http.in.openapi.ApiInfo;
import dev.baton.http.in.openapi.DocsDialect;
import dev.baton.http.in.ops.OpsDialect;
import dev.baton.http.in.ops.OpsSources;
import dev.baton.http.in.ops.Readiness;
import dev.baton.http.in.runner.RunnerDialect;
import dev.baton.http.in.runner.schedule.RunFiles;
import dev.baton.http.in.runner.shared.NodeStatus;
import dev.baton.http.in.runner.shared.RunnerSettings;
import dev.baton.http.in.transport.Cors;
import dev.baton.http.in.transport.HttpServer;
import dev.baton.http.in.transport.ServerStats;
import dev.baton.http.out.upstream.UpstreamClient;
import dev.baton.http.out.webhook.HttpWebhookSender;
import dev.baton.persistence.SqlStores;
import dev.baton.persistence.StoreOptions;
import dev.baton.persistence.file.FileBatches;
import dev.baton.persistence.file.SpoolDirectory;
import dev.baton.persistence.sqlite.SqliteStore;
import dev.baton.persistence.sqlite.disk.Turn;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes the parts and joins them: the only {@code new} of an adapter. */
public final class Wiring {
  private static final System.Logger LOG = System.getLogger(Wiring.class.getName());

  private final Config config;
  private final Seams seams;

  public Wiring(Config config) {
    this(config, Seams.NONE);
  }

  public Wiring(Config config, Seams seams) {
    this.config = config;
    this.seams = seams;
  }

  /** Opens the store of a server: with ballast, and told of what breaks. */
  SqliteStore openStore(Path file, Consumer<Throwable> onBroken) {
    StoreOptions options =
        StoreOptions.DEFAULT
            .withPowerLossSafe(config.store().isPowerLossSafe())
            .withBallast(StoreOptions.SERVER_BALLAST)
            .withTurn(Turn.lasting("baton serve"))
            .onBroken(onBroken);
    Long lowWater = config.store().lowWaterMib();
    return SqlStores.open(file, lowWater == null ? options : options.withLowWater(lowWater << 20));
  }

  /** Who calls others over HTTP, by the rules of the configuration. */
  UpstreamClient upstream() {
    return new UpstreamClient(config.outbound().rules());
  }

  /**
   * The core over a store; the clock goes on from the newest instant that the store has seen.
   *
   * @param upstream through which models are asked; closed after the core
   */
  Baton baton(SqliteStore store, UpstreamClient upstream) {
    Baton.Builder builder = builder(store);
    ModelWiring.join(config, upstream, builder);
    Baton baton = seams.core().apply(builder).build();
    config.alerts().backlogMax().ifPresent(baton.alerts()::watchBacklog);
    baton.webhooks().ifPresent(service -> provide(service.webhooks()));
    return baton;
  }

  /** Makes or updates the webhooks that the configuration names. */
  private void provide(Webhooks webhooks) {
    for (WebhookConfig webhook : config.webhooks()) {
      try {
        Baton.await(webhooks.provide(TenantId.DEFAULT, webhook.asked()));
      } catch (BatonException refused) {
        throw new ConfigException("webhooks: " + webhook.name() + ": " + refused.getMessage());
      }
    }
  }

  WebhookSender webhookSender() {
    return new HttpWebhookSender(config.outbound().rules());
  }

  private Baton.Builder builder(SqliteStore store) {
    return Baton.builder(seams.store().apply(store))
        .clock(new SteadyClock(store.lastInstant()))
        .calendar(InstantSource.system())
        .files(files(), new RunFiles())
        .settings(
            new Settings(
                Settings.DEFAULT.headStart(),
                Settings.DEFAULT.keyRetention(),
                config.bridge().leaseMax()))
        .webhooks(webhookSender())
        .onSweepRefused(
            refusal -> LOG.log(System.Logger.Level.WARNING, "the sweep was refused", refusal))
        .onAlert(
            pause ->
                LOG.log(
                    System.Logger.Level.ERROR,
                    "model {0} is paused until {1}: {2}",
                    pause.model(),
                    pause.until(),
                    pause.reason()));
  }

  /** All dialects that a server speaks; {@code http} is asked only once it listens. */
  List<Dialect> dialects(
      Baton baton, Supplier<Readiness> readiness, Supplier<ServerStats> http, NodeStatus machine) {
    List<Dialect> dialects = new ArrayList<>();
    dialects.add(new BridgeDialect(baton, bridgeSettings()));
    dialects.add(
        new RunnerDialect(
            baton,
            RunnerSettings.DEFAULT
                .withVersion(Version.current())
                .withMachine(machine)
                .withAutoExecute(config.executor().isAutomatic())
                .withStrict(config.server().isStrict())
                .withUploadMax(config.files().uploadMax()),
            files()));
    dialects.add(
        new OpsDialect(
            new OpsSources(
                baton::wallTime,
                baton.insight()::counters,
                readiness,
                http,
                () -> GaugeReader.read(baton)),
            config.metrics().isEnabled()));
    dialects.add(
        new DocsDialect(
            dialects,
            new ApiInfo(Version.current(), Optional.ofNullable(config.server().publicUrl()))));
    return dialects;
  }

  /** Makes room for uploads; once the store is open, so that no other server has its own there. */
  @CanIgnoreReturnValue
  Path prepareSpool() {
    try {
      SpoolDirectory.prepare(spool());
      return spool();
    } catch (IOException e) {
      throw new ConfigException("uploads can't be kept in " + spool() + ": see files.spool_dir");
    }
  }

  private Path database() {
    return SqlStores.realFile(Path.of(config.store().url()));
  }

  private Path spool() {
    String chosen = config.files().spoolDir();
    return Path.of(chosen == null ? database() + "-spool" : chosen);
  }

  /** Files under the root that the configuration names, if any. */
  BatchFiles files() {
    String root = config.files().root();
    if (root == null) {
      return FileBatches.disabled();
    }
    try {
      return FileBatches.under(Path.of(root), Optional.of(database()));
    } catch (IOException e) {
      throw new ConfigException("files.root is no directory that can be read: " + root);
    }
  }

  private BridgeSettings bridgeSettings() {
    OptionalInt attempts = config.bridge().attemptsMax();
    RetryPolicy retry =
        attempts.isPresent()
            ? RetryPolicy.DEFAULT.withMaxAttempts(attempts.getAsInt())
            : RetryPolicy.FOREVER;
    return new BridgeSettings(config.bridge().leaseMax(), retry, config.server().isStrict());
  }

  HttpServer listen(
      Baton baton, Supplier<Readiness> readiness, Supplier<NodeStatus.Storage> storage) {
    HttpServer.Builder http =
        HttpServer.builder()
            .host(config.server().host())
            .port(config.server().port())
            .spool(spool())
            .cors(new Cors(Set.copyOf(config.cors().allowedOrigins())));
    config.server().extraListeners().forEach(http::extraPort);
    config.server().allowedHosts().forEach(http::allowHost);
    publicHost().ifPresent(http::allowHost);
    if (config.server().workers() != null) {
      http.ioThreads(config.server().workers());
    }
    dialects(baton, readiness, http::stats, new NodeStatusReader(http::stats, storage))
        .forEach(http::dialect);
    return http.start();
  }

  /** The OpenAPI document, which needs no server. */
  static DocsDialect documentation() {
    List<Dialect> dialects =
        new Wiring(Config.DEFAULT)
            .dialects(
                Baton.builder(new NoStore()).build(),
                () -> Readiness.READY,
                () -> {
                  throw new IllegalStateException("there is no server here");
                },
                NodeStatus.UNKNOWN);
    return (DocsDialect) dialects.get(dialects.size() - 1);
  }

  /** Whoever comes through the proxy names the host that the operator told the world. */
  private Optional<String> publicHost() {
    return Optional.ofNullable(config.server().publicUrl())
        .flatMap(url -> Optional.ofNullable(URI.create(url).getHost()));
  }
}
