package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.id.ListOrder;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.schedule.Cron;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.domain.schedule.ScheduleRun;
import dev.baton.core.domain.schedule.ScheduleRun.Counts;
import dev.baton.core.domain.schedule.ScheduleRun.Progress;
import dev.baton.core.domain.schedule.ScheduleRun.State;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.port.ScheduleRows.Filter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Schedules and their runs. */
public abstract class ScheduleRowsContract extends StoreFixture {
  private static final BatchConfig CONFIG =
      new BatchConfig(
          Optional.of(new ModelName("m")),
          OptionalDouble.of(0.5),
          OptionalInt.of(7),
          OptionalInt.of(3),
          Priority.HIGH,
          Optional.empty(),
          new QueueName("q"),
          9);

  private static Plan plan(String name, boolean active) {
    return new Plan(
        name,
        Cron.parse("0 9 * * MON-FRI"),
        ZoneId.of("Europe/Berlin"),
        new Plan.Files("in.csv", Optional.of("out-{date}.csv"), true),
        CONFIG,
        true,
        active,
        new Plan.Rules(Plan.Missed.ALL, Plan.Overlap.QUEUE));
  }

  private Schedule insert(TenantId tenant, String id, Plan plan, Instant next) {
    Optional<Instant> due = plan.active() ? Optional.of(next) : Optional.empty();
    return writing()
        .schedules()
        .insert(new Schedule(0, tenant, new ScheduleId(id), plan, NOW, Optional.empty(), due));
  }

  private Schedule insert(String id) {
    return insert(TENANT, id, plan(id, true), NOW);
  }

  private ScheduleRun run(Schedule schedule, Instant nominal, Progress progress) {
    return writing()
        .schedules()
        .insertRun(new ScheduleRun(0, TENANT, schedule.seq(), nominal, false, NOW, progress));
  }

  @Test
  void schedule_isReadAsItWasWritten() {
    Schedule made = insert("a");

    assertThat(made.plan()).isEqualTo(plan("a", true));
    assertThat(reading().schedules().find(TENANT, new ScheduleId("a"))).contains(made);
    assertThat(reading().schedules().find(made.seq())).contains(made);
    assertThat(reading().schedules().find(OTHER_TENANT, new ScheduleId("a"))).isEmpty();

    Plan bare =
        new Plan(
            "b",
            Cron.parse("@daily"),
            ZoneId.of("UTC"),
            new Plan.Files("other.jsonl", Optional.empty(), false),
            BatchConfig.DEFAULT,
            false,
            false,
            Plan.Rules.DEFAULT);
    Schedule changed =
        new Schedule(
            made.seq(),
            TENANT,
            made.id(),
            bare,
            NOW,
            Optional.of(NOW.plusSeconds(1)),
            Optional.empty());
    run(tx -> tx.schedules().update(changed));
    assertThat(reading().schedules().find(made.seq())).contains(changed);
  }

  @Test
  void number_ofARemovedSchedule_isNotGivenAgain() {
    Schedule first = insert("a");
    ScheduleRun firstRun = run(first, NOW, Progress.of(State.PENDING));
    run(tx -> tx.schedules().remove(first));

    Schedule second = insert("a");
    assertThat(reading().schedules().findRun(firstRun.seq())).isEmpty();
    assertThat(second.seq()).isGreaterThan(first.seq());
    assertThat(run(second, NOW, Progress.of(State.PENDING)).seq()).isGreaterThan(firstRun.seq());
  }

  @Test
  void list_isNewestFirst_ofOneTenant_filtered() {
    Schedule daily = insert(TENANT, "a", plan("Daily 100% report", true), NOW);
    Schedule weekly = insert(TENANT, "b", plan("Weekly_report", false), NOW);
    insert(OTHER_TENANT, "a", plan("Daily", true), NOW);

    assertThat(list(Filter.ALL)).containsExactly(weekly, daily);
    assertThat(list(new Filter(Optional.of(true), Optional.empty()))).containsExactly(daily);
    assertThat(list(new Filter(Optional.of(false), Optional.empty()))).containsExactly(weekly);
    assertThat(list(named("REPORT"))).containsExactly(weekly, daily);
    assertThat(list(named("0%"))).containsExactly(daily);
    assertThat(list(named("_"))).containsExactly(weekly);
    assertThat(list(named("!"))).isEmpty();
    assertThat(reading().schedules().count(TENANT, named("report"))).isEqualTo(2);
    assertThat(reading().schedules().list(TENANT, Filter.ALL, ListOrder.NEWEST_FIRST, 1, 1))
        .containsExactly(daily);
  }

  @Test
  void list_isSortedByNameInEitherCase_orByAge_bothWays() {
    Schedule banana = insert(TENANT, "a", plan("banana", true), NOW);
    Schedule apple = insert(TENANT, "b", plan("Apple", true), NOW);
    Schedule again = insert(TENANT, "c", plan("apple", true), NOW);

    assertThat(sorted(ListOrder.By.NAME, true)).containsExactly(apple, again, banana);
    assertThat(sorted(ListOrder.By.NAME, false)).containsExactly(banana, again, apple);
    assertThat(sorted(ListOrder.By.CREATED, true)).containsExactly(banana, apple, again);
  }

  private List<Schedule> sorted(ListOrder.By by, boolean ascending) {
    ListOrder order = new ListOrder(by, ascending);
    return reading().schedules().list(TENANT, Filter.ALL, order, 0, 10);
  }

  private static Filter named(String part) {
    return new Filter(Optional.empty(), Optional.of(part));
  }

  private List<Schedule> list(Filter filter) {
    return reading().schedules().list(TENANT, filter, ListOrder.NEWEST_FIRST, 0, 10);
  }

  @Test
  void due_isOfAllTenants_longestDueFirst() {
    Schedule later = insert(TENANT, "a", plan("a", true), NOW.plusSeconds(1));
    Schedule sooner = insert(OTHER_TENANT, "b", plan("b", true), NOW);
    insert(TENANT, "c", plan("c", false), NOW);

    assertThat(reading().schedules().due(NOW.minusMillis(1), 9)).isEmpty();
    assertThat(reading().schedules().due(NOW, 9)).containsExactly(sooner);
    assertThat(reading().schedules().due(NOW.plusSeconds(1), 9)).containsExactly(sooner, later);
    assertThat(reading().schedules().due(NOW.plusSeconds(1), 1)).containsExactly(sooner);
    assertThat(reading().schedules().nextDue()).contains(NOW);
    assertThat(reading().schedules().countActive()).isEqualTo(2);
  }

  @Test
  void runs_areKept_countedAndPruned() {
    Schedule schedule = insert("a");
    Schedule other = insert("b");
    ScheduleRun open = run(schedule, NOW, Progress.of(State.PENDING));
    Progress done = Progress.succeeded(NOW.plusSeconds(9), new Counts(3, 2, 1), Optional.of("{}"));
    ScheduleRun over = run(schedule, NOW.plusSeconds(1), done);
    ScheduleRun failed =
        run(schedule, NOW.plusSeconds(2), Progress.failed(NOW, Counts.NONE, "why"));
    ScheduleRun others = run(other, NOW, Progress.of(State.RUNNING));

    assertThat(reading().schedules().hasRun(schedule.seq(), NOW, false)).isTrue();
    assertThat(reading().schedules().hasRun(schedule.seq(), NOW, true)).isFalse();
    assertThat(reading().schedules().runs(schedule.seq(), 0, 9))
        .containsExactly(failed, over, open);
    assertThat(reading().schedules().runs(schedule.seq(), 1, 1)).containsExactly(over);
    assertThat(reading().schedules().countRuns(schedule.seq())).isEqualTo(3);
    assertThat(reading().schedules().openRuns(0, 9)).containsExactly(open, others);
    assertThat(reading().schedules().openRuns(open.seq(), 9)).containsExactly(others);
    assertThat(reading().schedules().countOpen(schedule.seq())).isEqualTo(1);

    run(tx -> tx.schedules().pruneRuns(schedule.seq(), 1));
    assertThat(reading().schedules().runs(schedule.seq(), 0, 9)).containsExactly(failed, open);

    run(tx -> tx.schedules().updateRun(open.with(done)));
    assertThat(reading().schedules().findRun(open.seq())).contains(open.with(done));
  }
}
