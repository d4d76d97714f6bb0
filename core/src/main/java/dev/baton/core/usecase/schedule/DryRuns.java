package dev.baton.core.usecase.schedule;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.InvalidRowsException;
import dev.baton.core.domain.error.InvalidRowsException.Problem;
import dev.baton.core.domain.error.RowTakenException;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.BatchInput;
import dev.baton.core.runtime.Blocking;
import dev.baton.core.usecase.batch.BatchLife;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.core.usecase.model.Models;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the rows of a plan and estimates what they would cost. Blocks; thread-safe. */
public final class DryRuns {
  private static final int PROBLEMS_MAX = 20;

  private final BatchFiles files;
  private final Models models;
  private final Batches batches;

  public DryRuns(BatchFiles files, Models models, Batches batches) {
    this.files = requireNonNull(files, "files");
    this.models = requireNonNull(models, "models");
    this.batches = requireNonNull(batches, "batches");
  }

  /**
   * Checks every row as the making of a batch would, and estimates.
   *
   * @param at the time after which the next runs are told
   * @throws BatonException what the input is refused with as a whole
   */
  public DryRun run(TenantId tenant, Plan plan, Instant at) {
    Sums sums = new Sums();
    try (BatchInput input = rows(plan)) {
      BatchInput.Rows rows = input.rows();
      for (Optional<BatchInput.Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        add(sums, row.get(), plan.config());
      }
    }
    if (sums.problems.isEmpty() && sums.rows > 0) {
      // Names that are taken, and what only all rows together show.
      try {
        Blocking.on(batches.check(tenant, plan.config(), () -> rows(plan)));
      } catch (InvalidRowsException e) {
        sums.problems.addAll(e.problems());
      } catch (RowTakenException e) {
        sums.invalid++;
        sums.problems.add(new Problem(e.line(), e.problem()));
      }
    }
    return sums.dryRun(DryRun.nextRuns(plan, at));
  }

  /** As the next run will take them: under names that none before it took. */
  private BatchInput rows(Plan plan) {
    return new RunRows(files.open(plan.files().input()), Long.MAX_VALUE);
  }

  private void add(Sums sums, BatchInput.Row row, BatchConfig config) {
    sums.rows++;
    Optional<String> problem = row.problem();
    if (row.task().isPresent()) {
      problem = problem.or(() -> refusal(row.task().get(), config));
    }
    if (problem.isPresent() || row.task().isEmpty()) {
      sums.invalid++;
      if (sums.problems.size() < PROBLEMS_MAX) {
        sums.problems.add(new Problem(row.line(), problem.orElse("it can't be read")));
      }
      return;
    }
    NewTask task = row.task().get();
    Models.Estimate estimate =
        models.estimate(BatchLife.asked(task.prompt(), config), model(task, config));
    sums.promptTokens += estimate.promptTokens();
    estimate
        .completionTokens()
        .ifPresentOrElse(bound -> sums.completionTokens += bound, () -> sums.unbounded++);
    if (estimate.cost().isPresent()) {
      sums.cost += estimate.cost().getAsDouble();
    } else {
      sums.unpriced = true;
    }
  }

  private static Optional<ModelName> model(NewTask task, BatchConfig config) {
    return task.model().or(config::model);
  }

  private Optional<String> refusal(NewTask task, BatchConfig config) {
    return models.problem(
        model(task, config), BatchLife.asked(task.prompt(), config).parameters().maxTokens());
  }

  private static final class Sums {
    private final List<Problem> problems = new ArrayList<>();
    private long rows;
    private long invalid;
    private long promptTokens;
    private long completionTokens;
    private long unbounded;
    private double cost;
    private boolean unpriced;

    DryRun dryRun(List<Instant> nextRuns) {
      return new DryRun(
          rows,
          invalid,
          problems,
          promptTokens,
          completionTokens,
          unbounded,
          unpriced || rows == 0 ? OptionalDouble.empty() : OptionalDouble.of(cost),
          nextRuns);
    }
  }
}
