package dev.baton.core.usecase.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.testing.ForwardingStore;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A waiter that was woken and then refused by the store took the hint with it. */
final class LostHintTest {
  private static final LeaseRequest ASK =
      new LeaseRequest(
          TenantId.DEFAULT,
          List.of(QueueName.DEFAULT),
          new WorkerId("w"),
          Duration.ofMinutes(1),
          1);

  @Test
  void nudgeWaits_afterALostHint_servesTheNextInLine() {
    RefusingStore store = new RefusingStore();
    try (Baton baton = Baton.builder(store).clock(new ManualClock()).build()) {
      CompletableFuture<List<LeasedTask>> first = wait(baton);
      CompletableFuture<List<LeasedTask>> second = wait(baton);
      store.refuseCarry = true;
      CompletableFuture<Submitted> submitted =
          baton.submissions().submit(TenantId.DEFAULT, NewTask.of("hello"));
      store.refuseCarry = false;

      assertThat(first).isCompletedExceptionally();
      assertThat(second).isNotDone();

      baton.leasing().nudgeWaits();

      assertThat(Baton.await(second))
          .extracting(LeasedTask::id)
          .containsExactly(Baton.await(submitted).id());
    }
  }

  @Test
  void nudgeWaits_withNothingReady_leavesAllWaiting() {
    try (Baton baton = Baton.builder(new InMemoryStore()).clock(new ManualClock()).build()) {
      CompletableFuture<List<LeasedTask>> waiting = wait(baton);

      baton.leasing().nudgeWaits();

      assertThat(waiting).isNotDone();
      assertThat(baton.leasing().waiting()).isEqualTo(1);
    }
  }

  private static CompletableFuture<List<LeasedTask>> wait(Baton baton) {
    return baton.leasing().leaseWhenReady(ASK, Duration.ofSeconds(30));
  }

  /** Refuses work under way while it is told to. */
  private static final class RefusingStore extends ForwardingStore {
    private boolean refuseCarry;

    RefusingStore() {
      super(new InMemoryStore());
    }

    @Override
    public <R> CompletableFuture<R> write(Urgency urgency, Work<R> work) {
      return refuseCarry && urgency == Urgency.CARRY
          ? CompletableFuture.failedFuture(new BatonException(ErrorCode.OVERLOADED, "too much"))
          : super.write(urgency, work);
    }
  }
}
