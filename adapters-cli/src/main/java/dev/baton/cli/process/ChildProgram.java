package dev.baton.cli.process;

import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Texts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One run of an outside program. Input and output go through private files, so that no thread must
 * pump them and a program that never reads its input blocks nobody. For one thread.
 */
final class ChildProgram implements AutoCloseable {
  private static final int STDERR_TAIL_MAX = 2048;
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Process process;
  private final Path input;
  private final Path output;
  private final StringBuilder tail = new StringBuilder();

  private ChildProgram(Process process, Path input, Path output) {
    this.process = process;
    this.input = input;
    this.output = output;
  }

  /**
   * Starts {@code command} with {@code text} on its standard input.
   *
   * @param directory where files that only the owner can read may be made
   * @throws CommandFailure when there is no such program
   */
  static ChildProgram start(
      List<String> command, Map<String, String> variables, String text, Path directory) {
    try {
      Path input = Files.createTempFile(directory, "prompt", "");
      Path output = Files.createTempFile(directory, "answer", "");
      Files.writeString(input, text);
      boolean started = false;
      try {
        Process process = process(command, variables, input, output);
        started = true;
        return new ChildProgram(process, input, output);
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

  private static Process process(
      List<String> command, Map<String, String> variables, Path input, Path output) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectInput(input.toFile()).redirectOutput(output.toFile());
    builder.environment().putAll(variables);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.NO_INPUT,
          "NO_PROGRAM",
          "can't start the program '%s': %s".formatted(command.get(0), e.getMessage()),
          e);
    }
  }

  /** Waits up to {@code slice} for the end, passing on what the program complains of. */
  boolean waitFor(Duration slice, Consumer<String> complaints) throws InterruptedException {
    boolean ended = process.waitFor(slice.toMillis(), TimeUnit.MILLISECONDS);
    String piece = complaint();
    if (!piece.isEmpty()) {
      tail.append(piece);
      tail.delete(0, Math.max(0, tail.length() - STDERR_TAIL_MAX));
      complaints.accept(piece);
    }
    return ended;
  }

  /** What is there to be read; a grandchild that keeps the pipe open must not make us wait. */
  private String complaint() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      InputStream errors = process.getErrorStream();
      for (int there = errors.available(); there > 0; there = errors.available()) {
        bytes.write(errors.readNBytes(there));
      }
    } catch (IOException e) {
      // The pipe was closed by a kill: what was read before that counts.
      return bytes.toString(StandardCharsets.UTF_8);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The end of what the program complained of. */
  String lastWords() {
    return tail.toString();
  }

  int exitCode() {
    return process.exitValue();
  }

  long outputBytes() {
    try {
      return Files.size(output);
    } catch (IOException e) {
      throw Texts.unreadable(output.toString(), e);
    }
  }

  /** What the program wrote; empty when that is no UTF-8. */
  Optional<String> output() {
    try {
      return Texts.decode(Files.readAllBytes(output));
    } catch (IOException e) {
      throw Texts.unreadable(output.toString(), e);
    }
  }

  /** Ends the program and all that it started: politely at first, by force after a grace. */
  void kill() {
    List<ProcessHandle> tree = tree();
    tree.forEach(ProcessHandle::destroy);
    CompletableFuture<?>[] exits =
        tree.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(exits).get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      Stream.concat(tree.stream(), tree().stream()).forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException e) {
      Stream.concat(tree.stream(), tree().stream()).forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }

  private List<ProcessHandle> tree() {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
  }

  /** Kills what still runs and removes the files. */
  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
    try {
      process.getErrorStream().close();
      Files.deleteIfExists(input);
      Files.deleteIfExists(output);
    } catch (IOException e) {
      throw Texts.unwritable(input, e);
    }
  }
}
