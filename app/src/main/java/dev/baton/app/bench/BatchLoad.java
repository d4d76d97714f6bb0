package dev.baton.app.bench;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.task.BatchId;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.QueueName;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.WorkerId;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.usecase.Batches;
import dev.baton.core.usecase.Leasing;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A batch from its file to its last answer, with workers that say what they were asked. */
final class BatchLoad {
  private static final int WORKERS = 2;
  private static final int LIST = 256;
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Duration WAIT = Duration.ofMillis(200);

  private final Baton baton;
  private final BatchFiles files;

  /** The seconds that each part took. */
  record Times(double in, double run) {
    double whole() {
      return in + run;
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

  /** Takes the file's rows in and runs them all. */
  Times run(String file) throws InterruptedException {
    long begun = System.nanoTime();
    BatchId id =
        Baton.await(
                baton
                    .batches()
                    .create(
                        TenantId.DEFAULT,
                        NewBatch.of("bench", BatchConfig.DEFAULT),
                        () -> files.open(file)))
            .view()
            .batch()
            .id();
    double in = seconds(begun);
    begun = System.nanoTime();
    Baton.await(baton.batches().start(TenantId.DEFAULT, id));
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      WorkerId worker = new WorkerId("bench-" + i);
      Thread thread = new Thread(() -> work(worker, id), "bench-" + i);
      thread.start();
      workers.add(thread);
    }
    for (Thread worker : workers) {
      worker.join();
    }
    if (!isOver(id)) {
      throw new IllegalStateException("a worker gave up");
    }
    return new Times(in, seconds(begun));
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private boolean isOver(BatchId id) {
    Batches.View view = Baton.await(baton.batches().find(TenantId.DEFAULT, id)).orElseThrow();
    return view.batch().state().isFinished();
  }

  private void work(WorkerId worker, BatchId id) {
    Leasing.Ask ask =
        new Leasing.Ask(TenantId.DEFAULT, List.of(QueueName.DEFAULT), worker, LEASE, LIST);
    while (true) {
      List<LeasedTask> leased = Baton.await(baton.leasing().leaseWhenReady(ask, WAIT));
      if (leased.isEmpty()) {
        if (isOver(id)) {
          return;
        }
        continue;
      }
      List<Settlement> answers = new ArrayList<>(leased.size());
      for (LeasedTask task : leased) {
        answers.add(Settlement.Complete.of(task.leaseId(), Completion.of(task.prompt().text())));
      }
      Baton.await(baton.settling().settle(TenantId.DEFAULT, answers));
    }
  }
}
