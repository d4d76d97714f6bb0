package dev.baton.core.domain.schedule;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.BatchId;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of one firing.
 *
 * @param seq its number in the order of making, unique in the store
 * @param schedule the number of its schedule
 * @param nominal when it was due; once per schedule and {@code manual}
 * @param manual whether somebody asked for it, rather than the clock
 * @param startedAt when it was noticed
 */
public record ScheduleRun(
    long seq,
    TenantId tenant,
    long schedule,
    Instant nominal,
    boolean manual,
    Instant startedAt,
    Progress progress) {
  /** How the names of batches begin that runs make; nobody else's do. */
  public static final String BATCH_PREFIX = "schedule-run-";

  public ScheduleRun {
    requireNonNull(tenant, "tenant");
    requireNonNull(nominal, "nominal");
    requireNonNull(startedAt, "startedAt");
    requireNonNull(progress, "progress");
  }

  /** How far it came. The order is part of the stored form: append only. */
  public enum State {
    /** Nothing was done yet, or its batch is being made. */
    PENDING,
    /** Its batch is worked on. */
    RUNNING,
    /** Its batch is over; the results are being written. */
    WRITING,
    SUCCEEDED,
    FAILED,
    /** Left out, because the run before it was not over. */
    SKIPPED;

    public boolean isOver() {
      return this == SUCCEEDED || this == FAILED || this == SKIPPED;
    }
  }

  /**
   * How far it came.
   *
   * @param endedAt empty while it is not over
   * @param error why it failed, with its code in front
   * @param report of a dry run, as JSON
   */
  public record Progress(
      State state,
      Optional<Instant> endedAt,
      Counts counts,
      Optional<String> error,
      Optional<String> report) {
    public Progress {
      requireNonNull(state, "state");
      requireNonNull(endedAt, "endedAt");
      requireNonNull(counts, "counts");
      requireNonNull(error, "error");
      requireNonNull(report, "report");
    }

    public static Progress of(State state) {
      return new Progress(state, Optional.empty(), Counts.NONE, Optional.empty(), Optional.empty());
    }

    public static Progress failed(Instant now, Counts counts, String error) {
      return new Progress(
          State.FAILED, Optional.of(now), counts, Optional.of(error), Optional.empty());
    }

    public static Progress skipped(Instant now, String reason) {
      return new Progress(
          State.SKIPPED, Optional.of(now), Counts.NONE, Optional.of(reason), Optional.empty());
    }

    public static Progress succeeded(Instant now, Counts counts, Optional<String> report) {
      return new Progress(State.SUCCEEDED, Optional.of(now), counts, Optional.empty(), report);
    }
  }

  /** Rows of its batch. */
  public record Counts(long total, long completed, long failed) {
    public static final Counts NONE = new Counts(0, 0, 0);
  }

  public State state() {
    return progress.state();
  }

  public ScheduleRun with(Progress further) {
    return new ScheduleRun(seq, tenant, schedule, nominal, manual, startedAt, further);
  }

  /** The batch that it makes: the same however often it is tried. */
  public BatchId batch() {
    return new BatchId(BATCH_PREFIX + seq);
  }
}
