package dev.baton.core.usecase.schedule;

import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.core.usecase.model.Models;

/** How the files that runs of schedules leave are written. Holds no state; thread-safe. */
public interface RunFormat {

  /** What comes before the first result, with its line end; empty for nothing. */
  String header(Format format);

  /**
   * A task's result with its line end.
   *
   * @param prices today's, by which an answer's cost is told
   */
  String line(Format format, Batches.Outcome outcome, Models prices);

  /** A JSON object with a line end. */
  String report(DryRun dryRun);
}
