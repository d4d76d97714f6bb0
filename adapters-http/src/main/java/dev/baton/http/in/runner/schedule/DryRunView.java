package dev.baton.http.in.runner.schedule;

import dev.baton.core.usecase.schedule.DryRun;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.runner.shared.RowProblem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run would ask of models. */
@Doc(value = "What a run would ask of models.", name = "DryRunReport")
record DryRunView(
    @Doc(value = "Always true.", example = "true") boolean isDryRun,
    @Doc(value = "Whether a batch could be made.", example = "true") boolean isValid,
    @Doc(value = "Rows of the input.", example = "2") @Bounds(max = Long.MAX_VALUE) long rows,
    @Doc("Rows that can't be used.") @Bounds(max = Long.MAX_VALUE) long invalidRows,
    @Doc("For all prompts.") @Bounds(max = Long.MAX_VALUE) long estimatedPromptTokens,
    @Doc("For answers that are bounded.") @Bounds(max = Long.MAX_VALUE) long maxCompletionTokens,
    @Doc("Rows whose answers are not.") @Bounds(max = Long.MAX_VALUE) long unboundedRows,
    @Doc("Dollars at most; null when a model has no price or an answer no bound.")
        @Nullable Double estimatedCost,
    @Doc("The first rows that can't be used.") List<RowProblem> problems,
    @Doc("Extension. When the expression fires next, the first five times.")
        List<Instant> nextRuns) {

  static DryRunView of(DryRun run) {
    return new DryRunView(
        true,
        run.isValid(),
        run.rows(),
        run.invalid(),
        run.promptTokens(),
        run.completionTokens(),
        run.unbounded(),
        run.cost().isPresent() ? run.cost().getAsDouble() : null,
        run.problems().stream().map(p -> new RowProblem(p.line(), p.message())).toList(),
        run.nextRuns());
  }
}
