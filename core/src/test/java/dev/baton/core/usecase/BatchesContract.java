package dev.baton.core.usecase;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.BatchTask;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.InvalidRowsException;
import dev.baton.core.domain.event.BatchEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.BatchId;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.IdempotencyKey;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.QueueName;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskId;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.BatchInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many tasks under one name. */
public abstract class BatchesContract extends TasksContract {
  private static final BatchId BATCH = new BatchId("batch-001");
  private static final int MANY = 1_201;

  private static NewBatch batch(int maxConcurrency) {
    BatchConfig config =
        BatchConfig.DEFAULT.with(maxConcurrency, Priority.NORMAL, Optional.empty());
    return new NewBatch(Optional.of(BATCH), "name", "about", config, Optional.empty());
  }

  private static List<BatchTask> rows(int count) {
    return IntStream.range(0, count).mapToObj(i -> BatchTask.of(Prompt.of("p" + i))).toList();
  }

  private static BatchTask named(String id) {
    return BatchTask.of(Prompt.of("p")).withId(Optional.of(new TaskId(id)));
  }

  private void create(int maxConcurrency, int count) {
    Baton.await(baton.batches().create(TENANT, batch(maxConcurrency), rows(count)));
  }

  private void createStarted(int maxConcurrency, int count) {
    create(maxConcurrency, count);
    Baton.await(baton.batches().start(TENANT, BATCH));
  }

  private Batches.View view() {
    return Baton.await(baton.batches().find(TENANT, BATCH)).orElseThrow();
  }

  private BatchState batchState() {
    return view().batch().state();
  }

  private List<BatchEvent.Kind> batchEvents() {
    return Baton.await(baton.insight().events(0, 100_000)).stream()
        .map(LoggedEvent::event)
        .filter(BatchEvent.class::isInstance)
        .map(event -> ((BatchEvent) event).kind())
        .toList();
  }

  private List<Batches.Outcome> outcomes() {
    List<Batches.Outcome> all = new ArrayList<>();
    for (long after = 0; ; after = all.get(all.size() - 1).row().seq()) {
      List<Batches.Outcome> page = Baton.await(baton.batches().outcomes(TENANT, BATCH, after, 100));
      all.addAll(page);
      if (page.isEmpty()) {
        return all;
      }
    }
  }

  private List<LeasedTask> leaseUpTo(int max) {
    return Baton.await(baton.leasing().lease(ask(max)));
  }

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
  void batch_ofManyRows_comesInWholly_andGoesInRowOrder() {
    create(1_000, MANY);

    assertThat(view().tally().total()).isEqualTo(MANY);
    assertThat(outcomes()).extracting(outcome -> outcome.prompt().text()).hasSize(MANY);
    Baton.await(baton.batches().start(TENANT, BATCH));
    assertThat(leaseUpTo(1_000))
        .extracting(task -> task.prompt().text())
        .startsWith("p0", "p1", "p2")
        .hasSize(1_000);
  }

  @Test
  void batch_withABrokenRow_storesNothing_andNamesTheLine() {
    BatchInput input =
        input(
            BatchInput.Row.of(1, named("a")),
            BatchInput.Row.broken(7, "no prompt"),
            BatchInput.Row.of(8, named("a")));

    assertThatThrownBy(() -> baton.batches().create(TENANT, batch(1), () -> input).get())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            InvalidRowsException.class,
            refusal ->
                assertThat(refusal.problems())
                    .extracting(InvalidRowsException.Problem::line)
                    .containsExactly(7L, 8L));

    assertNothingStored();
  }

  private static BatchInput input(BatchInput.Row... rows) {
    return new BatchInput() {
      @Override
      public Rows rows() {
        var rest = List.of(rows).iterator();
        return () -> rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
      }

      @Override
      public void close() {}
    };
  }

  /** A million of them are more than the memory of a test. */
  private static BatchInput generated(long count) {
    return new BatchInput() {
      @Override
      public Rows rows() {
        long[] read = {0};
        return () -> {
          read[0]++;
          BatchTask task = BatchTask.of(Prompt.of("p".repeat(1_000)));
          return read[0] > count ? Optional.empty() : Optional.of(Row.of(1 + read[0], task));
        };
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void batch_ofMoreRowsThanMayBe_isRefusedAtTheFirstOfThem_andNothingIsStored() {
    BatchInput tooMany = generated(Batches.ROWS_MAX + 5);

    assertThatThrownBy(() -> Baton.await(baton.batches().create(TENANT, batch(1), () -> tooMany)))
        .isInstanceOfSatisfying(
            BatonException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BATCH_TOO_LARGE))
        .hasMessage("line 1000002: a batch has at most 1000000 tasks");

    assertNothingStored();
    assertThat(batchEvents()).isEmpty();
    assertThat(
            Baton.await(
                baton
                    .batches()
                    .check(TENANT, BatchConfig.DEFAULT, () -> generated(Batches.ROWS_MAX))))
        .isEqualTo(Batches.ROWS_MAX);
  }

  private void assertNothingStored() {
    sweep();
    assertThat(Baton.await(baton.batches().find(TENANT, BATCH))).isEmpty();
    assertThat(Baton.await(baton.insight().tally(TENANT))).isEqualTo(Tally.NONE);
    assertThat(
            Baton.await(baton.batches().list(TENANT, EnumSet.allOf(BatchState.class), 0, 10))
                .total())
        .isZero();
  }

  @Test
  void batch_ofNoRows_orWithATakenName_isRefused() {
    assertRefused(ErrorCode.VALIDATION_FAILED, baton.batches().create(TENANT, batch(1), List.of()));
    assertNothingStored();
    submitId(task("p").id(new TaskId("taken")));

    assertRefused(
        ErrorCode.TASK_EXISTS,
        baton.batches().create(TENANT, batch(1), List.of(named("free"), named("taken"))));
    create(1, 1);
    assertRefused(ErrorCode.BATCH_EXISTS, baton.batches().create(TENANT, batch(1), rows(1)));
  }

  @Test
  void batch_whoseRowsChangeWhileTheyAreRead_leavesNothing() {
    BatchInput shrinking =
        new BatchInput() {
          private int passes;

          @Override
          public Rows rows() {
            passes++;
            return BatchInput.of(BatchesContract.rows(passes == 1 ? MANY : 700)).rows();
          }

          @Override
          public void close() {}
        };

    assertRefused(
        ErrorCode.VALIDATION_FAILED, baton.batches().create(TENANT, batch(1), () -> shrinking));

    assertNothingStored();
  }

  @Test
  void import_thatStands_isTakenForAbandoned_andLeavesNothing() {
    BatchInput standing =
        interrupted(
            () -> {
              clock.advance(BatchWalk.IMPORT_PATIENCE.plusSeconds(1));
              sweep();
            });

    assertRefused(
        ErrorCode.STORE_UNAVAILABLE, baton.batches().create(TENANT, batch(1), () -> standing));

    assertNothingStored();
  }

  /** Rows that let something happen when all but the last page of them are stored. */
  private static BatchInput interrupted(Runnable happening) {
    return new BatchInput() {
      private int passes;

      @Override
      public Rows rows() {
        passes++;
        Rows rows = BatchInput.of(BatchesContract.rows(MANY)).rows();
        int[] read = {0};
        return () -> {
          read[0]++;
          if (passes == 2 && read[0] == MANY) {
            happening.run();
          }
          return rows.next();
        };
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void import_ofAProcessThatIsNoMore_isRemovedAtOnce() {
    BatchInput cut =
        interrupted(
            () -> {
              clock.advance(TICK);
              Baton restarted = Baton.builder(store).clock(clock).build();
              while (Baton.await(restarted.upkeep().sweep())) {
                // Page after page.
              }
            });

    assertRefused(ErrorCode.STORE_UNAVAILABLE, baton.batches().create(TENANT, batch(1), () -> cut));

    assertNothingStored();
  }

  @Test
  void request_repeatedWhileItsRowsAreStored_makesNoSecondBatch() {
    NewBatch keyed = keyed("print");
    BatchInput repeating =
        interrupted(
            () -> {
              clock.advance(TICK);
              sweep();
              assertRefused(
                  ErrorCode.IDEMPOTENCY_KEY_REUSED, baton.batches().create(TENANT, keyed, rows(2)));
              assertRefused(
                  ErrorCode.IDEMPOTENCY_KEY_REUSED,
                  baton.batches().create(TENANT, keyed("other"), rows(2)));
            });

    var made = Baton.await(baton.batches().create(TENANT, keyed, () -> repeating));

    assertThat(made.view().tally().total()).isEqualTo(MANY);
    assertThat(Baton.await(baton.insight().tally(TENANT)).total()).isEqualTo(MANY);
  }

  private static NewBatch keyed(String fingerprint) {
    return new NewBatch(
        Optional.empty(),
        "n",
        "",
        BatchConfig.DEFAULT,
        Optional.of(new IdempotencyKey("s", "k", fingerprint)));
  }

  @Test
  void batch_ofTheSameRequest_isMadeOnce() {
    NewBatch keyed = keyed("print");
    var first = Baton.await(baton.batches().create(TENANT, keyed, rows(2)));

    var second = Baton.await(baton.batches().create(TENANT, keyed, rows(2)));

    assertThat(first.replayed()).isFalse();
    assertThat(second.replayed()).isTrue();
    assertThat(second.view().batch().id()).isEqualTo(first.view().batch().id());
    assertRefused(
        ErrorCode.IDEMPOTENCY_KEY_REUSED, baton.batches().create(TENANT, keyed("other"), rows(2)));
  }

  @Test
  void config_holdsForTasksThatSayNothingThemselves() {
    BatchConfig config =
        new BatchConfig(
            Optional.of(new ModelName("m")),
            OptionalDouble.of(0.7),
            OptionalInt.of(9),
            OptionalInt.of(0),
            Priority.HIGH,
            Optional.empty(),
            QueueName.DEFAULT,
            1);
    BatchTask own =
        new BatchTask(
            Optional.empty(),
            Prompt.of("own"),
            Optional.of(new ModelName("other")),
            Optional.of(Priority.LOW),
            OptionalInt.of(3),
            Optional.empty());
    NewBatch batch = new NewBatch(Optional.of(BATCH), "", "", config, Optional.empty());

    Baton.await(baton.batches().create(TENANT, batch, List.of(rows(1).get(0), own)));

    List<Batches.Outcome> tasks = outcomes();
    assertThat(tasks.get(0).row().terms().model()).contains(new ModelName("m"));
    assertThat(tasks.get(0).row().terms().priority()).isEqualTo(Priority.HIGH);
    assertThat(tasks.get(0).row().terms().retry().maxAttempts()).isEqualTo(1);
    assertThat(tasks.get(0).prompt().parameters().temperature()).hasValue(0.7);
    assertThat(tasks.get(0).prompt().parameters().maxTokens()).hasValue(9);
    assertThat(tasks.get(1).row().terms().model()).contains(new ModelName("other"));
    assertThat(tasks.get(1).row().terms().priority()).isEqualTo(Priority.LOW);
    assertThat(tasks.get(1).row().terms().retry().maxAttempts()).isEqualTo(4);
  }

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
  void lateTask_takesTheBatchsWord_whereItsOwnIsTheDefault() {
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

    assertThat(List.of(unsaid, asDefault))
        .allSatisfy(
            row -> {
              assertThat(row.terms().priority()).isEqualTo(Priority.HIGH);
              assertThat(row.terms().retry().maxAttempts()).isEqualTo(7);
              assertThat(row.terms().model()).contains(new ModelName("m"));
              assertThat(row.terms().queue()).isEqualTo(QUEUE);
            });
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
  void row_thatSaysTheDefault_keepsIt() {
    NewBatch batch =
        new NewBatch(
            Optional.of(BATCH),
            "",
            "",
            BatchConfig.DEFAULT.with(1, Priority.HIGH, Optional.empty()),
            Optional.empty());
    BatchTask normal =
        new BatchTask(
            Optional.empty(),
            Prompt.of("p"),
            Optional.empty(),
            Optional.of(Priority.NORMAL),
            OptionalInt.empty(),
            Optional.empty());

    Baton.await(baton.batches().create(TENANT, batch, List.of(normal)));

    assertThat(outcomes().get(0).row().terms().priority()).isEqualTo(Priority.NORMAL);
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
  void concurrency_changedWhileItRuns_holdsAtOnce() {
    createStarted(4, 8);
    take(FIRST);

    Baton.await(baton.batches().edit(TENANT, BATCH, concurrency(2)));
    assertThat(view().tally()).isEqualTo(new Tally(6, 1, 1, 0, 0, 0));

    Baton.await(baton.batches().edit(TENANT, BATCH, concurrency(6)));
    assertThat(view().tally()).isEqualTo(new Tally(2, 5, 1, 0, 0, 0));
  }

  private static Batches.Edit concurrency(int max) {
    return new Batches.Edit(
        Optional.empty(), Optional.empty(), Optional.of(max), Optional.empty(), Replacement.keep());
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
                new Batches.Edit(
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

  private static Batches.Edit deadline(Replacement<Instant> deadline) {
    return new Batches.Edit(
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
    Baton.await(baton.tasks().cancel(TENANT, calledOff.row().id()));
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
          baton.holding().extend(TENANT, gone.leaseId(), LEASE, Optional.empty()));
    }
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

    Baton.await(baton.tasks().redrive(TENANT, id));

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
        .isEqualTo(new Upkeep.PrunedBatches(1, 2));

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
                .map(outcome -> outcome.row().standing().state())
                .collect(toSet()))
        .containsExactly(Kind.HELD);
  }
}
