package dev.baton.core.usecase.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.BatchEvent;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.usecase.task.Replacement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is done to all tasks of a batch, and what joins it later. */
public abstract class BatchChangesContract extends BatchFixture {
  @Test
  void lateTask_joinsTheCountsAndTheGate_andIsRefusedWhenTheBatchIsOver() {
    createStarted(1, 1);

    TaskId late = submitId(task("late").batch(BATCH));

    assertThat(view().tally()).isEqualTo(new Tally(1, 1, 0, 0, 0, 0));
    assertThat(state(late)).isEqualTo(Kind.HELD);
    complete(take(FIRST), "a");
    complete(take(FIRST), "b");
    assertThat(batchState()).isEqualTo(BatchState.COMPLETED);
    assertRefused(
        ErrorCode.INVALID_STATE,
        baton.submissions().submit(TENANT, task("later").batch(BATCH).build()));
    assertRefused(
        ErrorCode.BATCH_NOT_FOUND,
        baton.submissions().submit(TENANT, task("p").batch(new BatchId("none")).build()));
    assertThat(view().tally().total()).isEqualTo(2);
  }

  @Test
  void lateTask_takesTheBatchsWord_whereItSaysNothingItself() {
    BatchConfig config =
        new BatchConfig(
            Optional.of(new ModelName("m")),
            OptionalDouble.of(0.7),
            OptionalInt.of(9),
            OptionalInt.of(6),
            Priority.HIGH,
            Optional.empty(),
            OTHER_QUEUE,
            1);
    NewBatch batch = new NewBatch(Optional.of(BATCH), "", "", config, Optional.empty());
    Baton.await(baton.batches().create(TENANT, batch, rows(1)));

    TaskRow unsaid = late(task("unsaid"));
    TaskRow asDefault =
        late(task("as default").priority(Priority.NORMAL).retry(RetryPolicy.DEFAULT));
    TaskRow own =
        late(
            task("own")
                .priority(Priority.LOW)
                .retry(RetryPolicy.DEFAULT.withMaxAttempts(2))
                .model(new ModelName("other")));

    assertThat(unsaid.terms().priority()).isEqualTo(Priority.HIGH);
    assertThat(unsaid.terms().retry().maxAttempts()).isEqualTo(7);
    assertThat(unsaid.terms().model()).contains(new ModelName("m"));
    assertThat(unsaid.terms().queue()).isEqualTo(OTHER_QUEUE);
    assertThat(asDefault.terms().priority()).isEqualTo(Priority.NORMAL);
    assertThat(asDefault.terms().retry()).isEqualTo(RetryPolicy.DEFAULT);
    assertThat(own.terms().priority()).isEqualTo(Priority.LOW);
    assertThat(own.terms().retry().maxAttempts()).isEqualTo(2);
    assertThat(own.terms().model()).contains(new ModelName("other"));
    assertThat(outcomes())
        .extracting(outcome -> outcome.prompt().parameters().temperature())
        .containsOnly(OptionalDouble.of(0.7));
  }

  private TaskRow late(NewTask.Builder task) {
    return find(submitId(task.batch(BATCH))).row();
  }

  @Test
  void concurrency_changedWhileItRuns_holdsAtOnce() {
    createStarted(4, 8);
    take(FIRST);

    Baton.await(baton.batches().edit(TENANT, BATCH, concurrency(2)));
    assertThat(view().tally()).isEqualTo(new Tally(6, 1, 1, 0, 0, 0));

    Baton.await(baton.batches().edit(TENANT, BATCH, concurrency(6)));
    assertThat(view().tally()).isEqualTo(new Tally(2, 5, 1, 0, 0, 0));
  }

  @Test
  void priorityAndDeadline_changedWhileItRuns_reachAllThatWait() {
    createStarted(1, MANY);

    Baton.await(
        baton
            .batches()
            .edit(
                TENANT,
                BATCH,
                new BatchEdit(
                    Optional.of("new name"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Priority.URGENT),
                    Replacement.by(clock.instant().plusSeconds(60)))));
    sweep();

    assertThat(view().batch().about().name()).isEqualTo("new name");
    assertThat(outcomes())
        .allSatisfy(
            outcome -> {
              assertThat(outcome.row().terms().priority()).isEqualTo(Priority.URGENT);
              assertThat(outcome.row().terms().deadline())
                  .contains(clock.instant().plusSeconds(60));
            });
    pass(Duration.ofSeconds(61));
    assertThat(batchState()).isEqualTo(BatchState.FAILED);
    assertThat(view().tally().dead()).isEqualTo(MANY);
  }

  @Test
  void priority_changedWhileATaskIsHeld_holdsWhenItWaitsAgain() {
    createStarted(1, 1);
    LeasedTask held = take(FIRST);
    BatchEdit urgent =
        new BatchEdit(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Priority.URGENT),
            Replacement.keep());
    Baton.await(baton.batches().edit(TENANT, BATCH, urgent));
    sweep();

    assertThat(failNow(held)).isEqualTo(Settled.Kind.DONE);
    assertThat(find(held.id()).row().terms().priority()).isEqualTo(Priority.URGENT);
    complete(take(FIRST), "a");
    assertThat(batchState()).isEqualTo(BatchState.COMPLETED);
  }

  @Test
  void deadline_takenAway_endsNothingAnyMore() {
    createStarted(1, 3);
    Baton.await(
        baton
            .batches()
            .edit(TENANT, BATCH, deadline(Replacement.by(clock.instant().plusSeconds(9)))));
    sweep();

    Baton.await(baton.batches().edit(TENANT, BATCH, deadline(Replacement.removal())));
    sweep();
    pass(Duration.ofSeconds(10));

    assertThat(view().batch().about().config().deadline()).isEmpty();
    assertThat(view().tally()).isEqualTo(new Tally(2, 1, 0, 0, 0, 0));
  }

  private static BatchEdit deadline(Replacement<Instant> deadline) {
    return new BatchEdit(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), deadline);
  }

  @Test
  void cancel_ofMany_goesOnPageByPage_andRetryRevivesThemAll() {
    createStarted(10, MANY);
    complete(take(FIRST), "a");
    take(FIRST);

    Baton.await(baton.batches().cancel(TENANT, BATCH));

    assertThat(batchState()).isEqualTo(BatchState.CANCELLING);
    assertThat(view().tally().total()).isEqualTo(MANY);
    assertThat(leaseUpTo(10)).isEmpty();
    sweep();
    assertThat(view().tally()).isEqualTo(new Tally(0, 0, 0, 1, 0, MANY - 1));
    assertThat(batchState()).isEqualTo(BatchState.CANCELLED);

    Baton.await(baton.batches().retry(TENANT, BATCH));
    sweep();

    assertThat(batchState()).isEqualTo(BatchState.RUNNING);
    assertThat(view().tally()).isEqualTo(new Tally(MANY - 11, 10, 0, 1, 0, 0));
    assertThat(batchEvents())
        .containsExactly(
            BatchEvent.Kind.CREATED,
            BatchEvent.Kind.STARTED,
            BatchEvent.Kind.CANCELLED,
            BatchEvent.Kind.STARTED);
  }

  @Test
  void delete_ofMany_isSeenByNobodyAtOnce_andLeavesNothing() {
    createStarted(10, MANY);
    LeasedTask held = take(FIRST);

    Baton.await(baton.batches().delete(TENANT, BATCH));

    assertThat(Baton.await(baton.batches().find(TENANT, BATCH))).isEmpty();
    assertRefused(ErrorCode.BATCH_NOT_FOUND, baton.batches().start(TENANT, BATCH));
    sweep();
    assertNothingStored();
    assertThat(complete(held, "late")).isEqualTo(Settled.Kind.CANCELLED);
    create(1, 1);
    assertThat(view().tally().total()).isEqualTo(1);
  }

  @Test
  void delete_tellsEveryHolderThatItsTaskIsCancelled_asDeletingThatTaskDoes() {
    createStarted(5, 5);
    List<LeasedTask> leased = leaseUpTo(4);
    LeasedTask expired = leased.get(1);
    LeasedTask calledOff = leased.get(2);
    Baton.await(baton.control().cancel(TENANT, calledOff.row().id()));
    complete(leased.get(3), "a");
    pass(LEASE.plus(TICK));
    LeasedTask held = take(SECOND);

    Baton.await(baton.batches().delete(TENANT, BATCH));
    sweep();

    for (LeasedTask gone : List.of(held, expired, calledOff)) {
      assertThat(complete(gone, "late")).isEqualTo(Settled.Kind.CANCELLED);
      assertThat(failNow(gone)).isEqualTo(Settled.Kind.CANCELLED);
      assertRefused(
          ErrorCode.TASK_CANCELLED,
          baton.leasedWork().extend(TENANT, gone.leaseId(), LEASE, Optional.empty()));
    }
  }
}
