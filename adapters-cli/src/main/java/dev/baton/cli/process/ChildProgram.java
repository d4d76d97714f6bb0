package dev.baton.cli.process;

import dev.baton.cli.shared.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of an outside program. Input and output go through private files, so that no thread must
 * pump them and a program that never reads its input blocks nobody. For one thread.
 */
final class ChildProgram implements AutoCloseable {
  private static final int STDERR_TAIL_MAX = 2048;

  /** What is passed on of one run's error output. */
  private static final int STDERR_SHOWN_MAX = 1024 * 1024;

  /** How long a program has to end when it is asked to. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  /** How long what a program left behind may go on; such as the end of a pipe that it wrote to. */
  private static final Duration LINGER = Duration.ofMillis(500);

  private static final Duration LOOK = Duration.ofMillis(20);

  private final Process process;
  private final Path input;
  private final Path output;
  private final ErrorOutput errors;
  private final Consumer<String> complaints;
  private final Runnable onClose;
  private final StringBuilder tail = new StringBuilder();
  private int shown;

  /**
   * @param input removed in the end, as {@code output} is
   * @param complaints takes pieces of what the program writes to its error output
   */
  ChildProgram(
      Process process,
      Path input,
      Path output,
      ErrorOutput errors,
      Consumer<String> complaints,
      Runnable onClose) {
    this.process = process;
    this.input = input;
    this.output = output;
    this.errors = errors;
    this.complaints = complaints;
    this.onClose = onClose;
  }

  /** Waits up to {@code slice} for the end, passing on what the program complains of. */
  boolean waitFor(Duration slice) throws InterruptedException {
    long end = System.nanoTime() + slice.toNanos();
    boolean ended;
    boolean heard;
    do {
      // A pipe is small: who writes much to it is to be read without a pause.
      heard = hear();
      ended =
          process.waitFor(
              heard ? 1 : Math.min(LOOK.toMillis(), slice.toMillis()), TimeUnit.MILLISECONDS);
    } while (!ended && System.nanoTime() < end);
    return ended;
  }

  /** Passes on what was written since; false when that was nothing. */
  private boolean hear() {
    String piece = errors.read();
    if (piece.isEmpty()) {
      return false;
    }
    tail.append(piece, Math.max(0, piece.length() - STDERR_TAIL_MAX), piece.length());
    tail.delete(0, Math.max(0, tail.length() - STDERR_TAIL_MAX));
    int room = STDERR_SHOWN_MAX - shown;
    if (room >= 0) {
      shown += piece.length();
      complaints.accept(
          piece.length() <= room
              ? piece
              : piece.substring(0, room)
                  + "\n[the program writes more than %d characters here: the rest is left out]\n"
                      .formatted(STDERR_SHOWN_MAX));
    }
    return true;
  }

  /** The end of what the program complained of. */
  String lastWords() {
    boolean halved = tail.length() > 0 && Character.isLowSurrogate(tail.charAt(0));
    return tail.substring(halved ? 1 : 0);
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

  /**
   * Of a program that has ended: ends what it started and left behind, but for what made itself a
   * session of its own, as daemons do.
   *
   * @return what had to be ended, in words
   */
  List<String> endLeftBehind() {
    long end = System.nanoTime() + LINGER.toNanos();
    List<ProcessHandle> left = Sessions.members(process.pid());
    while (!left.isEmpty() && System.nanoTime() < end && rest()) {
      left = Sessions.members(process.pid());
    }
    List<String> names = left.stream().map(Sessions::name).toList();
    if (!left.isEmpty()) {
      kill();
    }
    boolean unused = hear();
    return names;
  }

  /** Ends the program and all that it started: politely at first, by force after a grace. */
  void kill() {
    Set<ProcessHandle> running = running(Set.of());
    running.forEach(ProcessHandle::destroy);
    long end = System.nanoTime() + GRACE.toNanos();
    while (!running.isEmpty() && System.nanoTime() < end && rest()) {
      running = running(running);
    }
    for (int round = 0; round < 10 && !running.isEmpty(); round++) {
      running.forEach(ProcessHandle::destroyForcibly);
      boolean unused = rest();
      running = running(running);
    }
  }

  /** A short pause; false when this thread is to hurry. */
  private boolean rest() {
    try {
      boolean unused = hear();
      Thread.sleep(LOOK.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * What runs of all that the program started.
   *
   * @param known found earlier: its parent may be gone, by which it was found
   */
  private Set<ProcessHandle> running(Set<ProcessHandle> known) {
    Set<ProcessHandle> all = new LinkedHashSet<>(known);
    process.descendants().forEach(all::add);
    known.forEach(one -> one.descendants().forEach(all::add));
    all.add(process.toHandle());
    all.removeIf(one -> !Sessions.runs(one));
    all.addAll(Sessions.members(process.pid()));
    return all;
  }

  /** Kills what still runs and removes the files. */
  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
    onClose.run();
    try {
      Files.deleteIfExists(input);
      Files.deleteIfExists(output);
    } catch (IOException e) {
      throw Texts.unwritable(input, e);
    }
  }
}
