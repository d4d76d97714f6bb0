package dev.baton.app.bench;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.usecase.task.LeaseRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Callers within the process: submit, lease, complete, again and again. */
final class EmbeddedLoad {
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final Baton baton;
  private final String text;
  private final LongAdder cycles = new LongAdder();

  EmbeddedLoad(Baton baton, int textLength) {
    this.baton = baton;
    this.text = "x".repeat(textLength);
  }

  /** Cycles per second of {@code callers} threads that each handle lists of {@code atOnce}. */
  double cyclesPerSecond(int callers, int atOnce, Duration duration) throws InterruptedException {
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    cycles.reset();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      Thread caller = new Thread(() -> run(end, atOnce), "bench-caller-" + i);
      threads.add(caller);
      caller.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return cycles.sum() / ((System.nanoTime() - start) / 1e9);
  }

  private void run(long end, int atOnce) {
    WorkerId worker = new WorkerId(Thread.currentThread().getName());
    LeaseRequest ask =
        new LeaseRequest(TenantId.DEFAULT, List.of(QueueName.DEFAULT), worker, LEASE, atOnce);
    while (System.nanoTime() < end) {
      List<NewTask> tasks = new ArrayList<>(atOnce);
      for (int i = 0; i < atOnce; i++) {
        tasks.add(NewTask.builder(Prompt.of(text)).build());
      }
      Baton.await(baton.submissions().submit(TenantId.DEFAULT, tasks));
      List<LeasedTask> leased = Baton.await(baton.leasing().lease(ask));
      if (leased.isEmpty()) {
        continue;
      }
      List<Settlement> settlements = new ArrayList<>(leased.size());
      for (LeasedTask task : leased) {
        settlements.add(Settlement.Complete.of(task.leaseId(), Completion.of(text)));
      }
      Baton.await(baton.settling().settle(TenantId.DEFAULT, settlements));
      cycles.add(leased.size());
    }
  }
}
