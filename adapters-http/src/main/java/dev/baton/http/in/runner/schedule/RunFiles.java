package dev.baton.http.in.runner.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.core.usecase.model.Models;
import dev.baton.core.usecase.schedule.DryRun;
import dev.baton.core.usecase.schedule.RunFormat;
import dev.baton.http.in.json.Json;
import dev.baton.http.in.runner.batch.ResultLines;

/** Results as downloads have them, and reports as replies do. */
public final class RunFiles implements RunFormat {

  @Override
  public String header(Format format) {
    return ResultLines.header(format);
  }

  @Override
  public String line(Format format, Batches.Outcome outcome, Models prices) {
    return ResultLines.line(format, outcome, prices);
  }

  @Override
  public String report(DryRun dryRun) {
    return new String(Json.encode(DryRunView.of(dryRun)), UTF_8) + '\n';
  }
}
