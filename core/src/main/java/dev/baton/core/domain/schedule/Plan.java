package dev.baton.core.domain.schedule;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.batch.BatchConfig;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a schedule does, and when.
 *
 * @param name for people, 1 to {@link #NAME_MAX} UTF-16 units
 * @param zone whose local time the cron expression speaks of
 * @param files the rows and where their results go
 * @param config of each batch that is made
 * @param dryRun checks and estimates, and asks no model
 * @param active whether it fires
 */
public record Plan(
    String name,
    Cron cron,
    ZoneId zone,
    Files files,
    BatchConfig config,
    boolean dryRun,
    boolean active,
    Rules rules) {
  public static final int NAME_MAX = 200;

  /** UTF-16 units of a path. */
  public static final int PATH_MAX = 1_024;

  public Plan {
    checkArgument(
        !name.isBlank() && name.length() <= NAME_MAX, "a name has 1 to %s characters", NAME_MAX);
    requireNonNull(cron, "cron");
    requireNonNull(zone, "zone");
    requireNonNull(files, "files");
    requireNonNull(config, "config");
    requireNonNull(rules, "rules");
  }

  /**
   * Paths under the root of files.
   *
   * @param output may hold {@code {date}} and {@code {run}}; empty for results that are only kept
   *     in the store
   * @param overwrite whether the output may replace a file; it does so in one step
   */
  public record Files(String input, Optional<String> output, boolean overwrite) {
    public Files {
      checkArgument(
          !input.isBlank() && input.length() <= PATH_MAX, "a path has 1 to %s units", PATH_MAX);
      output.ifPresent(
          path ->
              checkArgument(
                  !path.isBlank() && path.length() <= PATH_MAX,
                  "a path has 1 to %s units",
                  PATH_MAX));
    }
  }

  /** What to do when the regular course is disturbed. */
  public record Rules(Missed missed, Overlap overlap) {
    public static final Rules DEFAULT = new Rules(Missed.ONCE, Overlap.SKIP);

    public Rules {
      requireNonNull(missed, "missed");
      requireNonNull(overlap, "overlap");
    }
  }

  /** What becomes of firings that nobody was there for. */
  public enum Missed {
    /** One run makes up for all of them. */
    ONCE,
    /** They are left out. */
    NONE,
    /** Each is made up for, the latest {@value #ALL_MAX} of them. */
    ALL;

    public static final int ALL_MAX = 10;
  }

  /** What to do when a run is not over and the next one is due. */
  public enum Overlap {
    /** The next one is left out, and recorded as such. */
    SKIP,
    /** It waits; no more than {@value #QUEUED_MAX} do. */
    QUEUE,
    /** Both run. */
    ALLOW;

    public static final int QUEUED_MAX = 10;
  }

  /** The same, firing or not. */
  public Plan active(boolean fires) {
    return new Plan(name, cron, zone, files, config, dryRun, fires, rules);
  }
}
