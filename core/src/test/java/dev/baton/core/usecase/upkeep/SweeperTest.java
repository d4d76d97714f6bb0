package dev.baton.core.usecase.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.KeyRows;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.usecase.task.Settings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class SweeperTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final ManualClock clock = new ManualClock();
  private final InMemoryStore store = new InMemoryStore();
  private final List<BatonException> refusals = new CopyOnWriteArrayList<>();
  private final Baton baton =
      Baton.builder(store).clock(clock).onSweepRefused(refusals::add).build();

  private Sweeper sweeper() {
    return new Sweeper(baton.upkeep(), baton.leasing(), baton.models(), refusals::add);
  }

  @Test
  void runOnce_movesWhatIsDue() {
    TaskId id = baton.submit("p");
    baton.lease(new WorkerId("w"), LEASE);

    try (Sweeper sweeper = sweeper()) {
      sweeper.runOnce();
      assertThat(baton.find(id).orElseThrow().state().kind()).isEqualTo(Kind.LEASED);
      clock.advance(LEASE);
      sweeper.runOnce();
    }

    assertThat(baton.find(id).orElseThrow().state().kind()).isEqualTo(Kind.READY);
  }

  @Test
  void start_movesWhatIsDueByItself() {
    TaskId id = baton.submit("p");
    baton.lease(new WorkerId("w"), LEASE);
    clock.advance(LEASE);

    try (Baton running = baton.start()) {
      await().until(() -> running.find(id).orElseThrow().state().kind() == Kind.READY);
    }
  }

  @Test
  void start_removesKeysThatStandForNothingAnyMore() {
    KeyRows.Key key = new KeyRows.Key(TenantId.DEFAULT, "", "k");
    NewTask task = NewTask.builder(Prompt.of("p")).dedupeKey(DedupeKey.of("k")).build();
    Baton.await(baton.submissions().submit(TenantId.DEFAULT, task));
    clock.advance(Settings.DEFAULT.keyRetention().plusMillis(1));
    assertThat(isKnown(key)).isTrue();

    try (Baton running = baton.start()) {
      await().until(() -> !isKnown(key));
      assertThat(running.executor()).isEmpty();
    }
  }

  private boolean isKnown(KeyRows.Key key) {
    return Baton.await(store.read(tx -> tx.keys().find(key).isPresent()));
  }

  @Test
  void start_whenTheStoreRefuses_goesOnTrying() {
    store.close();

    try (Baton running = baton.start()) {
      await().until(() -> refusals.size() >= 2);
      assertThat(running.insight().counters().expired()).isZero();
    }
    assertThat(refusals).extracting(BatonException::code).containsOnly(ErrorCode.STORE_UNAVAILABLE);
  }
}
