package dev.baton.core.client;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.InvalidRowsException.Problem;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.domain.schedule.ScheduleRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * What a client may ask about schedules, wherever the Baton runs, for one tenant chosen when it is
 * made.
 *
 * <p><b>Threads:</b> safe for concurrent use. Every call blocks until its effect is durable; runs
 * are worked on after that, by the server that has the store open.
 *
 * <p><b>Errors:</b> refusals are {@link BatonException}s with the use case's own {@link ErrorCode},
 * {@link ErrorCode#SCHEDULE_NOT_FOUND} above all; {@link ErrorCode#STORE_UNAVAILABLE} also means
 * that no server answered.
 *
 * <p>Implementations pass {@code ScheduleClientContract}.
 */
public interface ScheduleClient extends AutoCloseable {
  /** Schedules or runs on one page. */
  int PAGE = 100;

  /** Keeps a plan. Its input need not be there yet; paths that may not be used are refused. */
  Kept add(Plan plan);

  /** Page {@code page}, counted from 0, of all schedules, newest first. */
  List<Line> list(int page);

  /** The schedule as it stands. */
  Kept find(ScheduleId id);

  /**
   * Changes a plan; it fires anew from now on when its times were changed. What the change leaves
   * as it was is not touched, even if somebody else changes it meanwhile.
   *
   * @param change may be called more than once; it never takes away what the batches are made with,
   *     it only puts something else in its place
   */
  Kept change(ScheduleId id, UnaryOperator<Plan> change);

  /** Lets it fire, or not; it may be so already. */
  Kept setActive(ScheduleId id, boolean active);

  /** Asks for a run now. Refused with {@link ErrorCode#LIMIT_EXCEEDED} while too many are open. */
  Run run(ScheduleId id);

  /** Page {@code page}, counted from 0, of its runs, newest first. */
  List<Run> runs(ScheduleId id, int page);

  /** Checks what a run would ask of models, and asks none. */
  Report dryRun(ScheduleId id);

  /** Removes it with its history. */
  void delete(ScheduleId id);

  /** Ends what this client holds; never the work. */
  @Override
  void close();

  /** A schedule in a list. */
  record Line(
      ScheduleId id,
      String name,
      String cron,
      boolean active,
      Optional<Instant> lastRun,
      Optional<Instant> nextRun) {
    public Line {
      requireNonNull(id, "id");
      requireNonNull(name, "name");
      requireNonNull(cron, "cron");
      requireNonNull(lastRun, "lastRun");
      requireNonNull(nextRun, "nextRun");
    }
  }

  /** A schedule as a whole. */
  record Kept(
      ScheduleId id,
      Plan plan,
      Instant createdAt,
      Optional<Instant> lastRun,
      Optional<Instant> nextRun) {
    public Kept {
      requireNonNull(id, "id");
      requireNonNull(plan, "plan");
      requireNonNull(createdAt, "createdAt");
      requireNonNull(lastRun, "lastRun");
      requireNonNull(nextRun, "nextRun");
    }
  }

  /**
   * What came of one firing.
   *
   * @param id such as {@code run-5}
   * @param nominal when it was due
   * @param manual whether somebody asked for it, rather than the clock
   * @param batch the one that it makes
   */
  record Run(
      String id,
      Instant nominal,
      boolean manual,
      Instant startedAt,
      BatchId batch,
      ScheduleRun.Progress progress) {
    public Run {
      requireNonNull(id, "id");
      requireNonNull(nominal, "nominal");
      requireNonNull(startedAt, "startedAt");
      requireNonNull(batch, "batch");
      requireNonNull(progress, "progress");
    }
  }

  /**
   * What a run would ask of models.
   *
   * @param valid whether a batch could be made of these rows
   * @param problems the first of them
   * @param promptTokens estimated
   * @param completionTokens at most, of the rows whose answers are bounded
   * @param unbounded rows whose answers have no bound
   * @param cost dollars at most; empty when it can't be told
   */
  record Report(
      boolean valid,
      long rows,
      long invalid,
      List<Problem> problems,
      long promptTokens,
      long completionTokens,
      long unbounded,
      OptionalDouble cost,
      List<Instant> nextRuns) {
    public Report {
      problems = List.copyOf(problems);
      nextRuns = List.copyOf(nextRuns);
      requireNonNull(cost, "cost");
    }
  }
}
