package dev.baton.core.domain.stats;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableLongArray;
import java.time.Duration;

/**
 * How often something took how long: counts in 64 bins, each a quarter wider than the one before,
 * from 10 ms to three hours. Immutable.
 *
 * @param counts by bin
 */
public record Durations(ImmutableLongArray counts) {
  public static final int BINS = 64;
  public static final Durations NONE = new Durations(ImmutableLongArray.copyOf(new long[BINS]));

  private static final double FIRST_MILLIS = 10;
  private static final double STEP = 1.25;

  public Durations {
    checkArgument(counts.length() == BINS, "%s bins", BINS);
  }

  public static Durations of(Duration duration) {
    long[] counts = new long[BINS];
    counts[bin(duration.toMillis())] = 1;
    return new Durations(ImmutableLongArray.copyOf(counts));
  }

  public Durations plus(Durations other) {
    long[] sums = counts.toArray();
    for (int i = 0; i < BINS; i++) {
      sums[i] += other.counts.get(i);
    }
    return new Durations(ImmutableLongArray.copyOf(sums));
  }

  /**
   * The seconds that this share of all did not exceed, interpolated within its bin and so at most a
   * quarter off; 0 when there are none.
   *
   * @param share above 0, at most 1
   */
  public double quantileSeconds(double share) {
    long total = counts.stream().sum();
    double wanted = share * total;
    double seen = 0;
    for (int i = 0; i < BINS && total > 0; i++) {
      long count = counts.get(i);
      if (count > 0 && seen + count >= wanted) {
        double within = (wanted - seen) / count;
        return (lower(i) + (upper(i) - lower(i)) * within) / 1_000;
      }
      seen += count;
    }
    return 0;
  }

  private static int bin(long millis) {
    int bin = 0;
    while (bin < BINS - 1 && millis > upper(bin)) {
      bin++;
    }
    return bin;
  }

  private static double lower(int bin) {
    return bin == 0 ? 0 : upper(bin - 1);
  }

  private static double upper(int bin) {
    return FIRST_MILLIS * Math.pow(STEP, bin);
  }
}
