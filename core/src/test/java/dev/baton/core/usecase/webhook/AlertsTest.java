package dev.baton.core.usecase.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.AlertEvent;
import dev.baton.core.domain.event.DomainEvent.ScheduleEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.usecase.task.LeaseRequest;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What calls for people, beside what the executor's and the webhooks' own tests see. */
final class AlertsTest {
  private static final TenantId TENANT = TenantId.DEFAULT;

  private final ManualClock clock = new ManualClock();
  private final InMemoryStore store = new InMemoryStore();
  private final Baton baton = Baton.builder(store).clock(clock).random(new Random(1)).build();

  @AfterEach
  void close() {
    baton.close();
  }

  private List<String> kinds() {
    return Baton.await(baton.insight().events(0, 10_000)).stream()
        .map(LoggedEvent::event)
        .filter(AlertEvent.class::isInstance)
        .map(event -> ((AlertEvent) event).kind())
        .toList();
  }

  private void awaitKinds(String... kinds) {
    await().atMost(10, TimeUnit.SECONDS).until(() -> kinds().equals(List.of(kinds)));
  }

  /** Whatever the store was asked before is done. */
  private void settle() {
    for (int i = 0; i < 3; i++) {
      Baton.await(baton.queues().resume(TENANT, QueueName.DEFAULT));
    }
  }

  private void log(ScheduleEvent.Kind kind) {
    Baton.await(
        store.write(
            Urgency.CARRY,
            tx -> {
              tx.log(
                  new ScheduleEvent(TENANT, new ScheduleId("nightly"), "r", kind, clock.instant()));
              return true;
            }));
  }

  @Test
  void scheduleThatFailed_isTold_andOneThatRanIsNot() {
    log(ScheduleEvent.Kind.EXECUTED);
    settle();
    assertThat(kinds()).isEmpty();

    log(ScheduleEvent.Kind.FAILED);

    awaitKinds("schedule.failed");
  }

  @Test
  void storeThatRefusesUpkeep_isTold() {
    baton.alerts().refused(new BatonException(ErrorCode.STORE_UNAVAILABLE, "no"));

    awaitKinds("storage.refused");
  }

  @Test
  void leasesThatRunOutInNumbers_areToldOnce_andFewAreNot() {
    lease(Alerts.EXPIRIES_MANY - 1);
    assertThat(kinds()).isEmpty();

    lease(2 * Alerts.EXPIRIES_MANY);

    awaitKinds("leases.expired");
  }

  /** Leases that run out. */
  private void lease(int leases) {
    for (int i = 0; i < leases; i++) {
      baton.submit("p");
    }
    LeaseRequest ask =
        new LeaseRequest(
            TENANT, List.of(QueueName.DEFAULT), new WorkerId("w"), Duration.ofMinutes(2), leases);
    assertThat(Baton.await(baton.leasing().lease(ask))).hasSize(leases);
    clock.advance(Duration.ofMinutes(10));
    while (Baton.await(baton.upkeep().sweep())) {
      // Page after page.
    }
    settle();
  }

  @Test
  void backlog_isTold_whenItReachesTheBound_andOnceInAWhile() {
    baton.alerts().watchBacklog(20);
    submit(19);
    assertThat(kinds()).isEmpty();

    submit(1);
    awaitKinds("queue.backlog");
    submit(10);
    assertThat(kinds()).hasSize(1);

    clock.advance(Alerts.QUIET);
    submit(2);
    awaitKinds("queue.backlog", "queue.backlog");
  }

  @Test
  void backlog_withoutABound_isNotWatched() {
    submit(50);

    assertThat(kinds()).isEmpty();
  }

  private void submit(int tasks) {
    for (int i = 0; i < tasks; i++) {
      baton.submit("p");
    }
    settle();
  }
}
