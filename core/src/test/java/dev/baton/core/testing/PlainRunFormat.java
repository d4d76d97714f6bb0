package dev.baton.core.testing;

import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Result;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.core.usecase.model.Models;
import dev.baton.core.usecase.schedule.DryRun;
import dev.baton.core.usecase.schedule.RunFormat;
import java.util.Optional;

/**
 * Results as lines of format, id and answer or error code, after a line {@code results} in CSV.
 * Reports as their number of rows.
 */
public final class PlainRunFormat implements RunFormat {

  @Override
  public String header(Format format) {
    return format == Format.CSV ? "results\n" : "";
  }

  @Override
  public String line(Format format, Batches.Outcome outcome, Models prices) {
    Optional<Result> result = outcome.result();
    String told =
        result
            .flatMap(Result::completion)
            .map(Completion::content)
            .or(() -> result.flatMap(Result::failure).map(Failure::code))
            .orElse("");
    return format + " " + outcome.row().id().value() + " " + told + "\n";
  }

  @Override
  public String report(DryRun dryRun) {
    return "{\"rows\":" + dryRun.rows() + "}\n";
  }
}
