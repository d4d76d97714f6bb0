package dev.baton.core.usecase.schedule;

import dev.baton.core.Baton;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.event.DomainEvent.ScheduleEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.schedule.Cron;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.domain.schedule.ScheduleRun;
import dev.baton.core.domain.schedule.ScheduleRun.State;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.usecase.batch.BatchFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** What the tests of schedules share. */
abstract class ScheduleFixture extends BatchFixture {
  protected static final String INPUT = "in.csv";
  protected static final String OUTPUT = "out.csv";
  protected static final ScheduleId UNKNOWN = new ScheduleId("unknown");

  protected static Plan plan(Plan.Missed missed, Plan.Overlap overlap) {
    return new Plan(
        "Report",
        Cron.parse("*/10 * * * *"),
        ZoneOffset.UTC,
        new Plan.Files(INPUT, Optional.of(OUTPUT), true),
        BatchConfig.DEFAULT,
        false,
        true,
        new Plan.Rules(missed, overlap));
  }

  protected static final Plan PLAN = plan(Plan.Missed.ONCE, Plan.Overlap.SKIP);

  protected static Plan writing(Plan plan, Plan.Files paths, boolean dryRun) {
    return new Plan(
        plan.name(),
        plan.cron(),
        plan.zone(),
        paths,
        plan.config(),
        dryRun,
        plan.active(),
        plan.rules());
  }

  protected final Schedule create(Plan plan) {
    return Baton.await(baton.schedules().create(TENANT, plan));
  }

  protected final Schedule found(Schedule schedule) {
    return Baton.await(baton.schedules().find(TENANT, schedule.id())).orElseThrow();
  }

  protected final List<ScheduleRun> runs(Schedule schedule) {
    return Baton.await(baton.schedules().runs(TENANT, schedule.id(), 0, 1_000)).runs();
  }

  protected final List<State> states(Schedule schedule) {
    return runs(schedule).stream().map(ScheduleRun::state).toList();
  }

  protected final void tick() {
    baton.scheduler().runOnce();
  }

  /** As time goes by with nobody at home. */
  protected final void after(Duration time) {
    clock.advance(time);
    tick();
  }

  protected final void answerAll() {
    for (Optional<LeasedTask> task = lease(FIRST); task.isPresent(); task = lease(FIRST)) {
      complete(task.get(), "answer to " + task.get().prompt().text());
    }
  }

  protected static Instant at(String time) {
    return Instant.parse("2025-01-15T" + time + "Z");
  }

  protected final long changes() {
    return Baton.await(baton.insight().events(0, 100_000)).size();
  }

  protected final List<ScheduleEvent.Kind> scheduleEvents() {
    return Baton.await(baton.insight().events(0, 100_000)).stream()
        .map(LoggedEvent::event)
        .filter(ScheduleEvent.class::isInstance)
        .map(event -> ((ScheduleEvent) event).kind())
        .toList();
  }
}
