package dev.baton.core.usecase.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.testing.FakeModelClient;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.usecase.insight.Wait.Reason;
import dev.baton.core.usecase.model.Executor;
import dev.baton.core.usecase.model.ExecutorSettings;
import dev.baton.core.usecase.task.LeaseRequest;
import dev.baton.core.usecase.task.WorkerPresence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One answer to "why is it waiting?", whatever keeps the task. */
final class WaitTest {
  private static final QueueName OTHER = new QueueName("integration");
  private static final ModelName A = new ModelName("a");
  private static final ModelName B = new ModelName("b");
  private static final WorkerId WORKER = new WorkerId("w");
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final ManualClock clock = new ManualClock();
  private final FakeModelClient client =
      new FakeModelClient(FakeModelClient.model("a", 2), FakeModelClient.model("b", 100));
  private final Baton baton =
      Baton.builder(new InMemoryStore())
          .clock(clock)
          .models(client)
          .executor(ExecutorSettings.DEFAULT.withConcurrency(4))
          .build();
  private final Executor executor = baton.executor().orElseThrow();

  private static NewTask.Builder task() {
    return NewTask.builder(Prompt.of("p"));
  }

  private TaskId submit(NewTask.Builder task) {
    return baton.submit(task.build());
  }

  private Wait why(TaskId id) {
    return Baton.await(baton.insight().whyWaiting(TenantId.DEFAULT, id)).orElseThrow();
  }

  private void hang(int count, ModelName model) {
    client.otherwise(new FakeModelClient.Hangs());
    for (int i = 0; i < count; i++) {
      submit(task().model(model));
    }
    executor.runOnce();
  }

  @Test
  void why_noWorker_isSaidOnceItIsSure() {
    TaskId id = submit(task().queue(OTHER));
    assertThat(why(id).reason()).isEqualTo(Reason.IN_LINE);
    clock.advance(WorkerPresence.MEMORY);
    assertThat(why(id).reason()).isEqualTo(Reason.NO_WORKER);
    assertThat(why(id).sentence())
        .isEqualTo(
            "no worker requested tasks from queue integration within the last minute; first in line");

    TaskId other = submit(task().queue(OTHER));
    assertThat(baton.lease(OTHER, WORKER, LEASE)).isPresent();
    assertThat(why(other).reason()).isEqualTo(Reason.IN_LINE);
    assertThat(why(other).ahead()).hasValue(0);
  }

  @Test
  void why_noWorker_isNotSaidWhileOneWaits() {
    TaskId id = submit(task().queue(OTHER));
    clock.advance(WorkerPresence.MEMORY);
    Baton.await(baton.queues().pause(TenantId.DEFAULT, OTHER));
    var unused =
        baton
            .leasing()
            .leaseWhenReady(
                new LeaseRequest(TenantId.DEFAULT, List.of(OTHER), WORKER, LEASE, 1),
                Duration.ofMinutes(5));
    assertThat(why(id).reason()).isEqualTo(Reason.QUEUE_PAUSED);
    clock.advance(WorkerPresence.MEMORY.multipliedBy(2));

    assertThat(baton.leasing().isAsked(TenantId.DEFAULT, OTHER)).isTrue();
  }

  @Test
  void why_modelThatNobodyOffers_isSaid() {
    clock.advance(WorkerPresence.MEMORY);
    executor.runOnce();
    TaskId id = submit(task().model(new ModelName("c")));

    assertThat(why(id).reason()).isEqualTo(Reason.NO_WORKER);
    assertThat(why(id).sentence()).startsWith("the executor has no model c");
  }

  @Test
  void why_modelAtItsLimit_andExecutorFull() {
    hang(3, A);
    TaskId waiting = submit(task().model(A));
    TaskId free = submit(task().model(B));
    assertThat(why(waiting).reason()).isEqualTo(Reason.MODEL_FULL);
    assertThat(why(waiting).sentence())
        .startsWith("model a is at its limit of 2 calls; in line behind 1 other");
    assertThat(why(free).reason()).isEqualTo(Reason.IN_LINE);

    hang(4, B);
    TaskId last = submit(task().model(B));
    assertThat(why(last).reason()).isEqualTo(Reason.EXECUTOR_FULL);
    assertThat(why(last).limit()).hasValue(4);
    assertThat(why(waiting).reason()).isEqualTo(Reason.MODEL_FULL);
  }

  @Test
  void why_modelPaused_alsoForTasksThatNameNone() {
    executor.runOnce();
    Baton.await(baton.models().pause(A, Duration.ofSeconds(30), "RATE_LIMITED: slow down"));
    TaskId named = submit(task().model(A));
    TaskId unnamed = submit(task());

    assertThat(why(named).reason()).isEqualTo(Reason.MODEL_PAUSED);
    assertThat(why(named).until()).contains(clock.instant().plusSeconds(30));
    assertThat(why(unnamed).reason()).isEqualTo(Reason.MODEL_PAUSED);
    assertThat(why(unnamed).sentence())
        .isEqualTo(
            "model a is paused until "
                + clock.instant().plusSeconds(30)
                + ": RATE_LIMITED: slow down");
    clock.advance(Duration.ofSeconds(30));
    assertThat(why(named).reason()).isEqualTo(Reason.IN_LINE);
  }

  @Test
  void why_backoff_isToldFromAStartTime() {
    TaskId later = submit(task().startAt(clock.instant().plusSeconds(60)));
    TaskId failed = submit(task().queue(OTHER));
    LeasedTask taken = baton.lease(OTHER, WORKER, LEASE).orElseThrow();
    Baton.await(
        baton
            .settling()
            .settle(
                TenantId.DEFAULT,
                new Settlement.Fail(
                    taken.leaseId(),
                    Failure.retryable("BUSY", "later"),
                    Optional.of(Duration.ofSeconds(7)))));

    assertThat(why(later).reason()).isEqualTo(Reason.START_TIME);
    assertThat(why(failed).reason()).isEqualTo(Reason.BACKOFF);
    assertThat(why(failed).until()).contains(clock.instant().plusSeconds(7));
  }

  @Test
  void why_batch_isNotStartedPausedOrFull() {
    BatchId batch = new BatchId("b1");
    BatchConfig config = BatchConfig.DEFAULT.with(1, Priority.NORMAL, Optional.empty());
    NewBatch two = new NewBatch(Optional.of(batch), "two", "", config, Optional.empty());
    NewTask row = NewTask.of(Prompt.of("p"));
    TaskId first = new TaskId("first");
    TaskId second = new TaskId("second");
    Baton.await(
        baton
            .batches()
            .create(
                TenantId.DEFAULT,
                two,
                List.of(row.withId(Optional.of(first)), row.withId(Optional.of(second)))));
    assertThat(why(first).sentence()).isEqualTo("its batch b1 was not started; first in line");
    assertThat(why(second).sentence())
        .isEqualTo("its batch b1 was not started; in line behind 1 other");
    assertThat(whole(batch).reason()).isEqualTo(Reason.BATCH_NOT_STARTED);

    Baton.await(baton.batches().start(TenantId.DEFAULT, batch));
    assertThat(why(first).reason()).isEqualTo(Reason.IN_LINE);
    assertThat(why(second).sentence())
        .isEqualTo("its batch b1 is at its limit: 1 of 1 places taken; next in line");
    assertThat(whole(batch).reason()).isEqualTo(Reason.IN_LINE);

    Baton.await(baton.batches().pause(TenantId.DEFAULT, batch));
    assertThat(why(second).sentence()).isEqualTo("its batch b1 is paused; in line behind 1 other");
    assertThat(whole(batch).reason()).isEqualTo(Reason.BATCH_PAUSED);

    Baton.await(baton.batches().cancel(TenantId.DEFAULT, batch));
    assertThat(Baton.await(baton.insight().whyWaiting(TenantId.DEFAULT, batch))).isEmpty();
  }

  @Test
  void estimate_behindAFullModel_isAtThePaceOfThatModel() {
    // Others of the queue are quick, and say nothing of it.
    for (int i = 0; i < 50; i++) {
      submit(task());
      baton.complete(baton.lease(WORKER, LEASE).orElseThrow(), "quick");
    }
    submit(task().model(A));
    LeasedTask slow = baton.lease(WORKER, LEASE).orElseThrow();
    clock.advance(Duration.ofSeconds(8));
    baton.complete(slow, "at last");
    clock.advance(WorkerPresence.MEMORY);
    hang(2, A);

    TaskId next = submit(task().model(A));
    TaskId last = submit(task().model(A));
    executor.runOnce();

    assertThat(why(next).reason()).isEqualTo(Reason.MODEL_FULL);
    assertThat(why(next).estimate()).contains(Duration.ofSeconds(4));
    assertThat(why(last).estimate()).contains(Duration.ofSeconds(8));
  }

  private Wait whole(BatchId batch) {
    return Baton.await(baton.insight().whyWaiting(TenantId.DEFAULT, batch)).orElseThrow();
  }

  @Test
  void why_queuePaused_tellsThePlaceAllTheSame() {
    submit(task().queue(OTHER));
    TaskId second = submit(task().queue(OTHER));
    Baton.await(baton.queues().pause(TenantId.DEFAULT, OTHER));

    assertThat(why(second).sentence()).isEqualTo("its queue is paused; in line behind 1 other");
  }

  @Test
  void why_untilItIsExecuted_alsoWhenItsStartTimeHasCome() {
    TaskId id = submit(task().gate(GateId.MANUAL).startAt(clock.instant().plusSeconds(60)));
    assertThat(why(id).reason()).isEqualTo(Reason.START_TIME);

    clock.advance(Duration.ofSeconds(61));
    while (Baton.await(baton.upkeep().sweep())) {}

    assertThat(why(id).reason()).isEqualTo(Reason.MANUAL);
    assertThat(baton.lease(QueueName.DEFAULT, WORKER, LEASE)).isEmpty();
  }

  @Test
  void why_nextForTheExecutor_waitsForNoWorker() {
    clock.advance(WorkerPresence.MEMORY);
    executor.runOnce();
    TaskId id = submit(task().model(B));

    assertThat(why(id).sentence()).isEqualTo("next in line");
  }

  @Test
  void why_untilItIsExecuted() {
    Baton.await(baton.queues().setGate(TenantId.DEFAULT, GateId.MANUAL, 0, false));
    TaskId id = submit(task().gate(GateId.MANUAL));

    assertThat(why(id).reason()).isEqualTo(Reason.MANUAL);
  }

  @Test
  void estimate_followsThePaceOfTheLastMinute_andIsAbsentWithoutOne() {
    for (int i = 0; i < 40; i++) {
      submit(task().queue(OTHER));
    }
    TaskId last = submit(task().queue(OTHER));
    assertThat(why(last).estimate()).isEmpty();

    for (int i = 0; i < 20; i++) {
      LeasedTask taken = baton.lease(OTHER, WORKER, LEASE).orElseThrow();
      baton.complete(taken, Completion.of("x").content());
      clock.advance(Duration.ofMillis(500));
    }

    // Two a second, and 20 go before it.
    assertThat(why(last).ahead()).hasValue(20);
    assertThat(why(last).estimate().orElseThrow())
        .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(12));
    assertThat(why(last).sentence()).startsWith("in line behind 20 others, about 1");
    clock.advance(WorkerPresence.MEMORY.multipliedBy(2));
    assertThat(why(last).estimate()).isEmpty();
  }
}
