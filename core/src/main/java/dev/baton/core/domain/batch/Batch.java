package dev.baton.core.domain.batch;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.BatchId;
import java.time.Instant;
import java.util.Optional;

/**
 * Many tasks under one name, without its tasks and their counts.
 *
 * @param seq its number in the order of making, unique in the store
 * @param about what it is called and how its tasks are done
 * @param run how far it came
 */
public record Batch(long seq, TenantId tenant, BatchId id, About about, Run run) {

  public Batch {
    requireNonNull(tenant, "tenant");
    requireNonNull(id, "id");
    requireNonNull(about, "about");
    requireNonNull(run, "run");
  }

  /** What it is called and how its tasks are done. */
  public record About(String name, String description, BatchConfig config, Instant createdAt) {
    public About {
      requireNonNull(name, "name");
      requireNonNull(description, "description");
      requireNonNull(config, "config");
      requireNonNull(createdAt, "createdAt");
    }
  }

  /**
   * How far it came.
   *
   * @param runs how often it was started: a retry of a finished batch is another run
   * @param startedAt when its first run began
   * @param finishedAt when its last run ended; empty while it is not over
   * @param walk what is being done to its tasks
   * @param changedAt when any of this changed last
   */
  public record Run(
      BatchState state,
      int runs,
      Optional<Instant> startedAt,
      Optional<Instant> finishedAt,
      BatchWalkState walk,
      Instant changedAt) {
    public Run {
      requireNonNull(state, "state");
      requireNonNull(startedAt, "startedAt");
      requireNonNull(finishedAt, "finishedAt");
      requireNonNull(walk, "walk");
      requireNonNull(changedAt, "changedAt");
    }

    /** A batch whose rows are being stored. */
    public static Run importing(Instant now) {
      return new Run(
          BatchState.IMPORTING,
          0,
          Optional.empty(),
          Optional.empty(),
          BatchWalkState.of(BatchWalkState.Kind.IMPORT),
          now);
    }

    /** It begins to run, once more if it had ended. */
    public Run started(Instant now) {
      return new Run(
          BatchState.RUNNING,
          runs + 1,
          Optional.of(startedAt.orElse(now)),
          Optional.empty(),
          walk,
          now);
    }

    /** It goes over into another state that is not its end. */
    public Run in(BatchState next, Instant now) {
      return new Run(next, runs, startedAt, finishedAt, walk, now);
    }

    public Run finished(BatchState end, Instant now) {
      return new Run(end, runs, startedAt, Optional.of(now), walk, now);
    }

    public Run with(BatchWalkState newWalk, Instant now) {
      return new Run(state, runs, startedAt, finishedAt, newWalk, now);
    }
  }

  public BatchState state() {
    return run.state();
  }

  public Batch with(Run newRun) {
    return new Batch(seq, tenant, id, about, newRun);
  }

  public Batch with(About newAbout) {
    return new Batch(seq, tenant, id, newAbout, run);
  }

  /** Names its current or last run, which is the {@code n}-th: {@code batch-exec-001}. */
  public String executionId() {
    return "batch-exec-%03d".formatted(run.runs());
  }
}
