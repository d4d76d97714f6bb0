package dev.baton.app;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.app.bench.Bench;
import dev.baton.app.config.Config;
import dev.baton.app.config.ConfigException;
import dev.baton.app.config.ConfigLoader;
import dev.baton.cli.shared.CliBackend;
import dev.baton.cli.shared.CliBackend.Target;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.StopSignal;
import dev.baton.core.client.BatonClient;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.port.Maintenance;
import dev.baton.core.port.Store;
import dev.baton.http.in.openapi.OpenApiVersion;
import dev.baton.http.out.client.HttpBatonClient;
import dev.baton.persistence.SqlStores;
import dev.baton.persistence.StoreOptions;
import dev.baton.persistence.sqlite.disk.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What the commands are given: everything that needs a database or a web server. */
final class BatonBackend implements CliBackend {
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Map<String, String> environment;
  private final Seams seams;
  private final AtomicBoolean serving = new AtomicBoolean();

  /**
   * @param seams of the server
   */
  BatonBackend(Map<String, String> environment, Seams seams) {
    this.environment = Map.copyOf(environment);
    this.seams = seams;
  }

  /** Whether a server runs in this process. */
  boolean isServing() {
    return serving.get();
  }

  @Override
  public BatonClient open(Target target, TenantId tenant, Use use) {
    if (target instanceof Target.Server server) {
      return HttpBatonClient.of(server.url());
    }
    Path file = ((Target.File) target).path();
    Supplier<Wiring> wiring = () -> new Wiring(configuration(file), seams);
    if (use.kind() == Use.Kind.READ) {
      Optional<Store> reading = SqlStores.read(file);
      if (reading.isPresent()) {
        return LocalNode.reading(reading.get(), wiring, tenant);
      }
    }
    return LocalNode.open(SqlStores.open(file, options(use)), wiring, tenant);
  }

  /** A command that is over in a moment is not to look through the whole file first. */
  private static StoreOptions options(Use use) {
    StoreOptions options = StoreOptions.DEFAULT.withTurn(turn(use));
    return use.kind() == Use.Kind.LONG ? options : options.withCheck(Duration.ZERO);
  }

  private static Turn turn(Use use) {
    return new Turn(use.command(), use.kind() == Use.Kind.LONG, use.patience(), use.onWaiting());
  }

  /** What the environment says of a database file that no server has open. */
  private Config configuration(Path file) {
    Config config = ConfigFaults.told(new ConfigLoader(environment)::defaults);
    return config.with(Optional.of(file.toString()), Optional.empty(), Optional.empty());
  }

  @Override
  public Maintenance maintenance(Path file, Use use) {
    return SqlStores.maintenance(file, turn(use));
  }

  @Override
  public void serve(ServeOptions options, StopSignal stop, Consumer<Listening> onListening) {
    Config config = config(options);
    LogSetup.apply(config.logging());
    try (StopSignal.Busy busy = stop.busy(() -> {});
        Node node = Node.start(new Wiring(config, seams), config, options.insecure())) {
      requireNonNull(busy);
      serving.set(true);
      List<String> notes = new ArrayList<>(node.notes());
      if (options.demo()) {
        notes.addAll(Demo.run(node.url(), ModelWiring.isEchoing(config)));
      }
      onListening.accept(new Listening(node.url(), node.file(), notes));
      while (!node.isBroken() && !stop.await(LOOK)) {}
      node.drain();
      if (node.isBroken()) {
        throw node.broken();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ConfigException e) {
      throw ConfigFaults.failure(e);
    } catch (UncheckedIOException e) {
      throw noAddress(e);
    } finally {
      serving.set(false);
    }
  }

  /** Another process may go away and let the next start succeed; a wrong address stays wrong. */
  private static RuntimeException noAddress(UncheckedIOException e) {
    if (!(e.getCause() instanceof SocketException
        || e.getCause() instanceof UnknownHostException)) {
      return e;
    }
    String why = String.valueOf(e.getCause().getMessage());
    return why.contains("in use")
        ? new CommandFailure(
            ExitCodes.ADDRESS_TAKEN,
            "ADDRESS_TAKEN",
            e.getMessage() + ": another process listens there; end it, or choose another port",
            e)
        : new CommandFailure(
            ExitCodes.REFUSED,
            "ADDRESS_REFUSED",
            "%s (%s): choose an address of this machine and a port that you may use"
                .formatted(e.getMessage(), why),
            e);
  }

  private Config config(ServeOptions options) {
    ConfigLoader loader = new ConfigLoader(environment);
    Config config =
        ConfigFaults.told(
            () ->
                options
                    .config()
                    .map(loader::load)
                    .orElseGet(loader::defaults)
                    .with(options.db().map(Path::toString), options.host(), options.port()));
    return options.echo() || options.demo() ? config.echoing() : config;
  }

  @Override
  public void bench(BenchOptions options, StopSignal stop, Consumer<Figure> onFigure) {
    if (!Bench.WHAT.contains(options.what())) {
      throw new BatonException(
          ErrorCode.VALIDATION_FAILED, "what to measure is one of " + Bench.WHAT);
    }
    Path directory = scratch(options.directory());
    try {
      Bench bench =
          new Bench(
              directory,
              options.forHowLong(),
              (name, value, unit) -> onFigure.accept(new Figure(name, value, unit)));
      bench.run(options.what(), options.callers(), options.listSize());
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path scratch(Optional<Path> parent) {
    try {
      return parent.isPresent()
          ? Files.createTempDirectory(parent.get(), "baton-bench")
          : Files.createTempDirectory("baton-bench");
    } catch (IOException e) {
      String where = parent.map(Path::toString).orElse("the temporary directory");
      throw new CommandFailure(
          ExitCodes.CANNOT_WRITE,
          "CANNOT_WRITE",
          "can't make a directory in %s: name one that can be written with --dir".formatted(where),
          e);
    }
  }

  @Override
  public String openapi(String version, Optional<String> dialect) {
    OpenApiVersion known =
        OpenApiVersion.of(version)
            .orElseThrow(
                () ->
                    new BatonException(
                        ErrorCode.VALIDATION_FAILED, "the version is 3.1.0 or 3.0.3"));
    try {
      return new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(Wiring.documentation().document(known, dialect));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String version() {
    return Version.current();
  }
}
