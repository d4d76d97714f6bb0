package dev.baton.cli.server;

import dev.baton.cli.shared.CliBackend;
import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.FileOption;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Output;
import dev.baton.cli.shared.StopSignal;
import dev.baton.cli.shared.Terminal;
import dev.baton.cli.shared.Texts;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code baton serve}. */
@Command(
    name = "serve",
    description = "Serve prompts over HTTP until SIGTERM or Ctrl-C.",
    exitCodeList = {
      "0:drained and ended",
      ExitCodes.USAGE_LINE,
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.DISK_FULL_LINE,
      ExitCodes.REPLACED_LINE,
      ExitCodes.CANNOT_WRITE_LINE,
      ExitCodes.IO_ERROR_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.ADDRESS_TAKEN_LINE,
      ExitCodes.NO_PERMISSION_LINE,
      "78:the database is damaged or of a newer Baton, or the configuration is refused"
    })
public final class ServeCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private final Output console = new Output();
  @Mixin private final FileOption file = new FileOption();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Listen on this address (default: 127.0.0.1).")
  private Optional<String> host = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Listen on this port; 0 picks a free one (default: 8000).")
  private Optional<Integer> port = Optional.empty();

  @Option(names = "--config", paramLabel = "FILE", description = "Read a configuration file.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--insecure",
      description =
          "Allow an address that other machines can reach, although nobody is asked who they are.")
  private boolean insecure;

  @Option(
      names = "--demo",
      description = "Carry two tasks through first, and show each step; implies --echo.")
  private boolean demo;

  @Option(
      names = "--echo",
      description =
          "Answer with the built-in echo where no providers are configured: to try Baton out.")
  private boolean echo;

  public ServeCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    port.ifPresent(ServeCommand::check);
    Terminal terminal = context.terminal();
    Optional<Path> config = this.config.map(path -> Texts.toRead(path, terminal));
    config.ifPresent(ServeCommand::checkThere);
    CliBackend.ServeOptions options =
        new CliBackend.ServeOptions(file.given(terminal), host, port, config, insecure, demo, echo);
    StopSignal.Busy busy = terminal.stop().busy(() -> {});
    try {
      context.backend().serve(options, terminal.stop(), this::onListening);
    } catch (BatonException e) {
      if (e.code() == ErrorCode.VALIDATION_FAILED) {
        throw new CommandFailure(
            ExitCodes.REFUSED, "CONFIG_REFUSED", String.valueOf(e.getMessage()), e);
      }
      throw e;
    } finally {
      busy.close();
    }
    return ExitCodes.OK;
  }

  static void check(int port) {
    if (port < 0 || port > 65535) {
      throw CommandFailure.usage("--port is from 0 to 65535");
    }
  }

  private static void checkThere(Path config) {
    if (Files.isDirectory(config) || !Files.isReadable(config)) {
      String what =
          Files.isDirectory(config)
              ? "the configuration '%s' is a directory, not a file"
              : Files.exists(config)
                  ? "the configuration file %s may not be read by this user"
                  : "there is no configuration file %s";
      throw new CommandFailure(ExitCodes.NO_INPUT, "NO_INPUT", what.formatted(config));
    }
  }

  private void onListening(CliBackend.Listening listening) {
    if (console.json()) {
      console.print(
          new Jsons.Members()
              .put("url", listening.url().toString())
              .put("db", listening.db().toString())
              .put("notes", listening.notes())
              .toMap());
    } else {
      console.print(listening.url().toString());
      console.say("serving " + listening.db() + "; API pages at " + listening.url() + "/docs");
      listening.notes().forEach(console::say);
    }
    console.out().flush();
    console.err().flush();
  }
}
