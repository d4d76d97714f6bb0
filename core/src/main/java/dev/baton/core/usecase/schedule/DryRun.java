package dev.baton.core.usecase.schedule;

import dev.baton.core.domain.error.InvalidRowsException.Problem;
import java.util.List;
import java.util.OptionalDouble;

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
 */
public record DryRun(
    long rows,
    long invalid,
    List<Problem> problems,
    long promptTokens,
    long completionTokens,
    long unbounded,
    OptionalDouble cost) {

  public DryRun {
    problems = List.copyOf(problems);
  }

  /** Whether a batch could be made of these rows. */
  public boolean isValid() {
    return rows > 0 && problems.isEmpty();
  }
}
