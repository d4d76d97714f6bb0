package dev.baton.core.usecase.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.event.DomainEvent.BatchEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Single tasks of a batch that somebody wants to run now, or again. */
public abstract class BatchExecuteContract extends BatchFixture {
  private static final BatchId EXECUTED = new BatchId("executed");

  private void createNamed(int maxConcurrency, String... ids) {
    BatchConfig config =
        BatchConfig.DEFAULT.with(maxConcurrency, Priority.NORMAL, Optional.empty());
    NewBatch batch = new NewBatch(Optional.of(EXECUTED), "", "", config, Optional.empty());
    List<NewTask> rows =
        List.of(ids).stream()
            .map(id -> NewTask.of(Prompt.of(id)).withId(Optional.of(new TaskId(id))))
            .toList();
    Baton.await(baton.batches().create(TENANT, batch, rows));
  }

  private void begin() {
    Baton.await(baton.batches().start(TENANT, EXECUTED));
  }

  private TaskRow execute(String id, boolean force) {
    return Baton.await(baton.control().runNow(TENANT, new TaskId(id), force));
  }

  private BatchView executed() {
    return Baton.await(baton.batches().find(TENANT, EXECUTED)).orElseThrow();
  }

  private void assertStands(BatchState state, Tally tally) {
    assertThat(executed().batch().state()).isEqualTo(state);
    assertThat(executed().tally()).isEqualTo(tally);
  }

  private List<BatchEvent.Kind> told() {
    return Baton.await(baton.insight().events(0, 100_000)).stream()
        .map(LoggedEvent::event)
        .filter(BatchEvent.class::isInstance)
        .map(event -> ((BatchEvent) event).kind())
        .toList();
  }

  private List<String> leasable() {
    return Baton.await(baton.leasing().lease(ask(10))).stream()
        .map(task -> task.prompt().text())
        .toList();
  }

  private String answer(String id) {
    return find(new TaskId(id)).completion().map(Completion::content).orElse("none");
  }

  @Test
  void taskOfAFinishedBatch_executedWithForce_isAnotherRun_whoseEndIsToldOnce() {
    createNamed(1, "a", "b");
    begin();
    complete(take(FIRST), "1");
    complete(take(FIRST), "2");
    assertStands(BatchState.COMPLETED, new Tally(0, 0, 0, 2, 0, 0));
    String firstRun = executed().batch().executionId();

    execute("a", true);

    assertStands(BatchState.RUNNING, new Tally(0, 1, 0, 1, 0, 0));
    assertThat(executed().batch().run().finishedAt()).isEmpty();
    assertThat(executed().batch().executionId()).isNotEqualTo(firstRun);
    complete(take(FIRST), "3");
    assertStands(BatchState.COMPLETED, new Tally(0, 0, 0, 2, 0, 0));
    assertThat(List.of(answer("a"), answer("b"))).containsExactly("3", "2");
    assertThat(told())
        .containsExactly(
            BatchEvent.Kind.CREATED,
            BatchEvent.Kind.STARTED,
            BatchEvent.Kind.COMPLETED,
            BatchEvent.Kind.STARTED,
            BatchEvent.Kind.COMPLETED);
  }

  @Test
  void tasksOfAFinishedBatch_executedTogether_areOneRun_asManyAtOnceAsMay() {
    createNamed(1, "a", "b", "c");
    begin();
    for (int i = 0; i < 3; i++) {
      complete(take(FIRST), "first");
    }

    for (String id : List.of("a", "b", "c")) {
      execute(id, true);
      execute(id, false);
    }

    assertStands(BatchState.RUNNING, new Tally(2, 1, 0, 0, 0, 0));
    for (int i = 0; i < 3; i++) {
      complete(take(FIRST), "again");
    }
    assertStands(BatchState.COMPLETED, new Tally(0, 0, 0, 3, 0, 0));
    assertThat(told()).filteredOn(BatchEvent.Kind.COMPLETED::equals).hasSize(2);
  }

  @Test
  void taskOfACancelledBatch_executed_runsAlone_andTheBatchCompletes() {
    createNamed(1, "a", "b");
    Baton.await(baton.batches().cancel(TENANT, EXECUTED));
    assertStands(BatchState.CANCELLED, new Tally(0, 0, 0, 0, 0, 2));

    execute("a", false);
    execute("b", false);

    assertStands(BatchState.RUNNING, new Tally(1, 1, 0, 0, 0, 0));
    complete(take(FIRST), "1");
    fail(take(FIRST), Failure.permanent("BAD", "no"));
    assertStands(BatchState.COMPLETED, new Tally(0, 0, 0, 1, 1, 0));
  }

  @Test
  void taskThatWaitsForRoom_executed_isTheNextToRun_andNoMoreRunAtOnceThanMay() {
    createNamed(2, "a", "b", "c", "d", "e");
    begin();
    List<LeasedTask> running = IntStream.range(0, 2).mapToObj(i -> take(FIRST)).toList();

    assertThat(execute("e", false).state()).isEqualTo(Kind.HELD);
    pass(Duration.ofSeconds(1));
    TaskRow once = execute("d", false);
    pass(Duration.ofSeconds(1));
    assertThat(execute("d", false)).isEqualTo(once);

    assertThat(leasable()).isEmpty();
    complete(running.get(0), "1");
    assertThat(leasable()).containsExactly("e");
    complete(running.get(1), "2");
    assertThat(leasable()).containsExactly("d");
    assertStands(BatchState.RUNNING, new Tally(1, 0, 2, 2, 0, 0));
  }

  @Test
  void readyTask_executed_goesBeforeAllOthers_andKeepsItsPlace() {
    createNamed(2, "a", "b", "c");
    begin();

    execute("b", false);

    assertThat(leasable()).containsExactly("b", "a");
    assertStands(BatchState.RUNNING, new Tally(1, 0, 2, 0, 0, 0));
  }

  @Test
  void restingTask_executed_takesRoomThatThereIs() {
    createNamed(2, "a");
    begin();
    fail(take(FIRST), Failure.retryable("BUSY", "later"));
    assertThat(state(new TaskId("a"))).isEqualTo(Kind.HELD);

    assertThat(execute("a", false).leaseState().inGate()).isTrue();
    complete(take(FIRST), "1");

    assertStands(BatchState.COMPLETED, new Tally(0, 0, 0, 1, 0, 0));
  }

  @Test
  void taskOfABatchThatWasNotStartedOrIsPaused_executed_runsAllTheSame() {
    createNamed(1, "a", "b", "c");

    execute("b", false);
    complete(take(FIRST), "1");
    assertStands(BatchState.CREATED, new Tally(2, 0, 0, 1, 0, 0));
    begin();
    Baton.await(baton.batches().pause(TENANT, EXECUTED));
    execute("c", false);
    complete(take(FIRST), "2");

    assertStands(BatchState.PAUSED, new Tally(1, 0, 0, 2, 0, 0));
    Baton.await(baton.batches().resume(TENANT, EXECUTED));
    complete(take(FIRST), "3");
    assertStands(BatchState.COMPLETED, new Tally(0, 0, 0, 3, 0, 0));
  }
}
