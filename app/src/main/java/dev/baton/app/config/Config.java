package dev.baton.app.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.baton.core.domain.prompt.ModelName;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that can be configured. Every key has a default, so that an empty file is a good one. */
public record Config(
    @Nullable Server server,
    @Nullable StoreConfig store,
    @Nullable Logging logging,
    @Nullable Metrics metrics,
    @Nullable Cors cors,
    @Nullable Bridge bridge,
    @Nullable FilesConfig files,
    @Nullable List<ProviderConfig> providers,
    @Nullable ExecutorConfig executor,
    @Nullable OutboundConfig outbound,
    @Nullable AlertsConfig alerts,
    @Nullable List<WebhookConfig> webhooks) {
  public static final Config DEFAULT =
      new Config(null, null, null, null, null, null, null, null, null, null, null, null);

  public Config {
    server = server == null ? Server.DEFAULT : server;
    store = store == null ? StoreConfig.DEFAULT : store;
    logging = logging == null ? Logging.DEFAULT : logging;
    metrics = metrics == null ? Metrics.DEFAULT : metrics;
    cors = cors == null ? Cors.DEFAULT : cors;
    bridge = bridge == null ? Bridge.DEFAULT : bridge;
    files = files == null ? FilesConfig.DEFAULT : files;
    providers = providers == null ? List.of() : List.copyOf(providers);
    checkProviders(providers);
    executor = executor == null ? ExecutorConfig.DEFAULT : executor;
    outbound = outbound == null ? OutboundConfig.DEFAULT : outbound;
    alerts = alerts == null ? AlertsConfig.DEFAULT : alerts;
    webhooks = webhooks == null ? List.of() : List.copyOf(webhooks);
    check(
        webhooks.stream().map(WebhookConfig::url).distinct().count() == webhooks.size(),
        "webhooks: a url is named twice");
  }

  /** What the command line says goes over what the file says. */
  public Config with(Optional<String> db, Optional<String> host, Optional<Integer> port) {
    Server listening =
        new Server(
            host.orElse(server().host()),
            port.orElse(server().port()),
            server().extraListeners(),
            server().workers(),
            server().publicUrl(),
            server().allowedHosts(),
            server().isStrict());
    StoreConfig keeping =
        new StoreConfig(db.orElse(store().url()), store().durability(), store().lowWaterMib());
    return new Config(
        listening, keeping, logging, metrics, cors, bridge, files, providers, executor, outbound,
        alerts, webhooks);
  }

  /** The same, but the built-in echo answers where no providers are named. */
  public Config echoing() {
    return new Config(
        server,
        store,
        logging,
        metrics,
        cors,
        bridge,
        files,
        providers,
        executor().echoing(),
        outbound,
        alerts,
        webhooks);
  }

  /**
   * Where the server listens.
   *
   * @param extraListeners further ports, such as 3000 for seed 2's examples
   * @param workers Undertow's I/O threads; absent: one per processor, at least two
   * @param publicUrl what clients outside call the server, for the OpenAPI document
   * @param allowedHosts names beside the loopback ones that a request may give as its host
   * @param strict whether unknown members of bodies are refused instead of ignored
   */
  public record Server(
      @Nullable String host,
      @Nullable Integer port,
      @JsonProperty("extra_listeners") @Nullable List<Integer> extraListeners,
      @Nullable Integer workers,
      @JsonProperty("public_url") @Nullable String publicUrl,
      @JsonProperty("allowed_hosts") @Nullable List<String> allowedHosts,
      @Nullable Boolean strict) {
    static final Server DEFAULT = new Server(null, null, null, null, null, null, null);

    public Server {
      host = host == null ? "127.0.0.1" : host;
      port = port == null ? 8000 : port;
      check(port >= 0 && port <= 65_535, "server.port is from 0 to 65535");
      extraListeners = extraListeners == null ? List.of() : List.copyOf(extraListeners);
      check(
          !extraListeners.contains(port)
              && Set.copyOf(extraListeners).size() == extraListeners.size(),
          "server.extra_listeners name each port once, and not server.port");
      for (int extra : extraListeners) {
        check(extra >= 1 && extra <= 65_535, "server.extra_listeners are from 1 to 65535");
      }
      check(workers == null || (workers >= 1 && workers <= 256), "server.workers is 1 to 256");
      allowedHosts = allowedHosts == null ? List.of() : List.copyOf(allowedHosts);
      strict = strict != null && strict;
    }

    public boolean isStrict() {
      return Boolean.TRUE.equals(strict);
    }

    @Override
    public String host() {
      return Optional.ofNullable(host).orElseThrow();
    }

    @Override
    public Integer port() {
      return Optional.ofNullable(port).orElseThrow();
    }

    @Override
    public List<Integer> extraListeners() {
      return Optional.ofNullable(extraListeners).orElseThrow();
    }

    @Override
    public List<String> allowedHosts() {
      return Optional.ofNullable(allowedHosts).orElseThrow();
    }
  }

  /**
   * Where tasks are kept.
   *
   * @param url a file
   * @param durability {@code power-loss} or {@code process-crash}
   * @param lowWaterMib free room below which no new work is taken; absent: 256 MiB or 5 % of the
   *     disk, whichever is more
   */
  public record StoreConfig(
      @Nullable String url,
      @Nullable String durability,
      @JsonProperty("low_water_mib") @Nullable Long lowWaterMib) {
    static final StoreConfig DEFAULT = new StoreConfig(null, null, null);

    public StoreConfig {
      url = url == null ? "baton.db" : url;
      check(!url.startsWith("jdbc:"), "store.url is a file; other databases are not served yet");
      durability = durability == null ? "power-loss" : durability;
      check(
          durability.equals("power-loss") || durability.equals("process-crash"),
          "store.durability is power-loss or process-crash");
      check(lowWaterMib == null || lowWaterMib >= 0, "store.low_water_mib is not negative");
    }

    @Override
    public String url() {
      return Optional.ofNullable(url).orElseThrow();
    }

    public boolean isPowerLossSafe() {
      return "power-loss".equals(durability);
    }
  }

  /** How much is logged, and as what: {@code text} or {@code json}, on standard error. */
  public record Logging(@Nullable String level, @Nullable String format) {
    // Before DEFAULT, whose making looks at it.
    private static final List<String> LEVELS = List.of("error", "warn", "info", "debug");
    static final Logging DEFAULT = new Logging(null, null);

    public Logging {
      level = level == null ? "info" : level.toLowerCase(Locale.ROOT);
      check(LEVELS.contains(level), "logging.level is one of " + LEVELS);
      format = format == null ? "text" : format;
      check(format.equals("text") || format.equals("json"), "logging.format is text or json");
    }

    @Override
    public String level() {
      return Optional.ofNullable(level).orElseThrow();
    }

    public boolean isJson() {
      return "json".equals(format);
    }
  }

  /** Whether {@code /metrics} is served. */
  public record Metrics(@Nullable Boolean enabled, @Nullable String endpoint) {
    static final Metrics DEFAULT = new Metrics(null, null);

    public Metrics {
      enabled = enabled == null || enabled;
      endpoint = endpoint == null ? "/metrics" : endpoint;
      check(endpoint.equals("/metrics"), "metrics.endpoint is /metrics");
    }

    public boolean isEnabled() {
      return Boolean.TRUE.equals(enabled);
    }
  }

  /**
   * Which pages may read the server's answers in a browser. None by default: as long as no key is
   * asked for, any page that its user looks at could read every prompt.
   */
  public record Cors(@JsonProperty("allowed_origins") @Nullable List<String> allowedOrigins) {
    static final Cors DEFAULT = new Cors(null);

    public Cors {
      allowedOrigins = allowedOrigins == null ? List.of() : List.copyOf(allowedOrigins);
    }

    @Override
    public List<String> allowedOrigins() {
      return Optional.ofNullable(allowedOrigins).orElseThrow();
    }
  }

  @Override
  public Server server() {
    return Optional.ofNullable(server).orElseThrow();
  }

  @Override
  public StoreConfig store() {
    return Optional.ofNullable(store).orElseThrow();
  }

  @Override
  public Logging logging() {
    return Optional.ofNullable(logging).orElseThrow();
  }

  @Override
  public OutboundConfig outbound() {
    return Optional.ofNullable(outbound).orElseThrow();
  }

  @Override
  public AlertsConfig alerts() {
    return Optional.ofNullable(alerts).orElseThrow();
  }

  @Override
  public List<WebhookConfig> webhooks() {
    return Optional.ofNullable(webhooks).orElseThrow();
  }

  @Override
  public FilesConfig files() {
    return Optional.ofNullable(files).orElseThrow();
  }

  @Override
  public Metrics metrics() {
    return Optional.ofNullable(metrics).orElseThrow();
  }

  @Override
  public Cors cors() {
    return Optional.ofNullable(cors).orElseThrow();
  }

  /**
   * What seed 1's protocol leaves open.
   *
   * @param leaseMaxSeconds the longest lease that may be asked for, 1 s to 30 days
   * @param maxAttempts leases that a prompt gets in all; 0 for no bound
   */
  public record Bridge(
      @JsonProperty("lease_max_seconds") @Nullable Integer leaseMaxSeconds,
      @JsonProperty("max_attempts") @Nullable Integer maxAttempts) {
    private static final int DAY = 86_400;
    private static final int USUAL_ATTEMPTS = 20;
    static final Bridge DEFAULT = new Bridge(null, null);

    public Bridge {
      leaseMaxSeconds = leaseMaxSeconds == null ? DAY : leaseMaxSeconds;
      check(
          leaseMaxSeconds >= 1 && leaseMaxSeconds <= 30 * DAY,
          "bridge.lease_max_seconds is from 1 to 2592000");
      maxAttempts = maxAttempts == null ? USUAL_ATTEMPTS : maxAttempts;
      check(maxAttempts >= 0, "bridge.max_attempts is not negative");
    }

    public Duration leaseMax() {
      return Duration.ofSeconds(Optional.ofNullable(leaseMaxSeconds).orElseThrow());
    }

    /** Empty: no bound. */
    public OptionalInt attemptsMax() {
      int max = Optional.ofNullable(maxAttempts).orElseThrow();
      return max == 0 ? OptionalInt.empty() : OptionalInt.of(max);
    }
  }

  @Override
  public Bridge bridge() {
    return Optional.ofNullable(bridge).orElseThrow();
  }

  /** None: nobody is asked, but for the built-in echo where it is wanted. */
  @Override
  public List<ProviderConfig> providers() {
    return Optional.ofNullable(providers).orElseThrow();
  }

  @Override
  public ExecutorConfig executor() {
    return Optional.ofNullable(executor).orElseThrow();
  }

  private static void check(boolean good, String rule) {
    if (!good) {
      throw new IllegalArgumentException(rule);
    }
  }

  /** No two of one name, none with a model twice, no fallback that nobody offers. */
  private static void checkProviders(List<ProviderConfig> providers) {
    Set<String> names = new HashSet<>();
    Map<String, Integer> offers = new HashMap<>();
    for (ProviderConfig provider : providers) {
      Rules.check(names.add(provider.name()), "providers: two are named " + provider.name());
      Set<String> own = new HashSet<>();
      for (ModelConfig model : provider.models()) {
        Rules.check(
            own.add(model.name()),
            "providers: " + provider.name() + " offers the model " + model.name() + " twice");
      }
      own.forEach(model -> offers.merge(model, 1, Integer::sum));
    }
    Set<String> models = offers.keySet();
    for (ProviderConfig provider : providers) {
      for (ModelConfig model : provider.models()) {
        Rules.check(
            models.containsAll(model.fallbacks()),
            "providers: no provider offers the fallback of " + model.name());
        if (offers.getOrDefault(model.name(), 0) > 1) {
          checkEntry(model.name() + "@" + provider.name(), models);
        }
      }
    }
  }

  /** A model that several providers offer is told apart by its providers' names. */
  private static void checkEntry(String entry, Set<String> models) {
    Rules.check(
        ModelName.isValid(entry),
        "providers: %s is too long for a name: shorten the provider's".formatted(entry));
    Rules.check(
        !models.contains(entry),
        "providers: %s would name both a model and one of several offers of a model"
            .formatted(entry));
  }
}
