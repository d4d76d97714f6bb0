package dev.baton.cli.batch;

import dev.baton.cli.run.Destination;
import dev.baton.cli.shared.Output;
import dev.baton.core.domain.batch.ResultFormat;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of commands that write results: how, and whether over what is there. */
final class ResultOptions {

  @Option(
      names = "--format",
      paramLabel = "WORD",
      description =
          "csv, jsonl, or lines as the batch APIs of openai and anthropic write them, of the rows"
              + " that are over (default: as OUT is named, or else jsonl).")
  private Optional<ResultFormat> format = Optional.empty();

  @Option(names = "--overwrite", description = "Write over OUT if it is there.")
  private boolean overwrite;

  Destination open(Path out, Output talk) {
    return Destination.open(out, overwrite, talk);
  }

  ResultFormat format(Path out) {
    return format.orElse(Destination.isCsv(out) ? ResultFormat.CSV : ResultFormat.JSONL);
  }
}
