package dev.baton.cli.batch;

import dev.baton.cli.run.Destination;
import dev.baton.cli.shared.Output;
import dev.baton.core.port.BatchFiles.Format;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of commands that write results: how, and whether over what is there. */
final class ResultOptions {

  @Option(
      names = "--format",
      paramLabel = "WORD",
      description = "csv or jsonl (default: as OUT is named, or else jsonl).")
  private Optional<Format> format = Optional.empty();

  @Option(names = "--overwrite", description = "Write over OUT if it is there.")
  private boolean overwrite;

  Destination open(Path out, Output talk) {
    return Destination.open(out, overwrite, talk);
  }

  Format format(Path out) {
    return Destination.format(format, Optional.of(out));
  }
}
