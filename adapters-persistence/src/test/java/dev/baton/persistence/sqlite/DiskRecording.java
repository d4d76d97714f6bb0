package dev.baton.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.sqlite.disk.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What a store wrote to its files while it was used, as they were at each acknowledgement, and what
 * had been acknowledged by then.
 *
 * @param flushes whether the store asks for a flush at each commit; by what SQLite says, not by
 *     what was configured
 */
record DiskRecording(List<Step> steps, boolean flushes) {
  private static final int OPERATIONS = 80;

  /** So that the log is moved into the file again and again. */
  private static final int LOG_PAGES = 40;

  /** The bytes of both files, and what had been acknowledged. */
  @SuppressWarnings("ArrayRecordComponent") // No two steps are compared as records.
  record Step(byte[] database, byte[] log, List<Acknowledged> acknowledged) {}

  /** A task that must be there, with its answer if that was acknowledged. */
  record Acknowledged(TaskId task, Optional<String> answer) {}

  static DiskRecording of(Path database, boolean powerLossSafe, Random random) throws IOException {
    List<Step> steps = new ArrayList<>();
    List<Acknowledged> acknowledged = new ArrayList<>();
    Opening how =
        new Opening(
            powerLossSafe,
            0,
            0,
            Optional.of(0L),
            cause -> {},
            Turn.lasting("a test"),
            Duration.ZERO,
            LOG_PAGES);
    try (Baton baton = Baton.builder(SqliteOpener.open(database, how)).build()) {
      steps.add(step(database, acknowledged));
      Deque<LeasedTask> held = new ArrayDeque<>();
      for (int i = 0; i < OPERATIONS; i++) {
        acknowledged.add(operation(baton, random, held, i));
        steps.add(step(database, acknowledged));
      }
    }
    return new DiskRecording(List.copyOf(steps), flushes(database, powerLossSafe));
  }

  /** One write and its acknowledgement; two might have the log begun anew between them. */
  private static Acknowledged operation(
      Baton baton, Random random, Deque<LeasedTask> held, int number) {
    if (!held.isEmpty()) {
      LeasedTask task = held.pop();
      String answer = "answer " + number + "y".repeat(random.nextInt(3_000));
      baton.complete(task, answer);
      return new Acknowledged(task.id(), Optional.of(answer));
    }
    if (random.nextInt(3) == 0) {
      baton.lease(new WorkerId("worker"), Duration.ofHours(1)).ifPresent(held::push);
    }
    if (!held.isEmpty()) {
      return new Acknowledged(held.getFirst().id(), Optional.empty());
    }
    String prompt = "prompt " + number + "x".repeat(random.nextInt(9_000));
    return new Acknowledged(baton.submit(NewTask.of(prompt)), Optional.empty());
  }

  private static Step step(Path database, List<Acknowledged> acknowledged) throws IOException {
    Path log = LogCheck.logOf(database);
    byte[] logged = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
    return new Step(copied(database), logged, List.copyOf(acknowledged));
  }

  /** By another process than ours: the end of an opening would drop SQLite's locks. */
  private static byte[] copied(Path database) throws IOException {
    Process copy = new ProcessBuilder("cat", database.toString()).start();
    return copy.getInputStream().readAllBytes();
  }

  private static boolean flushes(Path database, boolean powerLossSafe) {
    try (Session session = SqliteSessions.writer(database, powerLossSafe)) {
      int synchronous =
          session.handle().createQuery("PRAGMA synchronous").mapTo(Integer.class).one();
      assertThat(synchronous).as("FULL or NORMAL").isBetween(1, 2);
      return synchronous == 2;
    }
  }

  /** The step that survives whatever happens to what was written between it and {@code step}. */
  int durable(int step) {
    if (flushes) {
      return step;
    }
    int last = step;
    // Without a flush at each commit only moving the log into the file flushes.
    while (last > 0 && steps.get(last - 1).database().length > 0 && !movedAt(last)) {
      last--;
    }
    return last;
  }

  private boolean movedAt(int step) {
    return !Arrays.equals(steps.get(step).database(), steps.get(step - 1).database());
  }
}
