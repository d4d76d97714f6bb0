package dev.baton.core.usecase.batch;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.BatchEvent;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a batch is in its life, and what may be done to it there. */
public abstract class BatchStatesContract extends BatchFixture {
  @Test
  void batch_created_holdsAllItsTasksUntilItIsStarted() {
    create(2, 3);

    assertThat(view().tally()).isEqualTo(new Tally(3, 0, 0, 0, 0, 0));
    assertThat(batchState()).isEqualTo(BatchState.CREATED);
    assertThat(leaseUpTo(10)).isEmpty();
    assertThat(batchEvents()).containsExactly(BatchEvent.Kind.CREATED);

    Baton.await(baton.batches().start(TENANT, BATCH));

    assertThat(view().tally()).isEqualTo(new Tally(1, 2, 0, 0, 0, 0));
    assertThat(leaseUpTo(10)).extracting(task -> task.prompt().text()).containsExactly("p0", "p1");
  }

  @Test
  void batch_runToItsEnd_completesOnceInTheLastTasksTransaction() {
    createStarted(2, 3);

    complete(take(FIRST), "a");
    complete(take(FIRST), "b");
    assertThat(batchState()).isEqualTo(BatchState.RUNNING);
    complete(take(FIRST), "c");

    assertThat(view().tally()).isEqualTo(new Tally(0, 0, 0, 3, 0, 0));
    assertThat(batchState()).isEqualTo(BatchState.COMPLETED);
    assertThat(view().batch().run().finishedAt()).contains(clock.instant());
    assertThat(batchEvents())
        .containsExactly(
            BatchEvent.Kind.CREATED, BatchEvent.Kind.STARTED, BatchEvent.Kind.COMPLETED);
    assertThat(outcomes())
        .extracting(outcome -> outcome.result().orElseThrow().completion().orElseThrow().content())
        .containsExactly("a", "b", "c");
  }

  @Test
  void batch_withoutAnyAnswer_fails_andWithOne_completes() {
    createStarted(10, 2);

    fail(take(FIRST), Failure.permanent("BAD", "no"));
    fail(take(FIRST), Failure.permanent("BAD", "no"));
    assertThat(batchState()).isEqualTo(BatchState.FAILED);

    Baton.await(baton.batches().retry(TENANT, BATCH));
    assertThat(batchState()).isEqualTo(BatchState.RUNNING);
    complete(take(FIRST), "a");
    fail(take(FIRST), Failure.permanent("BAD", "no"));

    assertThat(batchState()).isEqualTo(BatchState.COMPLETED);
    assertThat(view().tally()).isEqualTo(new Tally(0, 0, 0, 1, 1, 0));
    assertThat(view().batch().executionId()).isEqualTo("batch-exec-002");
    assertThat(batchEvents())
        .containsExactly(
            BatchEvent.Kind.CREATED,
            BatchEvent.Kind.STARTED,
            BatchEvent.Kind.FAILED,
            BatchEvent.Kind.STARTED,
            BatchEvent.Kind.COMPLETED);
  }

  @Test
  void pause_takesReadyTasksBack_andKeepsWhatComesBackMeanwhile() {
    createStarted(3, 5);
    LeasedTask held = take(FIRST);
    LeasedTask silent = take(SECOND);

    Baton.await(baton.batches().pause(TENANT, BATCH));

    assertThat(view().tally()).isEqualTo(new Tally(3, 0, 2, 0, 0, 0));
    release(held, Duration.ZERO);
    pass(LEASE.plus(TICK));
    assertThat(state(silent.row().id())).isEqualTo(Kind.HELD);
    assertThat(view().tally()).isEqualTo(new Tally(5, 0, 0, 0, 0, 0));
    assertThat(leaseUpTo(10)).isEmpty();

    Baton.await(baton.batches().resume(TENANT, BATCH));

    assertThat(view().tally()).isEqualTo(new Tally(2, 3, 0, 0, 0, 0));
    assertThat(leaseUpTo(10)).hasSize(3);
  }

  @Test
  void calls_inAWrongState_areRefused() {
    create(1, 1);

    assertRefused(ErrorCode.INVALID_STATE, baton.batches().pause(TENANT, BATCH));
    assertRefused(ErrorCode.INVALID_STATE, baton.batches().resume(TENANT, BATCH));
    assertRefused(ErrorCode.INVALID_STATE, baton.batches().retry(TENANT, BATCH));
    Baton.await(baton.batches().start(TENANT, BATCH));
    Baton.await(baton.batches().start(TENANT, BATCH));
    complete(take(FIRST), "a");
    assertRefused(ErrorCode.INVALID_STATE, baton.batches().start(TENANT, BATCH));
    assertRefused(ErrorCode.INVALID_STATE, baton.batches().cancel(TENANT, BATCH));
    assertRefused(ErrorCode.INVALID_STATE, baton.batches().edit(TENANT, BATCH, concurrency(2)));
    assertRefused(ErrorCode.BATCH_NOT_FOUND, baton.batches().start(OTHER_TENANT, BATCH));
  }

  @Test
  void task_redrivenAfterTheEnd_beginsAnotherRun() {
    createStarted(1, 1);
    fail(take(FIRST), Failure.permanent("BAD", "no"));
    TaskId id = outcomes().get(0).row().id();

    Baton.await(baton.control().redrive(TENANT, id));

    assertThat(batchState()).isEqualTo(BatchState.RUNNING);
    complete(take(FIRST), "a");
    assertThat(batchState()).isEqualTo(BatchState.COMPLETED);
  }

  @Test
  void prune_removesAFinishedBatchWithItsTasks_andNoPartOfOne() {
    createStarted(2, 2);
    complete(take(FIRST), "a");
    pass(Duration.ofHours(2));
    assertThat(Baton.await(baton.upkeep().prune(Duration.ofHours(1), 0)).count()).isZero();
    complete(take(FIRST), "b");
    pass(Duration.ofHours(2));

    assertThat(Baton.await(baton.upkeep().pruneBatches(Duration.ofHours(1))))
        .isEqualTo(new BatchWalk.Pruned(1, 2));

    assertNothingStored();
  }

  @Test
  void list_showsWhatIsThere_newestFirst() {
    create(1, 1);
    NewBatch second = NewBatch.of("second", BatchConfig.DEFAULT);
    Baton.await(baton.batches().create(TENANT, second, rows(1)));

    Batches.Listed all =
        Baton.await(baton.batches().list(TENANT, EnumSet.allOf(BatchState.class), 0, 1));

    assertThat(all.total()).isEqualTo(2);
    assertThat(all.views().get(0).batch().about().name()).isEqualTo("second");
    assertThat(
            Baton.await(baton.batches().list(TENANT, EnumSet.of(BatchState.RUNNING), 0, 9)).views())
        .isEmpty();
    assertThat(
            Baton.await(baton.batches().tasks(TENANT, BATCH, EnumSet.of(Kind.HELD), 0, 10)).stream()
                .map(TaskRow::state)
                .collect(toSet()))
        .containsExactly(Kind.HELD);
  }

  @Test
  void outcomes_ofLargeAnswers_comeInPartsThatLoseNone() {
    createStarted(3, 3);
    String large = "x".repeat(Batches.OUTCOME_TEXT_MAX / 2);
    leaseUpTo(3).forEach(task -> complete(task, large));
    List<TaskRow> rows =
        Baton.await(baton.batches().tasks(TENANT, BATCH, EnumSet.allOf(Kind.class), 0, 10));

    List<Batches.Outcome> first = Baton.await(baton.batches().outcomes(TENANT, rows));
    List<Batches.Outcome> rest = Baton.await(baton.batches().outcomes(TENANT, rows.subList(2, 3)));

    assertThat(first).extracting(outcome -> outcome.row().id()).containsExactly(ids(rows, 0, 2));
    assertThat(rest).extracting(outcome -> outcome.row().id()).containsExactly(ids(rows, 2, 3));
    assertThat(rest.get(0).result().orElseThrow().completion().orElseThrow().content())
        .isEqualTo(large);
  }

  @Test
  void outcomes_ofATaskThatIsGone_endBeforeIt() {
    create(1, 3);
    List<TaskRow> rows =
        Baton.await(baton.batches().tasks(TENANT, BATCH, EnumSet.allOf(Kind.class), 0, 10));
    Baton.await(baton.control().delete(TENANT, rows.get(1).id()));

    assertThat(Baton.await(baton.batches().outcomes(TENANT, rows))).hasSize(1);
    assertThat(Baton.await(baton.batches().outcomes(TENANT, rows.subList(1, 3)))).isEmpty();
    assertThat(Baton.await(baton.batches().outcomes(TENANT, rows.subList(2, 3)))).hasSize(1);
  }

  private static TaskId[] ids(List<TaskRow> rows, int from, int to) {
    return rows.subList(from, to).stream().map(TaskRow::id).toArray(TaskId[]::new);
  }
}
