package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.event.DomainEvent.AlertEvent;
import dev.baton.core.domain.event.DomainEvent.BatchEvent;
import dev.baton.core.domain.event.DomainEvent.ScheduleEvent;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.schedule.ScheduleId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happened, in the order of its numbers. */
public abstract class EventRowsContract extends StoreFixture {

  @ParameterizedTest
  @EnumSource
  void event_ofEachKind_comesBackAsGiven(TaskEvent.Kind kind) {
    TaskEvent event = new TaskEvent(TENANT, new TaskId("a:b-c.d_e"), kind, 300, NOW.plusMillis(1));

    run(tx -> tx.log(event));

    assertThat(reading().events().after(0, 9)).containsExactly(new LoggedEvent(1, event));
  }

  @ParameterizedTest
  @EnumSource
  void event_ofABatch_comesBackAsGiven(BatchEvent.Kind kind) {
    BatchEvent event = new BatchEvent(TENANT, new BatchId("a:b-c.d_e"), kind, NOW.plusMillis(1));

    run(tx -> tx.log(event));

    assertThat(reading().events().after(0, 9)).containsExactly(new LoggedEvent(1, event));
  }

  @ParameterizedTest
  @EnumSource
  void event_ofASchedule_comesBackAsGiven(ScheduleEvent.Kind kind) {
    ScheduleEvent event =
        new ScheduleEvent(TENANT, new ScheduleId("a:b-c.d_e"), "run 7", kind, NOW.plusMillis(1));

    run(tx -> tx.log(event));

    assertThat(reading().events().after(0, 9)).containsExactly(new LoggedEvent(1, event));
  }

  @Test
  void event_ofAnAlert_comesBackAsGiven_withItsMessageCut() {
    String message = "é".repeat(AlertEvent.MESSAGE_MAX + 1);
    AlertEvent event = AlertEvent.of(TENANT, "webhook.disabled", message, NOW.plusMillis(1));

    run(tx -> tx.log(event));

    assertThat(reading().events().after(0, 9)).containsExactly(new LoggedEvent(1, event));
    assertThat(event.message()).hasSize(AlertEvent.MESSAGE_MAX);
  }

  @Test
  void events_ofManyTransactions_areNumberedInOrder() {
    List<TaskEvent> events = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      events.add(event(i));
    }
    run(tx -> {});
    for (int from = 0, size = 1; from < events.size(); from += size, size = size % 4 + 1) {
      List<TaskEvent> some = events.subList(from, Math.min(events.size(), from + size));
      run(tx -> some.forEach(tx::log));
      run(tx -> tx.tasks().nextDue());
    }

    List<LoggedEvent> logged = reading().events().after(0, 100);

    assertThat(logged).extracting(LoggedEvent::event).isEqualTo(List.copyOf(events));
    assertThat(logged)
        .extracting(LoggedEvent::number)
        .isSortedAccordingTo(Long::compare)
        .doesNotHaveDuplicates();
    assertThat(reading().events().last()).isEqualTo(logged.get(29).number());
  }

  @Test
  void events_afterANumber_goOnExactlyThere() {
    run(
        tx -> {
          for (int i = 0; i < 10; i++) {
            tx.log(event(i));
          }
        });
    run(tx -> tx.log(event(10)));

    List<LoggedEvent> seen = new ArrayList<>();
    long after = 0;
    for (int page = 0; page < 10; page++) {
      long from = after;
      seen.addAll(reading().events().after(from, 4));
      after = seen.get(seen.size() - 1).number();
    }

    assertThat(seen).isEqualTo(reading().events().after(0, 100)).hasSize(11);
  }

  @Test
  void events_readWhileOthersWrite_areSeenOnceAndInOrder() {
    List<CompletableFuture<Boolean>> writes = new ArrayList<>();
    List<LoggedEvent> seen = new ArrayList<>();

    for (int i = 0; i < 200; i++) {
      TaskEvent event = event(i);
      writes.add(
          store()
              .write(
                  Store.Urgency.CARRY,
                  tx -> {
                    tx.log(event);
                    return true;
                  }));
      if (i % 10 == 0) {
        seen.addAll(eventsSince(seen));
      }
    }
    writes.forEach(StoreFixture::get);
    seen.addAll(eventsSince(seen));

    assertThat(seen).isEqualTo(reading().events().after(0, 1_000)).hasSize(200);
  }

  private List<LoggedEvent> eventsSince(List<LoggedEvent> seen) {
    long after = seen.isEmpty() ? 0 : seen.get(seen.size() - 1).number();
    return reading().events().after(after, 1_000);
  }

  @Test
  void events_whenNone_lastIsZero() {
    assertThat(reading().events().last()).isZero();
    assertThat(reading().events().after(0, 9)).isEmpty();
  }

  @Test
  void pruneEvents_removesOldOnesOnly_andNumbersGoOn() {
    for (int i = 0; i < 10; i++) {
      TaskEvent event = event(i);
      run(tx -> tx.log(event));
    }

    List<LoggedEvent> all = reading().events().after(0, 100);

    int removed = writing().events().prune(all.get(6).number(), 100);
    run(tx -> tx.log(event(10)));

    List<LoggedEvent> rest = reading().events().after(0, 100);
    assertThat(removed).isEqualTo(6);
    assertThat(rest).startsWith(all.subList(6, 10).toArray(LoggedEvent[]::new)).hasSize(5);
    assertThat(rest.get(4).number()).isGreaterThan(all.get(9).number());
  }

  @Test
  void pruneEvents_ofAll_numbersGoOn() {
    run(tx -> tx.log(event(0)));
    run(tx -> tx.log(event(1)));
    long last = reading().events().last();
    run(tx -> tx.events().prune(100, 100));

    run(tx -> tx.log(event(2)));

    assertThat(reading().events().last()).isGreaterThan(last);
    assertThat(reading().events().after(last, 9))
        .extracting(LoggedEvent::event)
        .containsExactly(event(2));
  }

  private static TaskEvent event(int i) {
    return new TaskEvent(
        i % 2 == 0 ? TENANT : OTHER_TENANT,
        new TaskId("t" + i),
        TaskEvent.Kind.LEASED,
        i,
        NOW.plusMillis(i));
  }
}
