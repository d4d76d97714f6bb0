package dev.baton.cli.process;

import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Texts;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts programs, each in a session of its own and with files that only the owner can read.
 * Thread-safe.
 */
final class Programs implements AutoCloseable {
  private final Path directory;
  private final Launcher launcher;
  private final OrphanGuard guard;

  private Programs(Path directory, Launcher launcher, OrphanGuard guard) {
    this.directory = directory;
    this.launcher = launcher;
    this.guard = guard;
  }

  static Programs open() {
    Launcher launcher = Launcher.ofSystem();
    try {
      // Readable by its owner alone, as temporary directories are.
      Path directory = Files.createTempDirectory("baton-work");
      return new Programs(directory, launcher, OrphanGuard.start(launcher));
    } catch (IOException e) {
      throw Texts.unwritable(Path.of(System.getProperty("java.io.tmpdir", ".")), e);
    }
  }

  /** For the programs of one worker, one after the other. */
  ErrorOutput errors() {
    return ErrorOutput.open(directory);
  }

  /**
   * Starts {@code command} with {@code text} on its standard input.
   *
   * @param complaints takes what it writes to its error output, as it comes
   * @throws CommandFailure when there is no such program
   */
  ChildProgram start(
      List<String> command,
      Map<String, String> variables,
      String text,
      ErrorOutput errors,
      Consumer<String> complaints) {
    Optional<String> objection = launcher.objection(command.get(0));
    if (objection.isPresent()) {
      throw noProgram(command, objection.get());
    }
    try {
      Path input = Files.createTempFile(directory, "prompt", "");
      Path output = Files.createTempFile(directory, "answer", "");
      Files.writeString(input, text);
      errors.clear();
      boolean started = false;
      try {
        Process process =
            process(
                command,
                variables,
                Redirect.from(input.toFile()),
                Redirect.to(output.toFile()),
                Redirect.appendTo(errors.path().toFile()));
        started = true;
        guard.hold(process.pid());
        Runnable onClose = () -> guard.free(process.pid());
        return new ChildProgram(process, input, output, errors, complaints, onClose);
      } finally {
        if (!started) {
          Files.deleteIfExists(input);
          Files.deleteIfExists(output);
        }
      }
    } catch (IOException e) {
      throw Texts.unwritable(directory, e);
    }
  }

  private Process process(
      List<String> command,
      Map<String, String> variables,
      Redirect input,
      Redirect output,
      Redirect errors)
      throws IOException {
    List<String> exact =
        ShellStart.isNeeded(command, variables)
            ? ShellStart.of(directory, command, variables)
            : command;
    ProcessBuilder builder =
        new ProcessBuilder(launcher.launching(exact))
            .redirectInput(input)
            .redirectOutput(output)
            .redirectError(errors);
    builder.environment().putAll(variables);
    try {
      return builder.start();
    } catch (IOException e) {
      CommandFailure failure = noProgram(command, String.valueOf(e.getMessage()));
      failure.addSuppressed(e);
      throw failure;
    }
  }

  /** Whether a command that ended so was never started. */
  boolean neverStarted(ChildProgram ended) {
    return launcher.failed(ended.exitCode(), ended.lastWords());
  }

  static CommandFailure noProgram(List<String> command, String why) {
    return new CommandFailure(
        ExitCodes.NO_INPUT,
        "NO_PROGRAM",
        "can't start the program '%s': %s".formatted(command.get(0), why));
  }

  /** After all programs have ended. */
  @Override
  public void close() {
    guard.close();
    try {
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw Texts.unwritable(directory, e);
    }
  }
}
