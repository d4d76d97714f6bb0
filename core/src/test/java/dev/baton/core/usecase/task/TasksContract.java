package dev.baton.core.usecase.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Chunk;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.TaskRows.Pruned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Cancel, redrive, edit, pieces of an answer, and why a task waits. */
public abstract class TasksContract extends LifecycleFixture {

  private TaskRow cancel(TaskId id) {
    return Baton.await(baton.control().cancel(TENANT, id));
  }

  private TaskRow redrive(TaskId id) {
    return Baton.await(baton.control().redrive(TENANT, id));
  }

  @Test
  void cancel_whileWaiting_isNeverHandedOut() {
    TaskId id = submitId(task("p"));

    assertThat(cancel(id).state()).isEqualTo(Kind.CANCELLED);
    assertThat(cancel(id).state()).isEqualTo(Kind.CANCELLED);

    assertThat(lease(FIRST)).isEmpty();
    assertThat(events(id)).containsExactly(TaskEvent.Kind.SUBMITTED, TaskEvent.Kind.CANCELLED);
  }

  @Test
  void cancel_whileLeased_tellsItsHolder() {
    TaskId id = submitId(task("p"));
    LeasedTask taken = take(FIRST);

    cancel(id);

    assertRefused(
        ErrorCode.TASK_CANCELLED,
        baton.leasedWork().extend(TENANT, taken.leaseId(), LEASE, Optional.empty()));
    assertRefused(
        ErrorCode.TASK_CANCELLED,
        baton.leasedWork().append(TENANT, taken.leaseId(), Optional.empty(), List.of("x")));
    assertThat(complete(taken, "a")).isEqualTo(Settled.Kind.CANCELLED);
    assertThat(failNow(taken)).isEqualTo(Settled.Kind.CANCELLED);
    assertThat(release(taken, Duration.ZERO)).isEqualTo(Settled.Kind.CANCELLED);
    pass(LEASE);
    assertThat(state(id)).isEqualTo(Kind.CANCELLED);
    assertThat(find(id).attempts())
        .extracting(Attempt::outcome)
        .containsExactly(Attempt.Outcome.CANCELLED);
  }

  @Test
  void cancel_ofWhatIsOver_isRefused() {
    TaskId done = submitId(task("p"));
    complete(take(FIRST), "a");
    assertRefusal(ErrorCode.INVALID_STATE, () -> cancel(done));
    TaskId dead = submitId(task("p"));
    fail(take(FIRST), Failure.permanent("NO", ""));
    assertRefusal(ErrorCode.INVALID_STATE, () -> cancel(dead));
    assertRefusal(ErrorCode.TASK_NOT_FOUND, () -> cancel(new TaskId("nowhere")));
  }

  @Test
  void redrive_ofADeadTask_startsOverAtItsOldPlace() {
    TaskId id = submitId(task("p").retry(retried(1).retry().orElseThrow()));
    clock.advance(TICK);
    submitId(task("later"));
    LeasedTask first = take(FIRST);
    failNow(first);
    assertThat(state(id)).isEqualTo(Kind.DEAD);

    redrive(id);

    LeasedTask second = take(SECOND);
    assertThat(second.id()).isEqualTo(id);
    assertThat(second.attempt()).isEqualTo(1);
    assertThat(second.lease().token().value()).isGreaterThan(first.lease().token().value());
    assertThat(complete(first, "stale")).isEqualTo(Settled.Kind.LEASE_LOST);
    assertThat(complete(second, "fresh")).isEqualTo(Settled.Kind.DONE);
    assertThat(baton.answer(id)).contains("fresh");
    assertThat(events(id)).contains(TaskEvent.Kind.REDRIVEN);
  }

  @Test
  void redrive_ofACancelledTask_refusesItsOldHolder() {
    TaskId id = submitId(task("p"));
    LeasedTask old = take(FIRST);
    cancel(id);

    redrive(id);

    assertThat(complete(old, "stale")).isEqualTo(Settled.Kind.LEASE_LOST);
    assertThat(state(id)).isEqualTo(Kind.READY);
  }

  @Test
  void redrive_dropsADeadlineThatHasPassed() {
    TaskId id = submitId(task("p").deadline(clock.instant().plusSeconds(1)));
    pass(Duration.ofSeconds(1));
    assertThat(state(id)).isEqualTo(Kind.DEAD);

    redrive(id);
    sweep();

    assertThat(state(id)).isEqualTo(Kind.READY);
    assertThat(find(id).prompt()).isEqualTo(Prompt.of("p"));
  }

  @Test
  void redrive_inAnyOtherState_isRefused() {
    TaskId id = submitId(task("p"));
    assertRefusal(ErrorCode.INVALID_STATE, () -> redrive(id));
    LeasedTask taken = take(FIRST);
    assertRefusal(ErrorCode.INVALID_STATE, () -> redrive(id));
    complete(taken, "a");
    assertRefusal(ErrorCode.INVALID_STATE, () -> redrive(id));
  }

  private static TaskEdit edit(Prompt prompt) {
    return TaskEdit.of(
        Optional.of(prompt.text()),
        Optional.of(prompt.metadata()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static TaskEdit edit(Priority priority) {
    return TaskEdit.of(
        Optional.empty(),
        Optional.empty(),
        Optional.of(priority),
        Optional.empty(),
        Optional.empty());
  }

  private static TaskEdit editStart(Instant startAt) {
    return TaskEdit.of(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(startAt),
        Optional.empty());
  }

  private TaskRow edit(TaskId id, TaskEdit edit) {
    return Baton.await(baton.control().edit(TENANT, id, edit)).row();
  }

  @Test
  void edit_whileWaiting_changesWhatIsHandedOut() {
    TaskId id = submitId(task("old"));
    Prompt changed = new Prompt("new", new Metadata("{\"v\":2}"));

    edit(id, edit(changed));

    assertThat(take(FIRST).prompt()).isEqualTo(changed);
    assertThat(events(id)).contains(TaskEvent.Kind.EDITED);
  }

  @Test
  void edit_ofThePriority_ranksAnew() {
    submitId(task("first"));
    clock.advance(TICK);
    TaskId id = submitId(task("second"));

    edit(id, edit(Priority.HIGH));

    assertThat(leaseAll(9)).containsExactly("second", "first");
  }

  @Test
  void edit_ofTheStart_holdsAndFrees() {
    TaskId id = submitId(task("p"));

    edit(id, editStart(clock.instant().plusSeconds(60)));
    assertThat(lease(FIRST)).isEmpty();
    edit(id, editStart(clock.instant()));

    assertThat(lease(FIRST)).isPresent();
  }

  @Test
  void edit_ofTheStart_givesThePlaceBehindTheGateUp() {
    gate(1, false);
    TaskId first = submitId(task("first").gate(GATE));
    TaskId second = submitId(task("second").gate(GATE));

    edit(first, editStart(clock.instant().plusSeconds(60)));

    assertThat(state(second)).isEqualTo(Kind.READY);
    assertThat(gate(1, false).taken()).isEqualTo(1);
  }

  @Test
  void edit_whileLeasedOrOver_isRefused() {
    TaskId id = submitId(task("p"));
    LeasedTask taken = take(FIRST);
    assertRefusal(ErrorCode.INVALID_STATE, () -> edit(id, edit(Priority.HIGH)));
    complete(taken, "a");
    assertRefusal(ErrorCode.INVALID_STATE, () -> edit(id, edit(Priority.HIGH)));
    assertThat(find(id).prompt()).isEqualTo(Prompt.of("p"));
  }

  private int append(LeasedTask task, int from, String... texts) {
    return Baton.await(
        baton.leasedWork().append(TENANT, task.leaseId(), Optional.of(from), List.of(texts)));
  }

  private List<String> pieces(TaskId id) {
    return Baton.await(baton.tasks().chunks(TENANT, id, 1, 0, 100)).stream()
        .map(Chunk::text)
        .toList();
  }

  @Test
  void append_repeated_isStoredOnce() {
    TaskId id = submitId(task("p"));
    LeasedTask taken = take(FIRST);

    assertThat(append(taken, 1, "a", "b")).isEqualTo(2);
    assertThat(append(taken, 1, "a", "b")).isEqualTo(2);
    assertThat(append(taken, 2, "b", "c")).isEqualTo(3);
    assertThat(
            Baton.await(
                baton.leasedWork().append(TENANT, taken.leaseId(), Optional.empty(), List.of("d"))))
        .isEqualTo(4);

    assertThat(pieces(id)).containsExactly("a", "b", "c", "d");
  }

  @Test
  void append_withAGap_isRefused() {
    TaskId id = submitId(task("p"));
    LeasedTask taken = take(FIRST);

    assertRefusal(ErrorCode.VALIDATION_FAILED, () -> append(taken, 2, "b"));
    assertRefusal(ErrorCode.VALIDATION_FAILED, () -> append(taken, 0, "b"));
    assertRefusal(ErrorCode.VALIDATION_FAILED, () -> append(taken, Chunk.MAX_PER_LEASE + 1, "b"));
    assertThat(pieces(id)).isEmpty();
  }

  @Test
  void append_byAnOvertakenHolder_isRefused() {
    TaskId id = submitId(task("p"));
    LeasedTask first = take(FIRST);
    append(first, 1, "stale");
    pass(LEASE);
    LeasedTask second = take(SECOND);

    assertRefusal(ErrorCode.LEASE_LOST, () -> append(first, 2, "staler"));
    append(second, 1, "fresh");

    assertThat(pieces(id)).containsExactly("fresh");
  }

  @Test
  void append_afterAReleasedLease_startsOver() {
    TaskId id = submitId(task("p"));
    LeasedTask first = take(FIRST);
    append(first, 1, "given", "up");
    release(first, Duration.ZERO);

    assertThat(append(take(SECOND), 1, "fresh")).isEqualTo(1);

    assertThat(pieces(id)).containsExactly("fresh");
  }

  @Test
  void append_afterARedrive_startsOver() {
    TaskId id = submitId(task("p"));
    for (int attempt = 1; attempt <= 2; attempt++) {
      LeasedTask taken = take(FIRST);
      append(taken, 1, "attempt " + attempt, "and so on");
      if (attempt == 1) {
        failNow(taken);
      } else {
        fail(taken, Failure.permanent("NO", ""));
      }
    }
    redrive(id);

    append(take(SECOND), 1, "fresh");

    assertThat(pieces(id)).containsExactly("fresh");
  }

  @Test
  void append_tooManyAtOnce_isACallersBug() {
    submitId(task("p"));
    LeasedTask taken = take(FIRST);
    String[] many = new String[LeasedWork.CHUNKS_MAX + 1];
    java.util.Arrays.fill(many, "x");

    assertThatThrownBy(() -> append(taken, 1, many)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void prune_removesWhatIsLongOver() {
    TaskId old = submitId(task("old"));
    complete(take(FIRST), "a");
    clock.advance(Duration.ofHours(1));
    TaskId young = submitId(task("young"));
    complete(take(FIRST), "b");
    TaskId waiting = submitId(task("waiting"));
    clock.advance(TICK);

    Pruned pruned = Baton.await(baton.upkeep().prune(Duration.ofHours(1), 0));

    assertThat(pruned.count()).isEqualTo(1);
    assertThat(baton.find(old)).isEmpty();
    assertThat(baton.answer(young)).contains("b");
    assertThat(state(waiting)).isEqualTo(Kind.READY);
    assertThat(completeLeaseless(old, "late")).isEqualTo(Settled.Kind.UNKNOWN);
  }

  @Test
  void answer_ofAMegabyte_comesBack() {
    TaskId id = submitId(task("p".repeat(1 << 20)));
    String answer = "ä\uD83D\uDE00".repeat(1 << 18);

    complete(take(FIRST), answer);

    assertThat(find(id).completion()).contains(Completion.of(answer));
  }
}
