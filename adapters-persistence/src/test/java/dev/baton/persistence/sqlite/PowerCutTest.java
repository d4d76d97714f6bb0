package dev.baton.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.port.Maintenance;
import dev.baton.persistence.sqlite.DiskRecording.Acknowledged;
import dev.baton.persistence.sqlite.DiskRecording.Step;
import dev.baton.persistence.sqlite.disk.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes away again and again, and what the store had written since its last flush is
 * dropped, kept or torn. {@code -Dbaton.powercut.cuts=100000} makes it longer, {@code
 * -Dbaton.powercut.seed=…} repeats it.
 */
final class PowerCutTest {
  private static final int CUTS = Integer.getInteger("baton.powercut.cuts", 400);
  private static final long SEED = Long.getLong("baton.powercut.seed", System.nanoTime());

  @TempDir private Path directory;

  /** What the cuts came to. */
  private record Toll(int acknowledged, int lost, List<String> damaged, int moved) {}

  @Test
  void whatWasAcknowledged_isThere_withPowerLossDurability() throws IOException {
    Toll toll = cut(true, CUTS);

    System.out.printf("%d power cuts, baton.powercut.seed=%d: %s%n", CUTS, SEED, toll);
    assertThat(toll.lost()).as("lost, seed %s", SEED).isZero();
    assertThat(toll.damaged()).as("damaged, seed %s", SEED).isEmpty();
    assertThat(toll.acknowledged()).isGreaterThan(CUTS * 10);
    assertThat(toll.moved()).as("cuts while the log is moved").isPositive();
  }

  /** Otherwise the harness proves nothing. */
  @Test
  void whatWasAcknowledged_isLost_withProcessCrashDurability() throws IOException {
    Toll toll = cut(false, Math.min(CUTS, 100));

    System.out.printf("control arm, baton.powercut.seed=%d: %s%n", SEED, toll);
    assertThat(toll.lost()).as("seed %s", SEED).isPositive();
    assertThat(toll.damaged()).as("lost is not damaged, seed %s", SEED).isEmpty();
  }

  private Toll cut(boolean powerLossSafe, int cuts) throws IOException {
    Random random = new Random(SEED);
    DiskRecording recording =
        DiskRecording.of(directory.resolve("baton.db"), powerLossSafe, random);
    Toll sum = new Toll(0, 0, List.of(), 0);
    for (int i = 0; i < cuts; i++) {
      Toll one = cut(recording, random, Files.createDirectory(directory.resolve("cut-" + i)));
      sum =
          new Toll(
              sum.acknowledged() + one.acknowledged(),
              sum.lost() + one.lost(),
              Stream.concat(sum.damaged().stream(), one.damaged().stream()).toList(),
              sum.moved() + one.moved());
    }
    return sum;
  }

  /** Within the operation after an acknowledged one, or right at the acknowledgement. */
  private static Toll cut(DiskRecording recording, Random random, Path directory)
      throws IOException {
    int acknowledged = random.nextInt(recording.steps().size() - 1);
    boolean within = random.nextInt(4) != 0;
    Step last = recording.steps().get(acknowledged);
    Step flushed = recording.steps().get(recording.durable(acknowledged));
    Step written = within ? recording.steps().get(acknowledged + 1) : last;
    Path database = directory.resolve("baton.db");
    new PowerCut(random).leave(database, flushed, last, written);
    boolean moved = !Arrays.equals(last.database(), written.database());
    return reopened(database, last, moved);
  }

  private static Toll reopened(Path database, Step last, boolean moved) throws IOException {
    int lost = 0;
    List<String> damaged = new ArrayList<>();
    Opening how =
        new Opening(
            true,
            0,
            0,
            Optional.of(0L),
            cause -> {},
            Turn.lasting("a test"),
            Duration.ofMillis(500),
            Opening.LOG_PAGES);
    try (Baton baton = Baton.builder(SqliteOpener.open(database, how)).build()) {
      for (Acknowledged one : last.acknowledged()) {
        lost += isThere(baton, one) ? 0 : 1;
      }
      baton.submit("and on it goes");
    } catch (StoreRefusedException e) {
      damaged.add(database + ": " + e.getMessage());
    }
    if (damaged.isEmpty()) {
      Maintenance.Checked check = new SqliteMaintenance(database, Turn.lasting("a test")).check();
      if (!check.isIntact()) {
        damaged.add(database + ": " + check);
      }
    }
    return new Toll(last.acknowledged().size(), lost, damaged, moved ? 1 : 0);
  }

  private static boolean isThere(Baton baton, Acknowledged one) {
    return baton.find(one.task()).isPresent()
        && (one.answer().isEmpty() || one.answer().equals(baton.answer(one.task())));
  }
}
