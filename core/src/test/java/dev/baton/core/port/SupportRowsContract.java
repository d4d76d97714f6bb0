package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.event.AlertEvent;
import dev.baton.core.domain.event.BatchEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.event.ScheduleEvent;
import dev.baton.core.domain.event.TaskEvent;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.domain.task.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys, gates, paused queues, and the log. */
public abstract class SupportRowsContract extends BatchRowsContract {

  @Test
  void key_setAgain_standsForTheNewestUse() {
    List<Long> seqs = insertAll(readyTask("a"), readyTask("b")).stream().map(r -> r.seq()).toList();
    KeyRows.Key key = new KeyRows.Key(TENANT, "request:put é", "'; \uD83D\uDE00 k");
    KeyRows.Use second = new KeyRows.Use(seqs.get(1), "finger-2", NOW.plusMillis(7));
    run(tx -> tx.keys().put(key, new KeyRows.Use(seqs.get(0), "", NOW)));

    run(tx -> tx.keys().put(key, second));

    assertThat(reading().keys().find(key)).contains(second);
  }

  protected static Stream<KeyRows.Key> otherKeys() {
    return Stream.of(
        new KeyRows.Key(OTHER_TENANT, "scope", "value"),
        new KeyRows.Key(TENANT, "", "value"),
        new KeyRows.Key(TENANT, "scope", "Value"),
        new KeyRows.Key(TENANT, "scope", "value "));
  }

  @ParameterizedTest
  @MethodSource("otherKeys")
  void key_ofAnotherTenantScopeOrValue_isAnother(KeyRows.Key other) {
    long seq = insert(readyTask("t")).seq();

    run(
        tx ->
            tx.keys()
                .put(new KeyRows.Key(TENANT, "scope", "value"), new KeyRows.Use(seq, "", NOW)));

    assertThat(reading().keys().find(other)).isEmpty();
  }

  @Test
  void pruneKeys_removesThoseUsedBeforeTheCutoff_upToTheBound() {
    long seq = insert(readyTask("t")).seq();
    run(
        tx -> {
          for (int i = 0; i < 5; i++) {
            tx.keys()
                .put(
                    new KeyRows.Key(TENANT, "", "k" + i),
                    new KeyRows.Use(seq, "", NOW.plusMillis(i)));
          }
        });

    assertThat(writing().keys().prune(NOW.plusMillis(3), 2)).isEqualTo(2);
    assertThat(writing().keys().prune(NOW.plusMillis(3), 2)).isEqualTo(1);
    assertThat(writing().keys().prune(NOW.plusMillis(3), 2)).isZero();
    assertThat(reading().keys().find(new KeyRows.Key(TENANT, "", "k2"))).isEmpty();
    assertThat(reading().keys().find(new KeyRows.Key(TENANT, "", "k3"))).isPresent();
  }

  @Test
  void gate_putAgain_isChanged() {
    Gate gate = new Gate(TENANT, GATE, Gate.UNLIMITED, 0, true);
    run(tx -> tx.gates().put(gate));
    assertThat(reading().gates().find(TENANT, GATE)).contains(gate);

    run(tx -> tx.gates().put(tx.gates().lock(TENANT, GATE).orElseThrow().withLimit(0).taking(3)));

    assertThat(reading().gates().find(TENANT, GATE)).contains(new Gate(TENANT, GATE, 0, 3, true));
    assertThat(reading().gates().find(OTHER_TENANT, GATE)).isEmpty();
    assertThat(reading().gates().find(TENANT, new GateId("batch:2"))).isEmpty();
  }

  @Test
  void gate_locked_isAsThisTransactionLeavesIt() {
    Gate gate = new Gate(TENANT, GATE, 5, 0, false);

    run(tx -> tx.gates().put(gate));
    run(tx -> tx.gates().put(tx.gates().lock(TENANT, GATE).orElseThrow().taking(2)));
    Gate seen =
        write(
            tx -> {
              tx.gates().put(tx.gates().lock(TENANT, GATE).orElseThrow().taking(1));
              return tx.gates().lock(TENANT, GATE).orElseThrow();
            });

    assertThat(seen).isEqualTo(gate.taking(3));
    assertThat(writing().gates().lock(TENANT, new GateId("batch:2"))).isEmpty();
  }

  @Test
  void gate_lockedByAReader_isRefused() {
    assertThat(failure(store().read(tx -> tx.gates().lock(TENANT, GATE))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void pausedQueues_areThoseOfTheTenantUntilResumed() {
    run(tx -> tx.queues().setPaused(TENANT, QUEUE, true));
    run(tx -> tx.queues().setPaused(TENANT, QUEUE, true));
    run(tx -> tx.queues().setPaused(TENANT, OTHER_QUEUE, true));
    run(tx -> tx.queues().setPaused(OTHER_TENANT, QUEUE, true));

    assertThat(reading().queues().paused(TENANT)).containsExactlyInAnyOrder(QUEUE, OTHER_QUEUE);
    run(tx -> tx.queues().setPaused(TENANT, QUEUE, false));
    run(tx -> tx.queues().setPaused(TENANT, QUEUE, false));

    assertThat(reading().queues().paused(TENANT)).containsExactly(OTHER_QUEUE);
    assertThat(writing().queues().paused(TENANT)).containsExactly(OTHER_QUEUE);
    assertThat(reading().queues().paused(OTHER_TENANT)).containsExactly(QUEUE);
  }

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
  void events_ofManyTransactions_areNumberedWithoutGapsInOrder() {
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
        .isEqualTo(LongStream.rangeClosed(1, 30).boxed().toList());
    assertThat(reading().events().last()).isEqualTo(30);
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

    List<Long> seen = new ArrayList<>();
    long after = 0;
    for (int page = 0; page < 10; page++) {
      long from = after;
      List<LoggedEvent> events = reading().events().after(from, 4);
      events.forEach(event -> seen.add(event.number()));
      after = seen.get(seen.size() - 1);
    }

    assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 11).boxed().toList());
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

    int removed = writing().events().prune(7, 100);
    run(tx -> tx.log(event(10)));

    List<LoggedEvent> rest = reading().events().after(0, 100);
    assertThat(rest)
        .extracting(LoggedEvent::number)
        .isEqualTo(LongStream.rangeClosed(removed + 1, 11).boxed().toList());
    assertThat(removed).isEqualTo(6);
  }

  @Test
  void pruneEvents_ofAll_numbersGoOn() {
    run(tx -> tx.log(event(0)));
    run(tx -> tx.log(event(1)));
    run(tx -> tx.events().prune(100, 100));

    run(tx -> tx.log(event(2)));

    assertThat(reading().events().last()).isEqualTo(3);
    assertThat(reading().events().after(2, 9)).containsExactly(new LoggedEvent(3, event(2)));
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
