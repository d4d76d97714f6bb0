package dev.baton.core.usecase.schedule;

import dev.baton.core.domain.error.InvalidRowsException.Problem;
import dev.baton.core.domain.schedule.Plan;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What a run would ask of models, as far as it can be told without asking.
 *
 * @param rows of the input
 * @param invalid rows that can't be used: with one, no batch is made
 * @param problems the first of them
 * @param promptTokens estimated
 * @param completionTokens at most, of the rows whose answers are bounded
 * @param unbounded rows whose answers have no bound
 * @param cost dollars at most; empty when a model has no price or an answer no bound
 * @param nextRuns when the expression fires next, the first {@value #NEXT_RUNS} times
 */
public record DryRun(
    long rows,
    long invalid,
    List<Problem> problems,
    long promptTokens,
    long completionTokens,
    long unbounded,
    OptionalDouble cost,
    List<Instant> nextRuns) {
  static final int NEXT_RUNS = 5;

  public DryRun {
    problems = List.copyOf(problems);
    nextRuns = List.copyOf(nextRuns);
  }

  /** When {@code plan} fires after {@code at}. */
  static List<Instant> nextRuns(Plan plan, Instant at) {
    return Stream.iterate(
            plan.cron().next(at, plan.zone()), time -> plan.cron().next(time, plan.zone()))
        .limit(NEXT_RUNS)
        .toList();
  }

  /** Whether a batch could be made of these rows. */
  public boolean isValid() {
    return rows > 0 && problems.isEmpty();
  }
}
