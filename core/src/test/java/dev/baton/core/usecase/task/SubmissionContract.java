package dev.baton.core.usecase.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.TaskState.Kind;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Prompts go in, each once, by whatever name. */
public abstract class SubmissionContract extends LifecycleFixture {
  private static final DedupeKey KEY = DedupeKey.of("invoice 17");
  private static final Duration RETENTION = Settings.DEFAULT.keyRetention();

  @Test
  void submit_plain_isReadyWithItsTextsUntouched() {
    Prompt prompt = new Prompt("Grüße \uD83D\uDE00\n", new Metadata("{\"a\" : 1.0}"));

    TaskId id = submit(NewTask.builder(prompt).build()).id();

    assertThat(find(id).prompt()).isEqualTo(prompt);
    assertThat(state(id)).isEqualTo(Kind.READY);
    assertThat(find(id).submittedAt()).isEqualTo(clock.instant());
    assertThat(events(id)).containsExactly(TaskEvent.Kind.SUBMITTED);
  }

  @Test
  void submit_samePromptTwice_isTwoTasks() {
    assertThat(submitId(task("p"))).isNotEqualTo(submitId(task("p")));
  }

  @Test
  void submit_list_keepsItsOrder() {
    List<NewTask> tasks = Stream.of("a", "b", "c").map(NewTask::of).toList();

    List<Submitted> submitted = Baton.await(baton.submissions().submit(TENANT, tasks));

    assertThat(submitted).hasSize(3).noneMatch(Submitted::replayed);
    assertThat(leaseAll(9)).containsExactly("a", "b", "c");
  }

  @Test
  void submit_listOfWhichOneIsRefused_storesNone() {
    submitId(task("first").id(new TaskId("taken")));
    NewTask clash = task("other").id(new TaskId("taken")).build();

    assertRefused(
        ErrorCode.TASK_EXISTS,
        baton.submissions().submit(TENANT, List.of(NewTask.of("a"), clash, NewTask.of("c"))));

    assertThat(leaseAll(9)).containsExactly("first");
    assertThat(baton.insight().counters().submitted()).isEqualTo(1);
  }

  @Test
  void submit_listOfABadSize_isACallersBug() {
    assertThatThrownBy(() -> baton.submissions().submit(TENANT, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    List<NewTask> tooMany = Collections.nCopies(Submissions.BATCH_MAX + 1, NewTask.of("p"));
    assertThatThrownBy(() -> baton.submissions().submit(TENANT, tooMany))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void submit_idGivenTwiceWithTheSameContent_isOneTask() {
    NewTask named = task("p").id(new TaskId("mine")).build();

    assertSubmitted(submit(named), new TaskId("mine"), false);
    assertSubmitted(submit(named), new TaskId("mine"), true);
    assertThat(leaseAll(9)).hasSize(1);
    assertThat(baton.insight().counters().submitted()).isEqualTo(1);
  }

  @Test
  void submit_idTwiceInOneList_isOneTask() {
    NewTask named = task("p").id(new TaskId("mine")).build();

    List<Submitted> submitted =
        Baton.await(baton.submissions().submit(TENANT, List.of(named, named)));

    assertThat(submitted).extracting(Submitted::replayed).containsExactly(false, true);
    assertThat(leaseAll(9)).hasSize(1);
  }

  @Test
  void submit_idTakenByOtherContent_isRefused() {
    submitId(task("p").id(new TaskId("mine")));

    assertRefusal(ErrorCode.TASK_EXISTS, () -> submitId(task("q").id(new TaskId("mine"))));
    NewTask otherMetadata =
        NewTask.builder(new Prompt("p", new Metadata("{\"a\":1}"))).id(new TaskId("mine")).build();
    assertRefusal(ErrorCode.TASK_EXISTS, () -> submit(otherMetadata));
  }

  @Test
  void dedupeKey_inUse_namesTheFirstTaskWhateverTheContent() {
    TaskId id = submitId(task("p").dedupeKey(KEY));

    assertSubmitted(submit(task("q").dedupeKey(KEY).build()), id, true);
    complete(take(FIRST), "a");
    assertSubmitted(submit(task("r").dedupeKey(KEY).build()), id, true);
  }

  @Test
  void dedupeKey_afterItsRetention_isFree() {
    TaskId id = submitId(task("p").dedupeKey(KEY));

    clock.advance(RETENTION.minus(TICK));
    assertThat(submitId(task("p").dedupeKey(KEY))).isEqualTo(id);
    clock.advance(TICK);
    TaskId next = submitId(task("p").dedupeKey(KEY));
    assertThat(next).isNotEqualTo(id);
    assertThat(submitId(task("p").dedupeKey(KEY))).isEqualTo(next);
  }

  @Test
  void dedupeKey_ofADeadTask_isFree() {
    TaskId id = submitId(task("p").dedupeKey(KEY));
    fail(take(FIRST), Failure.permanent("NO", "never"));
    assertThat(state(id)).isEqualTo(Kind.DEAD);

    assertThat(submit(task("p").dedupeKey(KEY).build()).replayed()).isFalse();
  }

  @Test
  void dedupeKey_ofACancelledTask_isFree() {
    TaskId id = submitId(task("p").dedupeKey(KEY));
    Baton.await(baton.control().cancel(TENANT, id));

    assertThat(submit(task("p").dedupeKey(KEY).build()).replayed()).isFalse();
  }

  @Test
  void dedupeKey_onlyWhileUnfinished_isFreeAfterSuccess() {
    DedupeKey soft = new DedupeKey("soft", true);
    TaskId id = submitId(task("p").dedupeKey(soft));
    assertThat(submitId(task("p").dedupeKey(soft))).isEqualTo(id);

    complete(take(FIRST), "a");

    assertThat(submit(task("p").dedupeKey(soft).build()).replayed()).isFalse();
  }

  @Test
  void dedupeKey_ofAnotherTenant_isAnother() {
    submitId(task("p").dedupeKey(KEY));

    Submitted theirs =
        Baton.await(baton.submissions().submit(OTHER_TENANT, task("p").dedupeKey(KEY).build()));

    assertThat(theirs.replayed()).isFalse();
  }

  private static NewTask requested(String key, String fingerprint) {
    return task("p").idempotencyKey(new IdempotencyKey("put", key, fingerprint)).build();
  }

  @Test
  void idempotencyKey_sameRequest_isOneTaskAlsoWhenItIsOver() {
    TaskId id = submit(requested("k", "f")).id();
    assertSubmitted(submit(requested("k", "f")), id, true);

    Baton.await(baton.control().cancel(TENANT, id));

    assertSubmitted(submit(requested("k", "f")), id, true);
  }

  @Test
  void idempotencyKey_otherRequest_isRefused() {
    submit(requested("k", "f"));

    assertRefusal(ErrorCode.IDEMPOTENCY_KEY_REUSED, () -> submit(requested("k", "g")));
    assertThat(leaseAll(9)).hasSize(1);
  }

  @Test
  void idempotencyKey_ofAnotherScope_isAnother() {
    submit(requested("k", "f"));
    NewTask elsewhere = task("p").idempotencyKey(new IdempotencyKey("post", "k", "g")).build();

    assertThat(submit(elsewhere).replayed()).isFalse();
  }

  @Test
  void idempotencyKey_afterItsRetention_isFree() {
    TaskId id = submit(requested("k", "f")).id();
    clock.advance(RETENTION);

    assertThat(submit(requested("k", "g")).id()).isNotEqualTo(id);
  }

  @Test
  void idempotencyKey_ofARequestThatADedupeKeyAnswered_staysWithThatTask() {
    TaskId id = submitId(task("p").dedupeKey(KEY));
    NewTask request =
        task("p").dedupeKey(KEY).idempotencyKey(new IdempotencyKey("put", "k", "f")).build();
    assertThat(submit(request).id()).isEqualTo(id);
    Baton.await(baton.control().cancel(TENANT, id));

    // The dedupe key is free now; a repetition of the same request is not a new one for that.
    assertSubmitted(submit(request), id, true);
  }

  @Test
  void pruneKeys_leavesTheYoungOnes() {
    submitId(task("p").dedupeKey(KEY));
    clock.advance(RETENTION);

    assertThat(Baton.await(baton.upkeep().pruneKeys())).isZero();
    clock.advance(TICK);
    assertThat(Baton.await(baton.upkeep().pruneKeys())).isEqualTo(1);
    assertThat(Baton.await(baton.upkeep().pruneKeys())).isZero();
  }

  @Test
  void submit_behindAGateThatIsNotThere_isRefused() {
    assertRefusal(ErrorCode.VALIDATION_FAILED, () -> submitId(task("p").gate(GATE)));
  }

  private static void assertSubmitted(Submitted submitted, TaskId id, boolean replayed) {
    assertThat(submitted.id()).isEqualTo(id);
    assertThat(submitted.replayed()).isEqualTo(replayed);
  }
}
