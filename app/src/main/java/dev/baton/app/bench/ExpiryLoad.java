package dev.baton.app.bench;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.usecase.task.LeaseRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many leases run out in the same second: how long until all are leased again, by workers that
 * wait, and how long an answer takes that somebody else brings meanwhile.
 */
final class ExpiryLoad {
  private static final QueueName OTHER = new QueueName("other");
  private static final Duration NEXT_LEASE = Duration.ofMinutes(10);
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final int LIST = 1_000;
  private static final int WORKERS = 8;
  private static final int TAKEN_AT_ONCE = 50;

  private final Baton baton;
  private final String text;
  private final List<Double> answers = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean over;

  ExpiryLoad(Baton baton, int textLength) {
    this.baton = baton;
    this.text = "x".repeat(textLength);
  }

  /**
   * What it came to.
   *
   * @param againSeconds from the expiry until the last task was leased again
   * @param answerMillis how long each answer took from the expiry on, in order of size
   */
  record Stampede(double againSeconds, List<Double> answerMillis) {}

  Stampede measure(int leases, Duration until) throws InterruptedException {
    Instant expiry = lease(leases, until);
    Thread answering = new Thread(() -> answer(expiry), "bench-answers");
    answering.start();
    AtomicInteger again = new AtomicInteger();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      WorkerId name = new WorkerId("again-" + i);
      Thread worker = new Thread(() -> takeAll(name, leases, again), name.value());
      workers.add(worker);
      worker.start();
    }
    for (Thread worker : workers) {
      worker.join();
    }
    Instant end = baton.insight().now();
    over = true;
    answering.join();
    return new Stampede(
        Duration.between(expiry, end).toMillis() / 1_000.0, answers.stream().sorted().toList());
  }

  /** Leases that all end at one instant, which is returned. */
  private Instant lease(int leases, Duration until) {
    Instant expiry = baton.insight().now().plus(until);
    for (int done = 0; done < leases; done += LIST) {
      List<NewTask> tasks = new ArrayList<>();
      for (int i = 0; i < Math.min(LIST, leases - done); i++) {
        tasks.add(NewTask.builder(Prompt.of(text)).retry(RetryPolicy.FOREVER).build());
      }
      Baton.await(baton.submissions().submit(TenantId.DEFAULT, tasks));
      Duration left = Duration.between(baton.insight().now(), expiry);
      Baton.await(
          baton.leasing().lease(ask(QueueName.DEFAULT, new WorkerId("gone"), left, tasks.size())));
    }
    return expiry;
  }

  private static LeaseRequest ask(QueueName queue, WorkerId worker, Duration lease, int max) {
    return new LeaseRequest(TenantId.DEFAULT, List.of(queue), worker, lease, max);
  }

  private void takeAll(WorkerId name, int leases, AtomicInteger again) {
    while (again.get() < leases) {
      List<LeasedTask> taken =
          Baton.await(
              baton
                  .leasing()
                  .leaseWhenReady(ask(QueueName.DEFAULT, name, NEXT_LEASE, TAKEN_AT_ONCE), WAIT));
      again.addAndGet(taken.size());
    }
  }

  /** One after the other: a prompt, its lease, its answer, and how long that took. */
  private void answer(Instant from) {
    WorkerId name = new WorkerId("answers");
    while (!over) {
      Baton.await(
          baton
              .submissions()
              .submit(TenantId.DEFAULT, NewTask.builder(Prompt.of(text)).queue(OTHER).build()));
      for (LeasedTask task : Baton.await(baton.leasing().lease(ask(OTHER, name, NEXT_LEASE, 1)))) {
        long start = System.nanoTime();
        baton.complete(task, text);
        double millis = (System.nanoTime() - start) / 1e6;
        if (!baton.insight().now().isBefore(from)) {
          answers.add(millis);
        }
      }
    }
  }
}
