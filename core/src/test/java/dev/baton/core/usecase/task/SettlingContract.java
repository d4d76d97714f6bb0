package dev.baton.core.usecase.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One result for each task, by the newest holder, and retries that are counted. */
public abstract class SettlingContract extends LifecycleFixture {
  private static final Failure BUSY = Failure.retryable("BUSY", "try later");

  @Test
  void complete_storesTheAnswerWithAllItsParts() {
    TaskId id = submitId(task("p"));
    Completion completion =
        new Completion("a", Optional.of(new Usage(1, 2, 3)), Optional.of("trace"));

    Settled.Kind kind = settle(Settlement.Complete.of(take(FIRST).leaseId(), completion));

    assertThat(kind).isEqualTo(Settled.Kind.DONE);
    assertThat(find(id).completion()).contains(completion);
    assertThat(events(id))
        .containsExactly(TaskEvent.Kind.SUBMITTED, TaskEvent.Kind.LEASED, TaskEvent.Kind.SUCCEEDED);
    assertThat(baton.insight().counters()).isEqualTo(new Counters.Snapshot(1, 1, 1, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nul \0", "half \uD83D", "\uDE00 other half"})
  void answerThatCantBeKeptToTheLetter_isRefused_andTheLeaseGoesOn(String text) {
    TaskId id = submitId(task("p"));
    LeasedTask taken = take(FIRST);

    assertThatThrownBy(() -> complete(taken, text))
        .isInstanceOfSatisfying(
            BatonException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_FAILED));
    assertThatThrownBy(
            () ->
                Baton.await(
                    baton
                        .leasedWork()
                        .append(TENANT, taken.leaseId(), Optional.empty(), List.of(text))))
        .isInstanceOf(BatonException.class);
    assertThat(find(id).completion()).isEmpty();
    assertThat(complete(taken, "kept \uD83D\uDE00")).isEqualTo(Settled.Kind.DONE);
    assertThat(find(id).completion().orElseThrow().content()).isEqualTo("kept \uD83D\uDE00");
  }

  @Test
  void failure_tellsWhatItCanOfItsMessage() {
    TaskId id = submitId(task("p"));
    fail(take(FIRST), Failure.permanent("BAD", "a\0b \uD83D c \uD83D\uDE00"));

    assertThat(find(id).failure().orElseThrow().message())
        .isEqualTo("a\uFFFDb \uFFFD c \uD83D\uDE00");
  }

  @Test
  void complete_repeated_isAReplayAndCountsOnce() {
    submitId(task("p"));
    LeasedTask taken = take(FIRST);
    complete(taken, "a");

    assertThat(complete(taken, "a")).isEqualTo(Settled.Kind.REPLAYED);
    assertThat(completeLeaseless(taken.id(), "a")).isEqualTo(Settled.Kind.REPLAYED);
    assertThat(baton.insight().counters().answered()).isEqualTo(1);
    assertThat(events(taken.id())).containsOnlyOnce(TaskEvent.Kind.SUCCEEDED);
  }

  @Test
  void complete_withAnotherAnswer_neverOverwrites() {
    TaskId id = submitId(task("p"));
    LeasedTask taken = take(FIRST);
    complete(taken, "first");

    assertThat(complete(taken, "second")).isEqualTo(Settled.Kind.ALTERNATIVE);
    assertThat(completeLeaseless(id, "third")).isEqualTo(Settled.Kind.ALTERNATIVE);
    assertThat(completeLeaseless(id, "second")).isEqualTo(Settled.Kind.ALTERNATIVE);

    assertThat(baton.answer(id)).contains("first");
    assertThat(find(id).alternatives())
        .extracting(Completion::content)
        .containsExactly("second", "third");
  }

  @Test
  void complete_manyAlternatives_areBounded() {
    TaskId id = submitId(task("p"));
    for (int i = 0; i < Settling.ALTERNATIVES_MAX + 5; i++) {
      completeLeaseless(id, "answer " + i);
    }

    assertThat(find(id).alternatives())
        .extracting(Completion::content)
        .hasSize(Settling.ALTERNATIVES_MAX)
        .endsWith("answer " + (Settling.ALTERNATIVES_MAX + 4));
    assertThat(baton.answer(id)).contains("answer 0");
  }

  @Test
  void complete_byAnOvertakenHolder_changesNothing() {
    TaskId id = submitId(task("p"));
    LeasedTask first = take(FIRST);
    pass(LEASE);
    LeasedTask second = take(SECOND);

    assertThat(complete(first, "stale")).isEqualTo(Settled.Kind.LEASE_LOST);
    assertThat(state(id)).isEqualTo(Kind.LEASED);
    assertThat(complete(second, "fresh")).isEqualTo(Settled.Kind.DONE);
    assertThat(complete(first, "stale")).isEqualTo(Settled.Kind.LEASE_LOST);

    assertThat(baton.answer(id)).contains("fresh");
    assertThat(find(id).alternatives()).isEmpty();
  }

  @Test
  void complete_afterExpiryWithTheNewestToken_isTaken() {
    TaskId id = submitId(task("p"));
    LeasedTask taken = take(FIRST);
    pass(LEASE);
    assertThat(state(id)).isEqualTo(Kind.READY);

    assertThat(complete(taken, "late")).isEqualTo(Settled.Kind.DONE);

    assertThat(baton.answer(id)).contains("late");
    assertThat(lease(SECOND)).isEmpty();
  }

  @Test
  void complete_withATokenFromTheFuture_isRefused() {
    TaskId id = submitId(task("p"));
    take(FIRST);
    LeaseId forged = LeaseId.parse(id + "~99").orElseThrow();

    assertThat(settle(Settlement.Complete.of(forged, Completion.of("a"))))
        .isEqualTo(Settled.Kind.LEASE_LOST);
  }

  @Test
  void complete_underATokenThatWasVoided_notGranted_isRefused_alsoWhenItIsTheNewest() {
    TaskId failed = submitId(task("p"));
    fail(take(FIRST), Failure.permanent("BAD", "no"));
    Baton.await(baton.control().redrive(TENANT, failed));
    assertNoTokenIsGood(failed);
    completeLeaseless(failed, "right");
    assertNoTokenIsGood(failed);

    TaskId returned = submitId(task("q"));
    release(take(FIRST), Duration.ofSeconds(1));
    assertNoTokenIsGood(returned);
    TaskId fresh = submitId(task("r").startAt(clock.instant().plusSeconds(9)));
    assertNoTokenIsGood(fresh);
  }

  private void assertNoTokenIsGood(TaskId id) {
    for (int token = 1; token <= 3; token++) {
      LeaseId named = LeaseId.parse(id + "~" + token).orElseThrow();
      assertThat(settle(Settlement.Complete.of(named, Completion.of("wrong " + token))))
          .isEqualTo(Settled.Kind.LEASE_LOST);
    }
    assertThat(find(id).alternatives()).isEmpty();
  }

  @Test
  void completeLeaseless_whileNobodyOrSomebodyHoldsIt_isTaken() {
    TaskId waiting = submitId(task("p"));
    assertThat(completeLeaseless(waiting, "a")).isEqualTo(Settled.Kind.DONE);
    TaskId held = submitId(task("p").startAt(clock.instant().plusSeconds(9)));
    assertThat(completeLeaseless(held, "b")).isEqualTo(Settled.Kind.DONE);
    submitId(task("p"));
    LeasedTask taken = take(FIRST);
    assertThat(completeLeaseless(taken.id(), "c")).isEqualTo(Settled.Kind.DONE);

    assertThat(complete(taken, "d")).isEqualTo(Settled.Kind.ALTERNATIVE);
    pass(LEASE);
    assertThat(lease(SECOND)).isEmpty();
    assertThat(baton.answer(taken.id())).contains("c");
  }

  @Test
  void settle_ofAnUnknownTask_saysSo() {
    assertThat(completeLeaseless(new TaskId("nowhere"), "a")).isEqualTo(Settled.Kind.UNKNOWN);
    assertRefused(
        ErrorCode.TASK_NOT_FOUND,
        baton
            .settling()
            .settle(
                TENANT,
                new Settlement.Complete(
                    new TaskId("nowhere"), Optional.empty(), Completion.of("a"))));
  }

  @Test
  void fail_retryable_restsWithinItsBoundAndKeepsItsPlace() {
    RetryPolicy retry = new RetryPolicy(5, Duration.ofSeconds(2), Duration.ofSeconds(5));
    TaskId id = submitId(task("failing").retry(retry));
    clock.advance(TICK);
    submitId(task("next"));

    for (long bound : List.of(2_000L, 4_000L, 5_000L)) {
      LeasedTask taken = take(FIRST);
      assertThat(taken.id()).isEqualTo(id);
      Instant failedAt = clock.instant();
      assertThat(fail(taken, BUSY)).isEqualTo(Settled.Kind.DONE);
      long startAt = find(id).row().leaseState().startAt();
      long rest = startAt == 0 ? 0 : startAt - failedAt.toEpochMilli();
      assertThat(rest).isBetween(0L, bound);
      pass(Duration.ofMillis(rest));
      assertThat(state(id)).isEqualTo(Kind.READY);
    }

    assertThat(leaseAll(9)).containsExactly("failing", "next");
    assertThat(find(id).attempts())
        .extracting(Attempt::outcome, attempt -> attempt.failure().orElseThrow())
        .containsOnly(org.assertj.core.groups.Tuple.tuple(Attempt.Outcome.FAILED, BUSY))
        .hasSize(3);
    assertThat(baton.insight().counters().failed()).isEqualTo(3);
  }

  @Test
  void fail_withARestOfItsOwn_restsExactlySoLong() {
    TaskId id = submitId(task("p"));
    Settlement.Fail fail =
        new Settlement.Fail(take(FIRST).leaseId(), BUSY, Optional.of(Duration.ofSeconds(77)));

    settle(fail);

    pass(Duration.ofSeconds(77).minus(TICK));
    assertThat(state(id)).isEqualTo(Kind.HELD);
    pass(TICK);
    assertThat(take(SECOND).attempt()).isEqualTo(2);
  }

  @Test
  void fail_permanent_isDeadAtOnce() {
    TaskId id = submitId(task("p"));
    Failure failure = Failure.permanent("REFUSED", "never");

    fail(take(FIRST), failure);

    assertThat(find(id).failure()).contains(failure);
    assertThat(events(id)).endsWith(TaskEvent.Kind.DIED);
  }

  @Test
  void fail_ofTheLastAttempt_isDeadWithItsLastWord() {
    TaskId id = submit(retried(3)).id();
    for (int attempt = 1; attempt <= 3; attempt++) {
      LeasedTask taken = take(FIRST);
      assertThat(taken.attempt()).isEqualTo(attempt);
      failNow(taken);
    }

    assertThat(lease(FIRST)).isEmpty();
    assertThat(find(id).failure())
        .contains(Failure.permanent(Failure.ATTEMPTS_EXHAUSTED, "BUSY: try later"));
  }

  @Test
  void fail_repeated_isAReplay() {
    submitId(task("p"));
    LeasedTask taken = take(FIRST);
    failNow(taken);

    assertThat(failNow(taken)).isEqualTo(Settled.Kind.REPLAYED);
    LeasedTask again = take(SECOND);
    assertThat(failNow(taken)).isEqualTo(Settled.Kind.REPLAYED);
    assertThat(state(again.id())).isEqualTo(Kind.LEASED);
    assertThat(again.attempt()).isEqualTo(2);
  }

  @Test
  void fail_byAnOvertakenHolder_changesNothing() {
    TaskId id = submitId(task("p"));
    LeasedTask first = take(FIRST);
    pass(LEASE);
    assertThat(failNow(first)).isEqualTo(Settled.Kind.LEASE_LOST);
    take(SECOND);

    assertThat(failNow(first)).isEqualTo(Settled.Kind.LEASE_LOST);
    assertThat(release(first, Duration.ZERO)).isEqualTo(Settled.Kind.LEASE_LOST);

    assertThat(state(id)).isEqualTo(Kind.LEASED);
    assertThat(find(id).attempts()).hasSize(1);
  }

  @Test
  void complete_afterItsOwnFailure_isRefused() {
    TaskId id = submitId(task("p"));
    LeasedTask taken = take(FIRST);
    failNow(taken);

    assertThat(complete(taken, "second thoughts")).isEqualTo(Settled.Kind.LEASE_LOST);
    assertThat(baton.answer(id)).isEmpty();
  }

  @Test
  void release_isNotCounted_howeverOften() {
    TaskId id = submit(retried(1)).id();
    long token = 0;
    for (int i = 0; i < 10; i++) {
      LeasedTask taken = take(FIRST);
      assertThat(taken.attempt()).isEqualTo(1);
      assertThat(taken.lease().token().value()).isGreaterThan(token);
      token = taken.lease().token().value();
      assertThat(release(taken, Duration.ZERO)).isEqualTo(Settled.Kind.DONE);
    }

    assertThat(state(id)).isEqualTo(Kind.READY);
    assertThat(events(id)).contains(TaskEvent.Kind.RELEASED);
  }

  @Test
  void release_withADelay_isLeasedToNobodySoLong() {
    TaskId id = submitId(task("p"));
    release(take(FIRST), Duration.ofSeconds(5));

    pass(Duration.ofSeconds(5).minus(TICK));
    assertThat(lease(FIRST)).isEmpty();
    pass(TICK);

    assertThat(take(FIRST).id()).isEqualTo(id);
  }

  @Test
  void release_repeated_isAReplay() {
    submitId(task("p"));
    LeasedTask taken = take(FIRST);
    release(taken, Duration.ZERO);

    assertThat(release(taken, Duration.ZERO)).isEqualTo(Settled.Kind.REPLAYED);
    assertThat(complete(taken, "a")).isEqualTo(Settled.Kind.LEASE_LOST);
  }

  @Test
  void settle_list_doesEachOnItsOwn() {
    for (String prompt : List.of("a", "b", "c")) {
      submit(NewTask.of(prompt));
    }
    List<LeasedTask> taken = Baton.await(baton.leasing().lease(ask(3)));
    List<Settlement> settlements =
        List.of(
            Settlement.Complete.of(taken.get(0).leaseId(), Completion.of("A")),
            new Settlement.Complete(new TaskId("nowhere"), Optional.empty(), Completion.of("x")),
            new Settlement.Fail(taken.get(1).leaseId(), BUSY, Optional.empty()),
            Settlement.Complete.of(taken.get(0).leaseId(), Completion.of("A")),
            new Settlement.Release(taken.get(2).leaseId(), Duration.ZERO),
            Settlement.Complete.of(taken.get(2).leaseId(), Completion.of("C")));

    List<Settled> settled = Baton.await(baton.settling().settle(TENANT, settlements));

    assertThat(settled)
        .extracting(Settled::kind)
        .containsExactly(
            Settled.Kind.DONE,
            Settled.Kind.UNKNOWN,
            Settled.Kind.DONE,
            Settled.Kind.REPLAYED,
            Settled.Kind.DONE,
            Settled.Kind.LEASE_LOST);
  }
}
