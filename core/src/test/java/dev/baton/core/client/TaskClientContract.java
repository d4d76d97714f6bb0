package dev.baton.core.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.client.TaskClient.Edit;
import dev.baton.core.client.TaskClient.Granted;
import dev.baton.core.client.TaskClient.Summary;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.FencingToken;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.port.TaskRows.Filter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What every {@link TaskClient} must do. Extend it once per implementation and add nothing. */
public abstract class TaskClientContract extends TaskClientLeaseContract {
  @Test
  void complete_underTheLease_storesTheAnswer() {
    TaskId id = put(NewTask.of("hello")).id();
    Completion answer =
        new Completion("Bonjour 世界\n", Optional.of(new Usage(10, 5, 15)), Optional.of("trace-1"));

    assertThat(complete(Settlement.Complete.of(lease().lease(), answer)))
        .isEqualTo(new Settled(id, Settled.Kind.DONE));

    TaskView task = find(id);
    assertThat(task.answer().state()).isEqualTo(TaskState.Kind.SUCCEEDED);
    assertThat(task.answer().completion()).contains(answer);
    assertThat(task.answer().endedAt()).isPresent();
    assertThat(task.waiting()).isEmpty();
    assertThat(task.run().lease()).isEmpty();
  }

  @Test
  void complete_again_isTold() {
    put(NewTask.of("hello"));
    LeaseId lease = lease().lease();
    complete(Settlement.Complete.of(lease, Completion.of("one")));

    assertThat(complete(Settlement.Complete.of(lease, Completion.of("one"))).kind())
        .isEqualTo(Settled.Kind.REPLAYED);
    assertThat(complete(Settlement.Complete.of(lease, Completion.of("two"))).kind())
        .isEqualTo(Settled.Kind.ALTERNATIVE);
    assertThat(find(lease.taskId()).answer().completion()).contains(Completion.of("one"));
    assertThat(find(lease.taskId()).alternatives()).containsExactly(Completion.of("two"));
  }

  @Test
  void complete_aList_tellsOfEachAndRefusesNoneForAnother() {
    TaskId plain = put(NewTask.of("a")).id();
    TaskId cancelled = put(NewTask.of("b")).id();
    server.cancel(cancelled);
    Granted held = lease();

    List<Settled> settled =
        server.complete(
            List.of(
                Settlement.Complete.of(NO_LEASE, Completion.of("x")),
                new Settlement.Complete(cancelled, Optional.empty(), Completion.of("x")),
                Settlement.Complete.of(
                    new LeaseId(plain, new FencingToken(99)), Completion.of("x")),
                Settlement.Complete.of(held.lease(), Completion.of("x"))));

    assertThat(settled)
        .extracting(Settled::kind)
        .containsExactly(
            Settled.Kind.UNKNOWN,
            Settled.Kind.CANCELLED,
            Settled.Kind.LEASE_LOST,
            Settled.Kind.DONE);
  }

  @Test
  void fail_permanent_endsTheTask() {
    put(NewTask.of("hello"));
    LeaseId lease = lease().lease();

    server.fail(
        new Settlement.Fail(lease, Failure.permanent("BAD_PROMPT", "no"), Optional.empty()));

    TaskView task = find(lease.taskId());
    assertThat(task.answer().state()).isEqualTo(TaskState.Kind.DEAD);
    assertThat(task.answer().failure().orElseThrow().code()).isEqualTo("BAD_PROMPT");
    assertThat(task.answer().failure().orElseThrow().message()).isEqualTo("no");
  }

  @Test
  void fail_retryable_bringsTheTaskBackWithItsHistory() {
    put(NewTask.of("hello"));
    LeaseId lease = lease().lease();

    server.fail(
        new Settlement.Fail(lease, Failure.retryable("BUSY", "later"), Optional.of(Duration.ZERO)));

    TaskView task = find(lease.taskId());
    assertThat(task.answer().state()).isEqualTo(TaskState.Kind.READY);
    assertThat(task.history()).hasSize(1);
    TaskView.PastAttempt past = task.history().get(0);
    assertThat(past.number()).isEqualTo(1);
    assertThat(past.worker()).isEqualTo(WORKER);
    assertThat(past.outcome()).isEqualTo(Attempt.Outcome.FAILED);
    assertThat(past.failure().orElseThrow().code()).isEqualTo("BUSY");
    assertThat(lease().attempt()).isEqualTo(2);
  }

  @Test
  void history_endsWithTheAttemptThatBroughtTheAnswer() {
    put(NewTask.of("hello"));
    LeaseId lease = lease().lease();
    assertThat(find(lease.taskId()).history()).isEmpty();

    complete(Settlement.Complete.of(lease, Completion.of("done")));

    TaskView task = find(lease.taskId());
    assertThat(task.history()).hasSize(1);
    assertThat(task.history().get(0).number()).isEqualTo(1);
    assertThat(task.history().get(0).worker()).isEqualTo(WORKER);
    assertThat(task.history().get(0).outcome()).isEqualTo(Attempt.Outcome.SUCCEEDED);
    assertThat(task.answer().endedAt()).contains(task.history().get(0).endedAt());
  }

  @Test
  void fail_withALostLease_isRefused() {
    put(NewTask.of("hello"));
    LeaseId lease = lease().lease();
    complete(Settlement.Complete.of(lease, Completion.of("done")));
    Settlement.Fail fail =
        new Settlement.Fail(lease, Failure.retryable("BUSY", "later"), Optional.empty());

    assertRefused(ErrorCode.LEASE_LOST, () -> server.fail(fail));
  }

  @Test
  void release_givesTheTaskBackUncounted() {
    put(NewTask.of("hello"));
    server.release(new Settlement.Release(lease().lease(), Duration.ZERO));

    assertThat(lease().attempt()).isEqualTo(1);
  }

  @Test
  void release_withADelay_holdsTheTask() {
    put(NewTask.of("hello"));
    LeaseId lease = lease().lease();

    server.release(new Settlement.Release(lease, Duration.ofMinutes(10)));

    assertThat(find(lease.taskId()).answer().state()).isEqualTo(TaskState.Kind.HELD);
    assertThat(server.lease(ask(1), Duration.ZERO)).isEmpty();
  }

  @Test
  void extend_withProgress_movesTheEndAndKeepsTheWord() {
    put(NewTask.of("hello"));
    Granted granted = lease();
    Progress progress = new Progress(40, "four of ten");

    Instant until = server.extend(granted.lease(), Duration.ofMinutes(30), Optional.of(progress));

    assertThat(until).isAfter(granted.expiresAt());
    TaskView task = find(granted.taskId());
    assertThat(task.run().progress()).contains(progress);
    assertThat(task.run().lease().orElseThrow().expiresAt()).isEqualTo(until);
  }

  @Test
  void extend_afterACancel_isTold() {
    TaskId id = put(NewTask.of("hello")).id();
    LeaseId lease = lease().lease();
    server.cancel(id);

    assertRefused(ErrorCode.TASK_CANCELLED, () -> server.extend(lease, LEASE, Optional.empty()));
  }

  @Test
  void extend_afterARelease_isRefused() {
    put(NewTask.of("hello"));
    LeaseId lease = lease().lease();
    server.release(new Settlement.Release(lease, Duration.ZERO));

    assertRefused(ErrorCode.LEASE_LOST, () -> server.extend(lease, LEASE, Optional.empty()));
  }

  @Test
  void extend_ofNoTask_isRefused() {
    assertRefused(ErrorCode.TASK_NOT_FOUND, () -> server.extend(NO_LEASE, LEASE, Optional.empty()));
  }

  @Test
  void append_numbersThePieces() {
    put(NewTask.of("hello"));
    LeaseId lease = lease().lease();

    assertThat(server.append(lease, Optional.empty(), List.of("a", "b"))).isEqualTo(2);
    assertThat(server.append(lease, Optional.of(2), List.of("b", "c"))).isEqualTo(3);
  }

  @Test
  void answers_tellOfThoseThatExist() {
    TaskId waiting = put(NewTask.of("a")).id();
    Granted done = lease();
    complete(Settlement.Complete.of(done.lease(), Completion.of("answer")));
    TaskId other = put(NewTask.of("b")).id();

    Map<TaskId, TaskAnswer> answers = server.answers(List.of(waiting, other, new TaskId("none")));

    assertThat(answers).containsOnlyKeys(waiting, other);
    assertThat(requireNonNull(answers.get(waiting)).completion()).contains(Completion.of("answer"));
    assertThat(requireNonNull(answers.get(waiting)).endedAt()).isPresent();
    assertThat(requireNonNull(answers.get(other)).state()).isEqualTo(TaskState.Kind.READY);
    assertThat(requireNonNull(answers.get(other)).completion()).isEmpty();
  }

  @Test
  void find_ofNoTask_isEmpty() {
    assertThat(server.find(new TaskId("none"))).isEmpty();
  }

  @Test
  void list_pagesNewestFirstAndFilters() {
    TaskId first = put(NewTask.of("a")).id();
    TaskId second = put(NewTask.of("b")).id();
    TaskId third = put(NewTask.builder(Prompt.of("c")).queue(new QueueName("gpu")).build()).id();
    server.cancel(second);

    List<Summary> page = server.list(Filter.ALL, Long.MAX_VALUE, 2);

    assertThat(page).extracting(Summary::id).containsExactly(third, second);
    assertThat(server.list(Filter.ALL, page.get(1).seq(), 10))
        .extracting(Summary::id)
        .containsExactly(first);
    assertThat(list(new Filter(Optional.of(TaskState.Kind.CANCELLED), Optional.empty())))
        .containsExactly(second);
    assertThat(list(new Filter(Optional.empty(), Optional.of(new QueueName("gpu")))))
        .containsExactly(third);
  }

  @Test
  void list_tellsTheBeginningsOfPrompts_whereTheyAreWanted() {
    put(NewTask.of("Why is the sky blue?"));
    put(NewTask.of("a🍏b"));

    assertThat(server.list(Filter.ALL, Long.MAX_VALUE, 10, 2))
        .extracting(Summary::excerpt)
        .containsExactly(Optional.of("a"), Optional.of("Wh"));
    assertThat(server.list(Filter.ALL, Long.MAX_VALUE, 10))
        .extracting(Summary::excerpt)
        .containsOnly(Optional.empty());
  }

  private List<TaskId> list(Filter filter) {
    return server.list(filter, Long.MAX_VALUE, 10).stream().map(Summary::id).toList();
  }

  @Test
  void cancelAndRedrive_moveTheTask() {
    TaskId id = put(NewTask.of("hello")).id();

    assertThat(server.cancel(id)).isEqualTo(TaskState.Kind.CANCELLED);
    assertThat(server.cancel(id)).isEqualTo(TaskState.Kind.CANCELLED);
    assertThat(server.redrive(id)).isEqualTo(TaskState.Kind.READY);
    assertRefused(ErrorCode.INVALID_STATE, () -> server.redrive(id));
    assertRefused(ErrorCode.TASK_NOT_FOUND, () -> server.cancel(new TaskId("none")));
  }

  @Test
  void cancel_ofAnAnsweredTask_isRefused() {
    put(NewTask.of("hello"));
    LeaseId lease = lease().lease();
    complete(Settlement.Complete.of(lease, Completion.of("done")));

    assertRefused(ErrorCode.INVALID_STATE, () -> server.cancel(lease.taskId()));
  }

  @Test
  void edit_changesWhatIsNamedAndNothingElse() {
    Metadata metadata = new Metadata("{\"a\":1}");
    TaskId id = put(NewTask.builder(new Prompt("old", metadata)).build()).id();

    server.edit(
        id,
        new Edit(
            Optional.of("new"),
            Optional.empty(),
            Optional.of(Priority.URGENT),
            Optional.empty(),
            Optional.empty()));

    assertThat(find(id).prompt()).isEqualTo(new Prompt("new", metadata));
    assertThat(find(id).terms().priority()).isEqualTo(Priority.URGENT);
  }

  @Test
  void edit_changesTheModelAndHowItIsAsked_besideTheRest() {
    Metadata metadata = new Metadata("{\"a\":1}");
    TaskId id = put(NewTask.builder(Prompt.of("old")).build()).id();
    ModelName model = new ModelName("echo");
    Messages messages = new Messages("[{\"role\":\"user\",\"content\":\"new\"}]");
    Parameters asked =
        new Parameters(
            Optional.of(messages), OptionalDouble.of(0.5), OptionalInt.of(7), Options.NONE, false);

    server.edit(
        id,
        new Edit(
            Optional.of("new"),
            Optional.of(metadata),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(model),
            asked));

    assertThat(find(id).terms().model()).contains(model);
    assertThat(find(id).prompt().text()).isEqualTo("new");
    assertThat(find(id).prompt().metadata()).isEqualTo(metadata);
    Granted granted = lease();
    assertThat(granted.model()).contains(model);
    assertThat(granted.prompt().parameters()).isEqualTo(asked);
  }

  @Test
  void tally_countsWhatWasDone() {
    put(NewTask.of("hello"));
    complete(Settlement.Complete.of(lease().lease(), Completion.of("done")));

    assertThat(server.tally()).isEqualTo(new TaskClient.Tally(1, 1, 1, 0));
  }
}
