package dev.baton.core.usecase.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.usecase.insight.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** At most so many behind a gate at once; who leaves lets the next one in, in the same moment. */
public abstract class GateContract extends LifecycleFixture {

  /** The gate as it stands, unchanged. */
  private Gate gate() {
    TaskId probe = submitId(task("probe").gate(GATE));
    Gate gate =
        Baton.await(baton.insight().whyWaiting(TENANT, probe)).flatMap(Wait::gate).orElseThrow();
    Baton.await(baton.control().cancel(TENANT, probe));
    return gate;
  }

  private TaskId gated(String prompt) {
    return submitId(task(prompt).gate(GATE));
  }

  @Test
  void closedGate_holdsUntilOpened() {
    gate(0, false);
    TaskId id = gated("p");
    assertThat(state(id)).isEqualTo(Kind.HELD);
    assertThat(lease(FIRST)).isEmpty();

    assertThat(gate(2, false)).isEqualTo(new Gate(TENANT, GATE, 2, 1, false));

    assertThat(take(FIRST).id()).isEqualTo(id);
  }

  @Test
  void limit_letsSoManyInAndTheRestInOrderOfRank() {
    gate(2, false);
    gated("a");
    gated("b");
    gated("c");
    submitId(task("urgent").gate(GATE).priority(Priority.URGENT));

    assertThat(leaseAll(9)).containsExactly("a", "b");
    gate(3, false);
    assertThat(leaseAll(9)).containsExactly("urgent");
    gate(4, false);
    assertThat(leaseAll(9)).containsExactly("c");
  }

  @Test
  void limitLowered_takesNothingAwayAndLetsNobodyIn() {
    gate(2, false);
    gated("a");
    gated("b");
    gated("c");
    assertThat(gate(1, false)).isEqualTo(new Gate(TENANT, GATE, 1, 2, false));
    List<LeasedTask> taken = Baton.await(baton.leasing().lease(ask(9)));
    assertThat(taken).hasSize(2);

    complete(taken.get(0), "A");
    assertThat(lease(FIRST)).isEmpty();
    complete(taken.get(1), "B");

    assertThat(take(FIRST).prompt().text()).isEqualTo("c");
  }

  /** What may end the stay of the one in front. */
  protected enum Leaving {
    COMPLETE,
    COMPLETE_LATE,
    FAIL_FOR_GOOD,
    DEADLINE,
    CANCEL_LEASED,
    CANCEL_READY,
    LAST_EXPIRY
  }

  @ParameterizedTest
  @EnumSource
  void whoLeaves_letsExactlyTheNextOneIn(Leaving leaving) {
    gate(1, true);
    Instant deadline = clock.instant().plus(LEASE);
    TaskId first =
        submitId(
            leaving == Leaving.DEADLINE
                ? task("first").gate(GATE).deadline(deadline)
                : task("first").gate(GATE).retry(retried(1).retry().orElseThrow()));
    TaskId second = gated("second");
    TaskId third = gated("third");

    leave(first, leaving);

    assertThat(state(first).isTerminal()).isTrue();
    assertThat(state(second)).isEqualTo(Kind.READY);
    assertThat(state(third)).isEqualTo(Kind.HELD);
    assertThat(gate()).isEqualTo(new Gate(TENANT, GATE, 1, 1, true));
  }

  private void leave(TaskId id, Leaving leaving) {
    switch (leaving) {
      case COMPLETE -> complete(take(FIRST), "a");
      case COMPLETE_LATE -> {
        LeasedTask taken = take(FIRST);
        clock.advance(LEASE);
        complete(taken, "a");
      }
      case FAIL_FOR_GOOD -> fail(take(FIRST), Failure.permanent("NO", "never"));
      case DEADLINE, LAST_EXPIRY -> {
        take(FIRST);
        pass(LEASE);
      }
      case CANCEL_LEASED -> {
        take(FIRST);
        Baton.await(baton.control().cancel(TENANT, id));
      }
      case CANCEL_READY -> Baton.await(baton.control().cancel(TENANT, id));
    }
  }

  @Test
  void restBetweenAttempts_behindAnOrderedGate_keepsThePlace() {
    gate(1, true);
    TaskId first = gated("first");
    TaskId second = gated("second");
    rest(take(FIRST), Duration.ofSeconds(9));

    assertThat(state(first)).isEqualTo(Kind.HELD);
    assertThat(state(second)).isEqualTo(Kind.HELD);
    pass(Duration.ofSeconds(9));

    assertThat(take(FIRST).id()).isEqualTo(first);
  }

  @Test
  void restBetweenAttempts_behindAnUnorderedGate_givesThePlaceUp() {
    gate(1, false);
    TaskId first = gated("first");
    TaskId second = gated("second");
    rest(take(FIRST), Duration.ofSeconds(9));

    LeasedTask other = take(FIRST);
    assertThat(other.id()).isEqualTo(second);
    pass(Duration.ofSeconds(9));
    assertThat(state(first)).isEqualTo(Kind.HELD);
    complete(other, "b");

    assertThat(take(FIRST).id()).isEqualTo(first);
  }

  private void rest(LeasedTask task, Duration rest) {
    settle(new Settlement.Fail(task.leaseId(), Failure.retryable("BUSY", ""), Optional.of(rest)));
  }

  @Test
  void cancelOfOneThatRestsInItsPlace_freesIt() {
    gate(1, true);
    TaskId first = gated("first");
    TaskId second = gated("second");
    rest(take(FIRST), Duration.ofSeconds(9));

    Baton.await(baton.control().cancel(TENANT, first));

    assertThat(state(second)).isEqualTo(Kind.READY);
  }

  @Test
  void deadlinesOfTheOneInFrontAndTheNextAtOnce_leaveNoPlaceTaken() {
    gate(1, false);
    Instant deadline = clock.instant().plusSeconds(5);
    for (String prompt : List.of("a", "b", "c")) {
      submitId(task(prompt).gate(GATE).deadline(deadline));
    }
    TaskId last = gated("last");

    pass(Duration.ofSeconds(5));

    assertThat(state(last)).isEqualTo(Kind.READY);
    complete(take(FIRST), "done");
    assertThat(gate(0, false).taken()).isZero();
  }

  @Test
  void settlingTheOneInFrontAndTheNextInOneCall_leavesNoPlaceTaken() {
    gate(1, false);
    List<TaskId> ids = new ArrayList<>();
    for (String prompt : List.of("a", "b", "c", "d")) {
      ids.add(gated(prompt));
    }
    LeasedTask front = take(FIRST);
    List<Settlement> settlements =
        List.of(
            Settlement.Complete.of(front.leaseId(), Completion.of("A")),
            new Settlement.Complete(ids.get(1), Optional.empty(), Completion.of("B")),
            new Settlement.Complete(ids.get(2), Optional.empty(), Completion.of("C")));

    assertThat(Baton.await(baton.settling().settle(TENANT, settlements)))
        .extracting(Settled::kind)
        .containsOnly(Settled.Kind.DONE);

    assertThat(take(FIRST).id()).isEqualTo(ids.get(3));
    assertThat(gate(0, false).taken()).isEqualTo(1);
  }

  @Test
  void redrive_goesBackBehindTheGate() {
    gate(1, false);
    TaskId first = gated("first");
    fail(take(FIRST), Failure.permanent("NO", ""));
    TaskId second = gated("second");

    Baton.await(baton.control().redrive(TENANT, first));

    assertThat(state(first)).isEqualTo(Kind.HELD);
    complete(take(FIRST), "b");
    assertThat(state(second)).isEqualTo(Kind.SUCCEEDED);
    assertThat(take(FIRST).id()).isEqualTo(first);
  }

  @Test
  void opening_ofAWideGate_letsAllIn() {
    gate(0, false);
    int tasks = 2_100;
    for (int i = 0; i < tasks; i += 700) {
      Baton.await(
          baton
              .submissions()
              .submit(TENANT, java.util.Collections.nCopies(700, task("p").gate(GATE).build())));
    }

    assertThat(gate(Gate.UNLIMITED, false).taken()).isEqualTo(tasks);
  }

  @Test
  void opening_wakesWhoWaits() {
    gate(0, false);
    TaskId id = gated("p");
    CompletableFuture<List<LeasedTask>> waiting =
        baton.leasing().leaseWhenReady(ask(1), Duration.ofSeconds(30));

    gate(1, false);

    assertThat(waiting)
        .succeedsWithin(20, TimeUnit.SECONDS)
        .satisfies(leased -> assertThat(leased.get(0).id()).isEqualTo(id));
  }

  @Test
  void startTimeBehindAGate_bothMustOpen() {
    gate(0, false);
    TaskId id = submitId(task("p").gate(GATE).startAt(clock.instant().plusSeconds(5)));

    gate(1, false);
    assertThat(state(id)).isEqualTo(Kind.HELD);
    gate(0, false);
    pass(Duration.ofSeconds(5));
    assertThat(state(id)).isEqualTo(Kind.HELD);
    gate(1, false);

    assertThat(take(FIRST).leaseId()).isEqualTo(LeaseId.parse(id + "~1").orElseThrow());
  }

  @Test
  void manualGate_isThereAndClosed() {
    TaskId id = submit(task("p").gate(GateId.MANUAL).build()).id();

    assertThat(find(id).state().kind()).isEqualTo(Kind.HELD);
  }
}
