package dev.baton.app.bench;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.usecase.task.LeaseRequest;
import dev.baton.persistence.SqlStores;
import dev.baton.persistence.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What a lease costs with a short line and with a long one, asked in turn. */
final class LeaseCost {
  private static final int LIST = 16;
  private static final Duration LEASE = Duration.ofHours(1);

  private final Path directory;
  private final int textLength;

  LeaseCost(Path directory, int textLength) {
    this.directory = directory;
    this.textLength = textLength;
  }

  /**
   * The medians of the two, in microseconds a task.
   *
   * @param large waiting and finished tasks, each so many, in the long line
   * @param rounds leases of each; the short line is filled up to hold them
   */
  Medians measure(int small, int large, int rounds) {
    Path shortFile = filled("short.db", 0, Math.max(small, 2 * rounds * LIST));
    Path longFile = filled("long.db", large, large);
    StoreOptions options = StoreOptions.DEFAULT.withLowWater(0);
    try (Baton shortLine = Baton.builder(SqlStores.open(shortFile, options)).build();
        Baton longLine = Baton.builder(SqlStores.open(longFile, options)).build()) {
      double[] shortTimes = new double[rounds];
      double[] longTimes = new double[rounds];
      for (int i = -rounds / 2; i < rounds; i++) {
        double shortTime = lease(shortLine);
        double longTime = lease(longLine);
        if (i >= 0) {
          shortTimes[i] = shortTime;
          longTimes[i] = longTime;
        }
      }
      return new Medians(median(shortTimes), median(longTimes));
    }
  }

  /** Microseconds a task. */
  record Medians(double shortLine, double longLine) {}

  private Path filled(String name, int finished, int waiting) {
    Path file = directory.resolve(name);
    SqlStores.open(file, StoreOptions.DEFAULT.withLowWater(0)).close();
    BenchFiles.fill(file, finished, waiting, textLength);
    return file;
  }

  private static double lease(Baton baton) {
    LeaseRequest ask =
        new LeaseRequest(
            TenantId.DEFAULT, List.of(QueueName.DEFAULT), new WorkerId("bench"), LEASE, LIST);
    long start = System.nanoTime();
    List<LeasedTask> leased = Baton.await(baton.leasing().lease(ask));
    double micros = (System.nanoTime() - start) / 1e3;
    if (leased.size() != LIST) {
      throw new IllegalStateException("only " + leased.size() + " tasks were ready");
    }
    return micros / LIST;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
