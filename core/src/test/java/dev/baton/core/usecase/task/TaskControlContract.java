package dev.baton.core.usecase.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.stats.Stats;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Tasks that are changed, run by hand and removed. */
public abstract class TaskControlContract extends LifecycleFixture {

  private TaskRow runNow(TaskId id, boolean force) {
    return Baton.await(baton.control().runNow(TENANT, id, force));
  }

  private static TaskEdit change(UnaryOperator<Prompt> prompt, Optional<String> version) {
    return new TaskEdit(
        (old, model) -> prompt.apply(old),
        Replacement.keep(),
        Optional.empty(),
        Replacement.keep(),
        Replacement.keep(),
        version);
  }

  @Test
  void runNow_ofAHeldTask_putsItBeforeAllOthers() {
    submit(task("other").priority(Priority.URGENT).build());
    TaskId manual = submit(task("mine").gate(GateId.MANUAL).build()).id();
    assertThat(find(manual).state().kind()).isEqualTo(Kind.HELD);

    TaskRow first = runNow(manual, false);
    TaskRow again = runNow(manual, false);

    assertThat(again).isEqualTo(first);
    assertThat(take(FIRST).row().id()).isEqualTo(manual);
    assertThat(runNow(manual, false).state()).isEqualTo(Kind.LEASED);
  }

  @Test
  void runNow_ofATaskThatStartsLater_doesNotWait() {
    TaskId later = submit(task("p").startAt(clock.instant().plusSeconds(900)).build()).id();

    assertThat(runNow(later, false).state()).isEqualTo(Kind.READY);
    assertThat(take(FIRST).row().id()).isEqualTo(later);
  }

  @Test
  void runNow_ofACancelledTask_startsItOver() {
    TaskId id = submit(task("p").build()).id();
    Baton.await(baton.control().cancel(TENANT, id));

    assertThat(runNow(id, false).state()).isEqualTo(Kind.READY);
  }

  @Test
  void runNow_ofAnAnsweredTask_needsForce_andKeepsTheOldAnswer() {
    TaskId id = submit(task("p").build()).id();
    complete(take(FIRST), "first");

    assertRefusal(ErrorCode.INVALID_STATE, () -> runNow(id, false));
    assertThat(find(id).completion()).map(Completion::content).contains("first");

    runNow(id, true);
    Task renewed = find(id);
    assertThat(renewed.state().kind()).isEqualTo(Kind.READY);
    assertThat(renewed.alternatives()).extracting(Completion::content).containsExactly("first");
    assertThat(renewed.attempts())
        .extracting(Attempt::outcome)
        .containsExactly(Attempt.Outcome.SUCCEEDED);

    assertThat(complete(take(FIRST), "second")).isEqualTo(Settled.Kind.DONE);
    assertThat(find(id).completion()).map(Completion::content).contains("second");
  }

  @Test
  void delete_ofALeasedTask_tellsItsHolder_andFreesTheId() {
    TaskId id = submit(task("p").id(new TaskId("mine")).build()).id();
    LeasedTask leased = take(FIRST);

    Baton.await(baton.control().delete(TENANT, id));

    assertThat(baton.find(id)).isEmpty();
    assertThat(complete(leased, "late")).isEqualTo(Settled.Kind.CANCELLED);
    assertRefusal(
        ErrorCode.TASK_CANCELLED,
        () ->
            Baton.await(
                baton.leasedWork().extend(TENANT, leased.leaseId(), LEASE, Optional.empty())));
    assertRefusal(ErrorCode.TASK_NOT_FOUND, () -> Baton.await(baton.control().delete(TENANT, id)));
    assertThat(Baton.await(baton.insight().tally(TENANT)).total()).isZero();
    assertThat(submit(task("q").id(id).build()).replayed()).isFalse();
  }

  @Test
  void delete_ofAnAnsweredTask_leavesNothing() {
    TaskId id = submit(task("p").build()).id();
    complete(take(FIRST), "a");

    Baton.await(baton.control().delete(TENANT, id));

    assertThat(baton.find(id)).isEmpty();
    assertThat(Baton.await(baton.insight().tally(TENANT)).total()).isZero();
  }

  @Test
  void delete_beforeTheEnd_isNoFailure_andACancelIs() {
    TaskId deleted = submit(task("p").build()).id();
    Baton.await(baton.control().delete(TENANT, deleted));
    assertThat(failures()).isZero();
    assertThat(events(deleted)).containsExactly(TaskEvent.Kind.SUBMITTED, TaskEvent.Kind.CANCELLED);

    Baton.await(baton.control().cancel(TENANT, submit(task("p").build()).id()));
    assertThat(failures()).isEqualTo(1);
  }

  private long failures() {
    return Baton.await(baton.figures().since(TENANT, Stats.BUCKET)).sum().failed();
  }

  @Test
  void change_givesWhatIsAsked_andLeavesTheRest() {
    TaskId id = submit(task("p").build()).id();
    Instant deadline = clock.instant().plusSeconds(60);
    TaskEdit edit =
        new TaskEdit(
            (prompt, model) ->
                new Prompt("q " + model.orElseThrow(), prompt.metadata(), prompt.parameters()),
            Replacement.by(new ModelName("m")),
            Optional.of(Priority.HIGH),
            Replacement.keep(),
            Replacement.by(deadline),
            Optional.empty());

    Task changed = Baton.await(baton.control().edit(TENANT, id, edit));

    assertThat(changed.prompt().text()).isEqualTo("q m");
    assertThat(changed.row().terms().model()).contains(new ModelName("m"));
    assertThat(changed.row().terms().priority()).isEqualTo(Priority.HIGH);
    assertThat(changed.row().terms().deadline()).contains(deadline);
    assertThat(find(id)).isEqualTo(changed);
  }

  @Test
  void change_takesAwayWhatATaskNeedNotHave() {
    TaskId id =
        submit(
                task("p")
                    .model(new ModelName("m"))
                    .startAt(clock.instant().plusSeconds(60))
                    .deadline(clock.instant().plusSeconds(90))
                    .build())
            .id();
    TaskEdit edit =
        new TaskEdit(
            (prompt, model) -> prompt,
            Replacement.removal(),
            Optional.empty(),
            Replacement.removal(),
            Replacement.removal(),
            Optional.empty());

    Task changed = Baton.await(baton.control().edit(TENANT, id, edit));

    assertThat(changed.row().terms().model()).isEmpty();
    assertThat(changed.row().terms().deadline()).isEmpty();
    assertThat(changed.state().kind()).isEqualTo(Kind.READY);
    assertThat(take(FIRST).id()).isEqualTo(id);
    pass(Duration.ofSeconds(100));
    assertThat(state(id)).isNotEqualTo(Kind.DEAD);
  }

  @Test
  void change_ofAnotherVersion_isRefused_andOneThatChangesNothingKeepsTheVersion() {
    TaskId id = submit(task("p").build()).id();
    String version = find(id).version();

    Task same =
        Baton.await(
            baton.control().edit(TENANT, id, change(prompt -> prompt, Optional.of(version))));
    assertThat(same.version()).isEqualTo(version);
    Baton.await(baton.control().edit(TENANT, id, change(p -> Prompt.of("q"), Optional.empty())));

    assertThat(find(id).version()).isNotEqualTo(version);
    assertRefusal(
        ErrorCode.PRECONDITION_FAILED,
        () ->
            Baton.await(
                baton
                    .control()
                    .edit(TENANT, id, change(p -> Prompt.of("r"), Optional.of(version)))));
    assertThat(find(id).prompt().text()).isEqualTo("q");
  }

  @Test
  void change_ofALeasedTask_isRefused() {
    TaskId id = submit(task("p").build()).id();
    take(FIRST);

    assertRefusal(
        ErrorCode.INVALID_STATE,
        () -> Baton.await(baton.control().edit(TENANT, id, change(p -> p, Optional.empty()))));
  }
}
