package dev.baton.core.usecase.schedule;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.AlertEvent;
import dev.baton.core.domain.event.DomainEvent.ScheduleEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleRun;
import dev.baton.core.domain.schedule.ScheduleRun.State;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.port.ScheduleRows.Filter;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.testing.PlainRunFormat;
import dev.baton.core.usecase.batch.CutShortStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Schedules, and what the scheduler makes of them. The clock stands at 10:30:00 UTC at first. */
public abstract class SchedulesContract extends ScheduleFixture {
  @Test
  void schedule_fires_makesABatch_andWritesItsResults() {
    files.texts.put(INPUT, "one\ntwo\n");
    Schedule schedule = create(PLAN);
    assertThat(schedule.nextRun()).contains(at("10:40:00"));

    after(Duration.ofSeconds(599));
    assertThat(runs(schedule)).isEmpty();
    after(Duration.ofSeconds(1));
    assertThat(states(schedule)).containsExactly(State.RUNNING);
    assertThat(files.texts).doesNotContainKey(OUTPUT);
    answerAll();
    tick();

    ScheduleRun run = runs(schedule).get(0);
    assertThat(run.state()).isEqualTo(State.SUCCEEDED);
    assertThat(run.nominal()).isEqualTo(at("10:40:00"));
    assertThat(run.progress().counts()).isEqualTo(new ScheduleRun.Counts(2, 2, 0));
    assertThat(files.texts.get(OUTPUT)).contains("answer to one", "answer to two");
    assertThat(found(schedule).lastRun()).contains(at("10:40:00"));
    assertThat(found(schedule).nextRun()).contains(at("10:50:00"));
    assertThat(scheduleEvents()).containsExactly(ScheduleEvent.Kind.EXECUTED);
  }

  @Test
  void missedFirings_once_makeOneRun() {
    files.texts.put(INPUT, "one");
    Schedule schedule = create(PLAN);

    after(Duration.ofDays(400));
    tick();

    assertThat(runs(schedule)).hasSize(1);
    assertThat(found(schedule).nextRun().orElseThrow()).isAfter(clock.instant());
  }

  @Test
  void missedFirings_none_makeNoRun_butALateOneDoes() {
    files.texts.put(INPUT, "one");
    Plan hourly = plan(Plan.Missed.NONE, Plan.Overlap.ALLOW);
    Schedule schedule = create(hourly);

    after(Duration.ofMinutes(18));
    assertThat(runs(schedule)).isEmpty();
    after(Duration.ofMinutes(4));
    assertThat(runs(schedule)).extracting(ScheduleRun::nominal).containsExactly(at("10:50:00"));
  }

  @Test
  void missedFirings_all_makeTheLatestTenRuns() {
    files.texts.put(INPUT, "one");
    Schedule schedule = create(plan(Plan.Missed.ALL, Plan.Overlap.ALLOW));

    after(Duration.ofHours(5));

    assertThat(runs(schedule)).hasSize(10);
    assertThat(runs(schedule).get(0).nominal()).isEqualTo(at("15:30:00"));
    assertThat(runs(schedule).get(9).nominal()).isEqualTo(at("14:00:00"));
    answerAll();
    tick();
    assertThat(states(schedule)).containsOnly(State.SUCCEEDED);
  }

  @Test
  void clockThatGoesBack_firesNothingTwice() {
    files.texts.put(INPUT, "one");
    Schedule schedule = create(PLAN);
    after(Duration.ofMinutes(10));
    answerAll();
    tick();

    // Another node's clock is late: for it 10:40 is still to come.
    ManualClock late = new ManualClock();
    late.advance(Duration.ofMinutes(5));
    Baton other =
        Baton.builder(store)
            .clock(late)
            .random(new Random(7))
            .files(files, new PlainRunFormat())
            .build();
    Baton.await(other.schedules().setActive(TENANT, schedule.id(), false));
    Baton.await(other.schedules().setActive(TENANT, schedule.id(), true));
    assertThat(found(schedule).nextRun()).contains(at("10:40:00"));
    late.advance(Duration.ofMinutes(5));
    other.scheduler().runOnce();
    tick();

    assertThat(runs(schedule)).hasSize(1);
    assertThat(found(schedule).nextRun()).contains(at("10:50:00"));
  }

  @Test
  void overlap_skip_leavesTheNextOut_andRecordsIt() {
    files.texts.put(INPUT, "one");
    Schedule schedule = create(PLAN);

    after(Duration.ofMinutes(10));
    after(Duration.ofMinutes(10));
    assertThat(states(schedule)).containsExactly(State.SKIPPED, State.RUNNING);
    answerAll();
    after(Duration.ofMinutes(10));
    assertThat(states(schedule).subList(1, 3)).containsExactly(State.SKIPPED, State.SUCCEEDED);
  }

  @Test
  void overlap_queue_waits_andAllow_doesNot() {
    files.texts.put(INPUT, "one");
    Schedule queued = create(plan(Plan.Missed.ONCE, Plan.Overlap.QUEUE));
    Schedule allowed = create(plan(Plan.Missed.ONCE, Plan.Overlap.ALLOW));

    after(Duration.ofMinutes(10));
    after(Duration.ofMinutes(10));
    assertThat(states(queued)).containsExactly(State.PENDING, State.RUNNING);
    assertThat(states(allowed)).containsExactly(State.RUNNING, State.RUNNING);
    answerAll();
    tick();
    assertThat(states(queued)).containsExactly(State.PENDING, State.SUCCEEDED);
    tick();
    assertThat(states(queued)).containsExactly(State.RUNNING, State.SUCCEEDED);
  }

  @Test
  void input_thatIsNotThere_failsTheRun_andIsAnAlert() {
    Schedule schedule = create(PLAN);

    after(Duration.ofMinutes(10));

    ScheduleRun run = runs(schedule).get(0);
    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(run.progress().error().orElseThrow()).contains("FILE_NOT_FOUND");
    assertThat(scheduleEvents()).containsExactly(ScheduleEvent.Kind.FAILED);
    // A write that waits behind that of the alert.
    Baton.await(baton.schedules().setActive(TENANT, schedule.id(), false));
    assertThat(Baton.await(baton.insight().events(0, 1_000)))
        .extracting(LoggedEvent::event)
        .hasAtLeastOneElementOfType(AlertEvent.class);
  }

  @Test
  void batch_withoutAnyAnswer_failsTheRun_andItsResultsAreWritten() {
    files.texts.put(INPUT, "one");
    Schedule schedule = create(PLAN);
    after(Duration.ofMinutes(10));
    fail(take(FIRST), Failure.permanent("BAD", "no"));

    tick();

    assertThat(states(schedule)).containsExactly(State.FAILED);
    assertThat(files.texts.get(OUTPUT)).contains("BAD");
  }

  @Test
  void rowsWithNames_runAnewEachTime_andAreWrittenUnderTheirNames() {
    files.texts.put(INPUT, "@c1 one\n@c2 two\n");
    Plan.Files paths = new Plan.Files(INPUT, Optional.of("out.jsonl"), true);
    Schedule schedule = create(writing(PLAN, paths, false));
    after(Duration.ofMinutes(10));
    answerAll();
    tick();
    after(Duration.ofMinutes(10));
    fail(take(FIRST), Failure.permanent("BAD", "no"));
    answerAll();
    tick();

    assertThat(states(schedule)).containsExactly(State.SUCCEEDED, State.SUCCEEDED);
    assertThat(requireNonNull(files.texts.get("out.jsonl")).lines())
        .satisfiesExactly(
            first -> assertThat(first).contains("JSONL c1 BAD"),
            second -> assertThat(second).contains("JSONL c2 answer to two"));
  }

  @Test
  void rowWhoseNameLeavesNoRoomForTheRun_failsIt_withItsLine() {
    files.texts.put(INPUT, "@" + "c".repeat(TaskId.MAX_LENGTH) + " one\n");
    Schedule schedule = create(PLAN);

    after(Duration.ofMinutes(10));

    assertThat(runs(schedule).get(0).progress().error().orElseThrow()).contains("line 1: id");
  }

  @Test
  void restartBetweenAnySteps_leavesOneBatch_andOneResult() {
    files.texts.put(INPUT, "one\ntwo\n");
    Schedule schedule = create(PLAN);
    clock.advance(Duration.ofMinutes(10));
    for (int commits = 0; states(schedule).stream().noneMatch(State::isOver); commits++) {
      assertThat(commits).isLessThan(50);
      CutShortStore cut = new CutShortStore(store, 1 + (commits % 2));
      Baton other =
          Baton.builder(cut)
              .clock(clock)
              .random(new Random(commits))
              .files(files, new PlainRunFormat())
              .build();
      // What a kill leaves of it is in the store and in the files only.
      cut.run(other.scheduler()::runOnce);
      clock.advance(Duration.ofSeconds(1));
      answerAll();
      // An import that was cut short is removed after a while.
      if (commits % 5 == 4) {
        pass(Duration.ofSeconds(70));
      }
    }

    assertThat(states(schedule)).containsExactly(State.SUCCEEDED);
    assertThat(runs(schedule).get(0).progress().counts())
        .isEqualTo(new ScheduleRun.Counts(2, 2, 0));
    assertThat(requireNonNull(files.texts.get(OUTPUT)).lines()).hasSize(3);
    assertThat(Baton.await(baton.batches().find(TENANT, runs(schedule).get(0).batch())))
        .isPresent();
  }

  @Test
  void runNow_runsAlsoADisabledSchedule_andEachTimeAnew() {
    files.texts.put(INPUT, "one");
    Schedule schedule = create(PLAN.active(false));
    assertThat(schedule.nextRun()).isEmpty();

    Baton.await(baton.schedules().runNow(TENANT, schedule.id()));
    Baton.await(baton.schedules().runNow(TENANT, schedule.id()));
    tick();
    answerAll();
    tick();
    tick();

    assertThat(states(schedule)).containsExactly(State.RUNNING, State.SUCCEEDED);
    for (int i = 0; i < 9; i++) {
      Baton.await(baton.schedules().runNow(TENANT, schedule.id()));
    }
    assertRefused(ErrorCode.LIMIT_EXCEEDED, baton.schedules().runNow(TENANT, schedule.id()));
    assertRefused(ErrorCode.SCHEDULE_NOT_FOUND, baton.schedules().runNow(TENANT, UNKNOWN));
  }

  @Test
  void output_thatIsThere_failsARunThatMayNotOverwrite_beforeAnyModelIsAsked() {
    files.texts.put(INPUT, "one");
    Plan.Files paths = new Plan.Files(INPUT, Optional.of("out-{date}-{run}.csv"), false);
    Schedule schedule = create(writing(PLAN, paths, false));
    files.texts.put("out-2025-01-15-1.csv", "precious");

    after(Duration.ofMinutes(10));
    assertThat(runs(schedule).get(0).progress().error().orElseThrow()).contains("FILE_EXISTS");
    assertThat(lease(FIRST)).isEmpty();
    after(Duration.ofMinutes(10));
    answerAll();
    tick();

    assertThat(states(schedule)).containsExactly(State.SUCCEEDED, State.FAILED);
    assertThat(files.texts).containsEntry("out-2025-01-15-1.csv", "precious");
    assertThat(files.texts).containsKey("out-2025-01-15-2.csv");
  }

  @Test
  void dryRun_estimates_asksNobody_andWritesAReport() {
    files.texts.put(INPUT, "12345\n123456789\n");
    Plan.Files paths = new Plan.Files(INPUT, Optional.of("report.json"), true);
    Schedule schedule = create(writing(PLAN, paths, true));

    DryRun asked = Baton.await(baton.schedules().dryRun(TENANT, schedule.id(), baton.dryRuns()));
    after(Duration.ofMinutes(10));

    assertThat(asked.isValid()).isTrue();
    assertThat(asked.promptTokens()).isEqualTo(2 + 3 + 3 + 3);
    assertThat(states(schedule)).containsExactly(State.SUCCEEDED);
    String report = new PlainRunFormat().report(asked);
    assertThat(files.texts).containsEntry("report.json", report);
    assertThat(runs(schedule).get(0).progress().report()).contains(report);
    assertThat(lease(FIRST)).isEmpty();
  }

  @Test
  void create_withPathsThatAreNotAllowed_storesNothing() {
    files.texts.put("there.csv", "old");
    long before = changes();

    assertRefused(ErrorCode.PATH_NOT_ALLOWED, refused("../in.csv", OUTPUT, true));
    assertRefused(ErrorCode.PATH_NOT_ALLOWED, refused(INPUT, "../out.csv", true));
    assertRefused(ErrorCode.VALIDATION_FAILED, refused(INPUT, INPUT, true));
    assertRefused(ErrorCode.FILE_EXISTS, refused(INPUT, "there.csv", false));

    assertThat(changes()).isEqualTo(before);
    assertThat(Baton.await(baton.schedules().list(TENANT, Filter.ALL, 0, 10)).total()).isZero();
  }

  private CompletableFuture<Schedule> refused(String input, String output, boolean overwrite) {
    Plan.Files paths = new Plan.Files(input, Optional.of(output), overwrite);
    return baton.schedules().create(TENANT, writing(PLAN, paths, false));
  }

  @Test
  void change_ofTheName_keepsWhatIsDue_andOfTheTimes_doesNot() {
    Schedule schedule = create(PLAN);
    clock.advance(Duration.ofMinutes(15));

    Baton.await(
        baton.schedules().change(TENANT, schedule.id(), plan -> writing(plan, plan.files(), true)));
    assertThat(found(schedule).nextRun()).contains(at("10:40:00"));
    Baton.await(baton.schedules().setActive(TENANT, schedule.id(), true));
    assertThat(found(schedule).nextRun()).contains(at("10:40:00"));
    Baton.await(baton.schedules().setActive(TENANT, schedule.id(), false));
    assertThat(found(schedule).nextRun()).isEmpty();
    Baton.await(baton.schedules().setActive(TENANT, schedule.id(), true));
    assertThat(found(schedule).nextRun()).contains(at("10:50:00"));
  }

  @Test
  void delete_removesItsHistory_andLetsItsBatchGoOn() {
    files.texts.put(INPUT, "one");
    Schedule schedule = create(PLAN);
    after(Duration.ofMinutes(10));

    Baton.await(baton.schedules().delete(TENANT, schedule.id()));
    tick();

    assertRefused(
        ErrorCode.SCHEDULE_NOT_FOUND, baton.schedules().runs(TENANT, schedule.id(), 0, 10));
    assertRefused(ErrorCode.SCHEDULE_NOT_FOUND, baton.schedules().delete(TENANT, schedule.id()));
    assertThat(lease(FIRST)).isPresent();
  }
}
