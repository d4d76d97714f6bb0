package dev.baton.http.in.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What replies may take up together, and what becomes of those that are never sent. */
final class ReplyHoldTest {
  private static final int LARGE = 60_000;

  private final MemoryBudget budget = new MemoryBudget(100_000);
  private final ReplyHold first = new ReplyHold(budget);
  private final ReplyHold second = new ReplyHold(budget);
  private final AtomicInteger undone = new AtomicInteger();

  @Test
  void secondLargeReply_fitsOnlyWhenTheFirstIsSent() {
    assertThat(first.take(LARGE)).isTrue();
    assertThat(second.take(LARGE)).isFalse();

    first.end(true);

    assertThat(second.take(LARGE)).isTrue();
  }

  @Test
  void replyThatIsAlone_mayBeLargerThanAllTogether_butGrowsNoFurther() {
    assertThat(first.take(10 * LARGE)).isTrue();
    assertThat(first.take(1)).isFalse();
    assertThat(second.take(LARGE)).isFalse();
    assertThat(budget.isUsedUp()).isTrue();

    first.end(false);

    assertThat(budget.isUsedUp()).isFalse();
  }

  @Test
  void smallReply_alwaysFits() {
    assertThat(first.take(10 * LARGE)).isTrue();

    assertThat(second.take(ReplyHold.SMALL)).isTrue();
    assertThat(second.take(1)).isFalse();
  }

  @Test
  void replyThatWasMade_isCountedOnce_whateverWasTakenForIt() {
    assertThat(first.take(LARGE)).isTrue();
    first.made(LARGE / 2);
    assertThat(budget.isUsedUp()).isFalse();
    first.made(2 * LARGE);
    assertThat(budget.isUsedUp()).isTrue();

    first.end(true);

    assertThat(second.take(100_000)).isTrue();
    assertThat(budget.isUsedUp()).isTrue();
  }

  @Test
  void replyThatIsNotSent_isUndone_once_alsoWhenThatWasKnownBefore() {
    first.onUnsent(undone::incrementAndGet);
    assertThat(undone).hasValue(0);
    first.end(false);
    first.end(false);
    assertThat(undone).hasValue(1);

    first.onUnsent(undone::incrementAndGet);
    assertThat(undone).hasValue(2);
    assertThat(first.take(1)).isFalse();
  }

  @Test
  void replyThatIsSent_isNotUndone() {
    first.onUnsent(undone::incrementAndGet);

    first.end(true);
    first.end(false);

    assertThat(undone).hasValue(0);
  }
}
