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
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Lease;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.usecase.upkeep.Upkeep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** Exactly one holder at a time, and nothing that is dropped stays dropped. */
public abstract class LeasingContract extends LifecycleFixture {
  private static final Duration HEAD_START = Settings.DEFAULT.headStart();

  @Test
  void lease_whenNothingIsReady_isEmpty() {
    assertThat(lease(FIRST)).isEmpty();
  }

  @Test
  void lease_isForOneHolderUntilItEnds() {
    TaskId id = submitId(task("p"));

    LeasedTask taken = take(FIRST);

    assertThat(taken.id()).isEqualTo(id);
    assertThat(taken.attempt()).isEqualTo(1);
    assertThat(taken.lease())
        .isEqualTo(
            new Lease(
                id, FIRST, taken.lease().token(), clock.instant(), clock.instant().plus(LEASE)));
    assertThat(lease(SECOND)).isEmpty();
    assertThat(state(id)).isEqualTo(Kind.LEASED);
  }

  @Test
  void lease_inOrderOfSubmission() {
    submitId(task("a"));
    submitId(task("b"));
    clock.advance(TICK);
    submitId(task("c"));

    assertThat(leaseAll(2)).containsExactly("a", "b");
    assertThat(leaseAll(2)).containsExactly("c");
  }

  @Test
  void lease_higherPriority_goesFirst() {
    for (Priority priority : List.of(Priority.LOW, Priority.URGENT, Priority.NORMAL)) {
      submitId(task(priority.name()).priority(priority));
    }
    submitId(task("HIGH").priority(Priority.HIGH));

    assertThat(leaseAll(9)).containsExactly("URGENT", "HIGH", "NORMAL", "LOW");
  }

  @Test
  void lease_lowerPriority_waitsNoLongerThanTheHeadStart() {
    submitId(task("normal"));
    clock.advance(HEAD_START.minus(TICK));
    submitId(task("high, just in time").priority(Priority.HIGH));
    clock.advance(TICK.multipliedBy(2));
    submitId(task("high, too late").priority(Priority.HIGH));

    assertThat(leaseAll(9)).containsExactly("high, just in time", "normal", "high, too late");
  }

  @Test
  void lease_overQueues_takesFromThoseNamedOnly() {
    submitId(task("print").queue(OTHER_QUEUE));
    clock.advance(TICK);
    submitId(task("default"));

    assertThat(leaseAll(1)).containsExactly("default");
    LeaseRequest both =
        new LeaseRequest(TENANT, List.of(QUEUE, OTHER_QUEUE), FIRST, Duration.ofSeconds(1), 9);
    assertThat(Baton.await(baton.leasing().lease(both)))
        .extracting(task -> task.prompt().text())
        .containsExactly("print");
  }

  @Test
  void lease_takesNoMoreThanThereIsRoomFor_andTheRestIsForOthers() {
    submitId(task("abcd"));
    submitId(task("efgh"));
    submitId(task("ij"));
    AtomicLong left = new AtomicLong(9);
    LongPredicate room = length -> left.addAndGet(-length) >= 0;
    LeaseRequest ask = new LeaseRequest(TENANT, List.of(QUEUE), FIRST, LEASE, 9);

    assertThat(Baton.await(baton.leasing().lease(ask, room)))
        .extracting(task -> task.prompt().text())
        .containsExactly("abcd");
    assertThatThrownBy(() -> Baton.await(baton.leasing().lease(ask, room)))
        .isInstanceOfSatisfying(
            BatonException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.OVERLOADED));
    assertThat(leaseAll(9)).containsExactly("efgh", "ij");
  }

  @Test
  void leaseThatWasHandedBack_isReadyAgain_andUncounted() {
    submitId(task("p"));
    LeasedTask lost = take(FIRST);

    baton.leasing().giveBack(TENANT, List.of(lost));

    assertThat(take(SECOND).attempt()).isEqualTo(1);
  }

  @Test
  void expiry_atItsInstant_handsTheTaskOnWithAHigherToken() {
    TaskId id = submitId(task("p"));
    LeasedTask first = take(FIRST);

    pass(LEASE.minus(TICK));
    assertThat(lease(SECOND)).isEmpty();
    pass(TICK);
    LeasedTask second = take(SECOND);

    assertThat(second.id()).isEqualTo(id);
    assertThat(second.lease().token().value()).isGreaterThan(first.lease().token().value());
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(find(id).attempts())
        .containsExactly(
            new Attempt(
                1, first.lease(), clock.instant(), Attempt.Outcome.EXPIRED, Optional.empty()));
    assertThat(baton.insight().counters().expired()).isEqualTo(1);
  }

  @Test
  void expiry_keepsThePlaceInTheQueue() {
    submitId(task("first"));
    take(FIRST);
    clock.advance(TICK);
    submitId(task("second"));

    pass(LEASE);

    assertThat(leaseAll(9)).containsExactly("first", "second");
  }

  @Test
  void expiry_ofTheLastAttempt_isDead() {
    TaskId id = submit(retried(2)).id();
    take(FIRST);
    pass(LEASE);
    take(SECOND);

    pass(LEASE);

    assertThat(lease(FIRST)).isEmpty();
    assertThat(find(id).failure())
        .hasValueSatisfying(f -> assertThat(f.code()).isEqualTo(Failure.ATTEMPTS_EXHAUSTED));
    assertThat(events(id)).endsWith(TaskEvent.Kind.EXPIRED, TaskEvent.Kind.DIED);
  }

  @Test
  void extend_movesTheEnd_andNeverBack() {
    submitId(task("p"));
    LeasedTask taken = take(FIRST);
    clock.advance(Duration.ofSeconds(50));

    Lease extended = extend(taken.leaseId(), LEASE);
    assertThat(extended.expiresAt()).isEqualTo(clock.instant().plus(LEASE));
    Lease shorter = extend(taken.leaseId(), Duration.ofSeconds(1));
    assertThat(shorter.expiresAt()).isEqualTo(extended.expiresAt());

    pass(LEASE.minus(TICK));
    assertThat(lease(SECOND)).isEmpty();
    pass(TICK);
    assertThat(lease(SECOND)).isPresent();
  }

  private Lease extend(LeaseId lease, Duration by) {
    return Baton.await(baton.leasedWork().extend(TENANT, lease, by, Optional.empty()));
  }

  @Test
  void extend_byAnOvertakenHolder_isRefused() {
    submitId(task("p"));
    LeasedTask first = take(FIRST);
    pass(LEASE);
    assertRefusal(ErrorCode.LEASE_LOST, () -> extend(first.leaseId(), LEASE));
    LeasedTask second = take(SECOND);

    assertRefusal(ErrorCode.LEASE_LOST, () -> extend(first.leaseId(), LEASE));

    assertThat(find(second.id()).row().lease()).isEqualTo(second.lease());
  }

  @Test
  void extend_ofAnUnknownTask_isRefused() {
    assertRefusal(
        ErrorCode.TASK_NOT_FOUND, () -> extend(LeaseId.parse("nowhere~1").orElseThrow(), LEASE));
  }

  @Test
  void extend_withProgress_tellsIt() {
    TaskId id = submitId(task("p"));
    LeasedTask taken = take(FIRST);
    Progress half = new Progress(50, "half");

    Baton.await(baton.leasedWork().extend(TENANT, taken.leaseId(), LEASE, Optional.of(half)));

    assertThat(find(id).progress()).contains(half);
  }

  @Test
  void startAt_isKept_exactly() {
    Instant start = clock.instant().plusSeconds(30);
    TaskId id = submitId(task("p").startAt(start));
    assertThat(state(id)).isEqualTo(Kind.HELD);

    pass(Duration.ofSeconds(30).minus(TICK));
    assertThat(lease(FIRST)).isEmpty();
    pass(TICK);

    assertThat(lease(FIRST)).isPresent();
    assertThat(events(id))
        .containsExactly(TaskEvent.Kind.SUBMITTED, TaskEvent.Kind.READIED, TaskEvent.Kind.LEASED);
  }

  @Test
  void startAt_inThePast_isReadyAtOnce() {
    TaskId id = submitId(task("p").startAt(clock.instant()));

    assertThat(state(id)).isEqualTo(Kind.READY);
  }

  @Test
  void deadline_whileWaiting_isDeadAtItsInstant() {
    TaskId ready = submitId(task("ready").deadline(clock.instant().plusSeconds(30)));
    TaskId held =
        submitId(
            task("held")
                .startAt(clock.instant().plusSeconds(29))
                .deadline(clock.instant().plusSeconds(30)));

    pass(Duration.ofSeconds(30).minus(TICK));
    assertThat(state(ready)).isEqualTo(Kind.READY);
    pass(TICK);

    for (TaskId id : List.of(ready, held)) {
      assertThat(find(id).failure())
          .hasValueSatisfying(f -> assertThat(f.code()).isEqualTo(Failure.DEADLINE_EXCEEDED));
    }
    assertThat(lease(FIRST)).isEmpty();
  }

  @Test
  void deadline_whileLeased_endsTheLease() {
    TaskId id = submitId(task("p").deadline(clock.instant().plusSeconds(30)));
    LeasedTask taken = take(FIRST);

    pass(Duration.ofSeconds(30));

    assertThat(state(id)).isEqualTo(Kind.DEAD);
    assertThat(complete(taken, "late")).isEqualTo(Settled.Kind.OVER);
    assertThat(find(id).attempts()).hasSize(1);
  }

  @Test
  void deadline_ofAFinishedTask_changesNothing() {
    TaskId id = submitId(task("p").deadline(clock.instant().plusSeconds(30)));
    complete(take(FIRST), "in time");

    pass(Duration.ofSeconds(31));

    assertThat(baton.answer(id)).contains("in time");
  }

  @Test
  void deadline_near_movesTheTaskAhead() {
    submitId(task("relaxed"));
    clock.advance(TICK);
    submitId(task("urgent").deadline(clock.instant().plusSeconds(10)));

    assertThat(leaseAll(9)).containsExactly("urgent", "relaxed");
  }

  @Test
  void pause_handsNothingOutUntilResumed() {
    submitId(task("p"));
    submitId(task("q").queue(OTHER_QUEUE));

    assertThat(Baton.await(baton.queues().pause(TENANT, QUEUE))).containsExactly(QUEUE);
    assertThat(lease(FIRST)).isEmpty();
    assertThat(baton.lease(OTHER_QUEUE, FIRST, LEASE)).isPresent();
    assertThat(Baton.await(baton.queues().paused(TENANT))).containsExactly(QUEUE);
    assertThat(Baton.await(baton.queues().resume(TENANT, QUEUE))).isEmpty();

    assertThat(lease(FIRST)).isPresent();
  }

  @Test
  void pause_letsWhatIsUnderWayFinish() {
    TaskId id = submitId(task("p"));
    LeasedTask taken = take(FIRST);
    Baton.await(baton.queues().pause(TENANT, QUEUE));

    assertThat(complete(taken, "a")).isEqualTo(Settled.Kind.DONE);
    assertThat(baton.answer(id)).contains("a");
  }

  @Test
  void tenants_neverSeeEachOthersWork() {
    NewTask named = task("p").id(new TaskId("same")).build();
    submit(named);
    Baton.await(baton.submissions().submit(OTHER_TENANT, named));
    LeasedTask mine = take(FIRST);

    assertThat(lease(FIRST)).isEmpty();
    assertRefused(
        ErrorCode.LEASE_LOST,
        baton.leasedWork().extend(OTHER_TENANT, mine.leaseId(), LEASE, Optional.empty()));
    complete(mine, "for me");

    assertThat(Baton.await(baton.tasks().find(OTHER_TENANT, mine.id())).orElseThrow().completion())
        .isEmpty();
    assertThat(Baton.await(baton.tasks().find(OTHER_TENANT, new TaskId("only-mine")))).isEmpty();
    assertThat(Baton.await(baton.queues().depths(OTHER_TENANT))).hasSize(1);
  }

  @Test
  void sweep_ofMoreThanAPage_movesThemAll() {
    int tasks = Upkeep.PAGE + 20;
    for (int i = 0; i < tasks; i++) {
      submitId(task("p" + i));
    }
    Baton.await(baton.leasing().lease(ask(Leasing.BATCH_MAX)));
    assertThat(Baton.await(baton.upkeep().isDue())).isFalse();
    clock.advance(LEASE);
    assertThat(Baton.await(baton.upkeep().isDue())).isTrue();

    assertThat(Baton.await(baton.upkeep().sweep())).isTrue();
    assertThat(Baton.await(baton.upkeep().sweep())).isFalse();

    assertThat(leaseAll(Leasing.BATCH_MAX)).hasSize(tasks);
    assertThat(baton.insight().counters().expired()).isEqualTo(tasks);
  }
}
