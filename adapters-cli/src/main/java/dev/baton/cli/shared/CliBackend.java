package dev.baton.cli.shared;

import dev.baton.core.client.BatonClient;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.port.Maintenance;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the application puts into the commands, which know no database and no web server. Nothing is
 * opened before it is asked for.
 */
public interface CliBackend {

  /**
   * Opens a client; the caller closes it. A database file that is missing is made, but for reading;
   * on a file nothing is fired, sent or asked of a model meanwhile.
   *
   * @param use of a database file
   * @throws StoreRefusedException when the file can't be opened as it is
   */
  BatonClient open(Target target, TenantId tenant, Use use);

  /** The housekeeping of a database file. */
  Maintenance maintenance(Path file, Use use);

  /**
   * Serves until {@code stop} is given, and drains then.
   *
   * @param onListening is told once, when requests are taken
   * @throws StoreRefusedException when the file can't be opened as it is
   * @throws BatonException of {@link dev.baton.core.domain.error.ErrorCode#VALIDATION_FAILED} when
   *     the configuration or the address is refused
   */
  void serve(ServeOptions options, StopSignal stop, Consumer<Listening> onListening);

  /** Measures; {@code onFigure} is told of each figure as it is known. */
  void bench(BenchOptions options, StopSignal stop, Consumer<Figure> onFigure);

  /**
   * The description of the HTTP routes, as JSON.
   *
   * @param version {@code 3.1.0} or {@code 3.0.3}
   * @param dialect only this one's routes; refused with {@link
   *     dev.baton.core.domain.error.ErrorCode#VALIDATION_FAILED} when there is none of this name
   */
  String openapi(String version, Optional<String> dialect);

  /** This build's version. */
  String version();

  /**
   * How a command uses a database file.
   *
   * @param command what others are told of who has the file, such as {@code baton put}
   * @param patience how long to wait for another command that has it; none waits for a server
   * @param onWaiting is told, once, after a second of waiting, who has it
   */
  record Use(Kind kind, String command, Duration patience, Consumer<String> onWaiting) {
    /** For what looks at a file without a command line's options. */
    public static final Use READING = new Use(Kind.READ, "baton", Duration.ZERO, holder -> {});

    /** What it does to the file. */
    public enum Kind {
      /** Reads, beside whoever has it. */
      READ,
      /** Has it for a moment; others wait. */
      SHORT,
      /** Has it for long; others are refused. */
      LONG
    }
  }

  /** What the command line says; what it leaves open, the configuration file or a default says. */
  record ServeOptions(
      Optional<Path> db,
      Optional<String> host,
      Optional<Integer> port,
      Optional<Path> config,
      boolean insecure,
      boolean demo,
      boolean echo) {}

  /** A server that takes requests; {@code notes} are for people. */
  record Listening(URI url, Path db, List<String> notes) {}

  /**
   * What to measure.
   *
   * @param what {@code raw}, {@code embedded}, {@code http}, {@code backlog}, {@code wakeup} or
   *     {@code all}
   * @param directory where the databases are made, and removed
   * @param forHowLong of each measurement
   */
  record BenchOptions(
      String what, Optional<Path> directory, Duration forHowLong, int callers, int listSize) {}

  /** One thing measured. */
  record Figure(String name, double value, String unit) {}

  /** Where a command works: on a database file, or through a server. */
  sealed interface Target {

    /** A database file that no server has open. */
    record File(Path path) implements Target {
      @Override
      public String toString() {
        return path.toString();
      }
    }

    /** A server's address, such as {@code http://127.0.0.1:8000}. */
    record Server(URI url) implements Target {
      @Override
      public String toString() {
        return url.toString();
      }
    }
  }
}
