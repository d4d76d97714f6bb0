package dev.baton.core.usecase.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMultiset;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.port.Store.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WaitersTest {
  private static final Instant UNTIL = Instant.ofEpochMilli(1_000);
  private static final QueueName A = new QueueName("a");
  private static final QueueName B = new QueueName("b");

  private final Waiters waiters = new Waiters();
  private final List<Waiters.Waiter> served = new ArrayList<>();

  private static LeaseRequest ask(int max, QueueName... queues) {
    return new LeaseRequest(
        TenantId.DEFAULT, List.of(queues), new WorkerId("w"), Duration.ofSeconds(1), max);
  }

  private Waiters.Waiter parked(int max, QueueName... queues) {
    Waiters.Waiter waiter = waiters.newWaiter(ask(max, queues), Leasing.ANY_ROOM, UNTIL);
    waiters.park(waiter, waiters.hintsFor(waiter.ask()), served::add);
    return waiter;
  }

  private void ready(QueueName queue, int count) {
    waiters.onReady(
        ImmutableMultiset.<Line>builder()
            .addCopies(new Line(TenantId.DEFAULT, queue), count)
            .build());
  }

  @Test
  void hint_whileAsking_isNotMissed() {
    Waiters.Waiter waiter = waiters.newWaiter(ask(1, A, B), Leasing.ANY_ROOM, UNTIL);
    long seen = waiters.hintsFor(waiter.ask());
    ready(B, 1);

    waiters.park(waiter, seen, served::add);

    assertThat(served).containsExactly(waiter);
    assertThat(waiters.size()).isZero();
  }

  @Test
  void hint_ofSoMany_wakesAsManyAsThatFeeds() {
    Waiters.Waiter greedy = parked(3, A);
    Waiters.Waiter modest = parked(1, A);
    Waiters.Waiter last = parked(1, A);

    ready(A, 4);

    assertThat(served).containsExactly(greedy, modest);
    assertThat(waiters.size()).isEqualTo(1);
    assertThat(last.answer()).isNotDone();
  }

  @Test
  void waiter_inSeveralLines_isServedOnce() {
    Waiters.Waiter both = parked(1, A, B);

    waiters.onReady(
        ImmutableMultiset.of(new Line(TenantId.DEFAULT, A), new Line(TenantId.DEFAULT, B)));

    assertThat(served).containsExactly(both);
  }

  @Test
  void waiter_thatWentAway_leavesItsLine() {
    Waiters.Waiter gone = parked(1, A);
    Waiters.Waiter next = parked(1, A);
    gone.answer().cancel(false);

    ready(A, 1);

    assertThat(served).containsExactly(next);
  }

  @Test
  void waiter_thatWentAwayWhileItWasServed_isNotParkedAgain() {
    Waiters.Waiter gone = parked(1, A);
    ready(A, 1);
    gone.answer().cancel(false);

    waiters.park(gone, waiters.hintsFor(gone.ask()), served::add);

    assertThat(waiters.size()).isZero();
  }

  @Test
  void endOverdue_atTheEndOfTheWait_answersEmpty() {
    Waiters.Waiter waiter = parked(1, A);

    waiters.endOverdue(UNTIL.minusMillis(1));
    assertThat(waiter.answer()).isNotDone();
    waiters.endOverdue(UNTIL);

    assertThat(waiter.answer()).isCompletedWithValue(List.of());
  }

  @Test
  void close_answersAllAndWhoeverComesAfter() {
    Waiters.Waiter before = parked(1, A);
    waiters.close();
    Waiters.Waiter after = parked(1, A);

    assertThat(before.answer()).isCompletedWithValue(List.of());
    assertThat(after.answer()).isCompletedWithValue(List.of());
    assertThat(waiters.isClosed()).isTrue();
  }
}
