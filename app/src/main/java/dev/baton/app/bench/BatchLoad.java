package dev.baton.app.bench;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.BatchOutput;
import dev.baton.core.usecase.batch.BatchView;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.core.usecase.batch.CreatedBatch;
import dev.baton.http.in.runner.batch.ResultLines;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A batch from its file through the executor to the file of its results. */
final class BatchLoad {
  private static final long LOOK_NANOS = 1_000_000;
  private static final String RESULTS = "results.csv";

  private final Baton baton;
  private final BatchFiles files;

  /** The seconds that each part took. */
  record Times(double in, double run, double out) {
    double whole() {
      return in + run + out;
    }
  }

  BatchLoad(Baton baton, BatchFiles files) {
    this.baton = baton;
    this.files = files;
  }

  /** A file of so many rows, whose prompts are of this length. */
  static void write(Path file, int rows, int textLength) throws IOException {
    String filler = "x".repeat(Math.max(0, textLength - 10));
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id,prompt\n");
      for (int i = 0; i < rows; i++) {
        out.write("row-" + i + ",p" + i + " " + filler + "\n");
      }
    }
  }

  /** Takes the file's rows in, runs them all and writes what became of them. */
  Times run(String file) {
    long begun = System.nanoTime();
    NewBatch batch = NewBatch.of("bench", BatchConfig.DEFAULT);
    CreatedBatch created =
        Baton.await(baton.batches().create(TenantId.DEFAULT, batch, () -> files.open(file)));
    BatchId id = created.view().batch().id();
    final double in = seconds(begun);
    begun = System.nanoTime();
    Baton.await(baton.batches().start(TenantId.DEFAULT, id));
    while (!view(id).batch().state().isFinished()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    final double run = seconds(begun);
    long rows = created.view().tally().total();
    if (view(id).tally().succeeded() != rows) {
      throw new IllegalStateException("not every row has its answer: " + view(id).tally());
    }
    begun = System.nanoTime();
    writeResults(id, file);
    return new Times(in, run, seconds(begun));
  }

  private void writeResults(BatchId id, String file) {
    try (BatchOutput out = files.create(RESULTS, file, true)) {
      out.write(ResultLines.header(BatchFiles.Format.CSV));
      List<Batches.Outcome> page = page(id, 0);
      while (!page.isEmpty()) {
        StringBuilder text = new StringBuilder();
        page.forEach(
            outcome ->
                text.append(ResultLines.line(BatchFiles.Format.CSV, outcome, baton.models())));
        out.write(text.toString());
        page = page(id, page.get(page.size() - 1).row().seq());
      }
      out.commit();
    }
  }

  private List<Batches.Outcome> page(BatchId id, long after) {
    return Baton.await(baton.batches().outcomes(TenantId.DEFAULT, id, after, Batches.PAGE_MAX));
  }

  private BatchView view(BatchId id) {
    return Baton.await(baton.batches().find(TenantId.DEFAULT, id)).orElseThrow();
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
