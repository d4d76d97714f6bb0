package dev.baton.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.client.ScheduleClient.Kept;
import dev.baton.core.client.ScheduleClient.Line;
import dev.baton.core.client.ScheduleClient.Report;
import dev.baton.core.client.ScheduleClient.Run;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.schedule.Cron;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.domain.schedule.ScheduleRun;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.testing.MemoryBatchFiles;
import dev.baton.core.testing.PlainRunFormat;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ScheduleClient} must do. Extend it once per implementation and add nothing. */
public abstract class ScheduleClientContract {
  private static final ScheduleId NOBODY = new ScheduleId("nobody");
  private static final Plan FULL =
      new Plan(
          "Daily report",
          Cron.parse("0 9 * * MON-FRI"),
          ZoneId.of("Europe/Berlin"),
          new Plan.Files("in.csv", Optional.of("out-{date}.csv"), false),
          new BatchConfig(
              Optional.of(new ModelName("echo")),
              OptionalDouble.of(0.5),
              OptionalInt.of(100),
              OptionalInt.of(4),
              Priority.HIGH,
              Optional.empty(),
              new QueueName("gpu"),
              7),
          true,
          false,
          new Plan.Rules(Plan.Missed.ALL, Plan.Overlap.QUEUE));

  private final ManualClock clock = new ManualClock();
  private final MemoryBatchFiles files = new MemoryBatchFiles();

  /** Not started: nothing fires. */
  private final Baton baton =
      Baton.builder(new InMemoryStore()).clock(clock).files(files, new PlainRunFormat()).build();

  private ScheduleClient server;

  /** A client of {@code baton}; the contract closes it before the Baton. */
  protected abstract ScheduleClient createServer(Baton baton);

  @BeforeEach
  void open() {
    files.texts.put("in.csv", "apple\npear\n");
    server = createServer(baton);
  }

  @AfterEach
  void close() {
    server.close();
    baton.close();
  }

  private static Plan plan(String input) {
    return new Plan(
        "n",
        Cron.parse("@hourly"),
        ZoneOffset.UTC,
        new Plan.Files(input, Optional.empty(), true),
        BatchConfig.DEFAULT,
        false,
        true,
        Plan.Rules.DEFAULT);
  }

  private static Plan named(Plan plan, String name) {
    return new Plan(
        name,
        plan.cron(),
        plan.zone(),
        plan.files(),
        plan.config(),
        plan.dryRun(),
        plan.active(),
        plan.rules());
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BatonException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  void add_withEverything_keepsEverything() {
    Kept made = server.add(FULL);

    assertThat(made.plan()).isEqualTo(FULL);
    assertThat(made.nextRun()).isEmpty();
    assertThat(made.lastRun()).isEmpty();
    assertThat(server.find(made.id())).isEqualTo(made);
  }

  @Test
  void add_ofWhatMayNotBe_isRefused() {
    assertRefused(ErrorCode.PATH_NOT_ALLOWED, () -> server.add(plan("../in.csv")));
    assertThat(server.list(0)).isEmpty();
  }

  @Test
  void list_isNewestFirst_pageAfterPage() {
    Kept oldest = server.add(plan("in.csv"));
    for (int i = 0; i < ScheduleClient.PAGE; i++) {
      clock.advance(Duration.ofMillis(1));
      server.add(plan("in.csv"));
    }

    assertThat(server.list(0)).hasSize(ScheduleClient.PAGE);
    assertThat(server.list(1))
        .containsExactly(
            new Line(oldest.id(), "n", "@hourly", true, Optional.empty(), oldest.nextRun()));
  }

  @Test
  void change_changesWhatItNames_andNothingElse() {
    Kept before = server.add(FULL);

    Kept renamed = server.change(before.id(), plan -> named(plan, "Report"));

    assertThat(renamed.plan()).isEqualTo(named(FULL, "Report"));
    assertThat(server.find(before.id())).isEqualTo(renamed);
  }

  @Test
  void change_ofEverything_changesEverything() {
    Kept before = server.add(FULL);
    BatchConfig other =
        new BatchConfig(
            Optional.of(new ModelName("echo-2")),
            OptionalDouble.of(1.5),
            OptionalInt.of(9),
            OptionalInt.of(0),
            Priority.LOW,
            Optional.empty(),
            QueueName.DEFAULT,
            1_000);
    Plan wanted =
        new Plan(
            "other",
            Cron.parse("@daily"),
            ZoneOffset.UTC,
            new Plan.Files("other.csv", Optional.empty(), true),
            other,
            false,
            true,
            Plan.Rules.DEFAULT);

    Kept after = server.change(before.id(), plan -> wanted);

    assertThat(after.plan()).isEqualTo(wanted);
    assertThat(after.nextRun()).isPresent();
  }

  @Test
  void change_ofNothing_isAsItWas() {
    Kept before = server.add(FULL);

    assertThat(server.change(before.id(), plan -> plan)).isEqualTo(before);
  }

  @Test
  void setActive_letsItFireOrNot() {
    Kept before = server.add(plan("in.csv"));

    Kept off = server.setActive(before.id(), false);
    Kept on = server.setActive(before.id(), true);

    assertThat(off.plan().active()).isFalse();
    assertThat(off.nextRun()).isEmpty();
    assertThat(on).isEqualTo(before);
  }

  @Test
  void run_isTheFirstOfItsHistory() {
    ScheduleId id = server.add(plan("in.csv")).id();
    Run first = server.run(id);
    clock.advance(Duration.ofSeconds(1));
    Run second = server.run(id);

    assertThat(first.manual()).isTrue();
    assertThat(first.progress()).isEqualTo(ScheduleRun.Progress.of(ScheduleRun.State.PENDING));
    assertThat(server.runs(id, 0)).containsExactly(second, first);
    assertThat(server.runs(id, 1)).isEmpty();
    assertThat(server.find(id).lastRun()).contains(second.nominal());
  }

  @Test
  void dryRun_countsAndMakesNothing() {
    ScheduleId id = server.add(plan("in.csv")).id();

    Report report = server.dryRun(id);

    assertThat(report.valid()).isTrue();
    assertThat(report.rows()).isEqualTo(2);
    assertThat(report.problems()).isEmpty();
    assertThat(report.promptTokens()).isPositive();
    assertThat(server.runs(id, 0)).isEmpty();
  }

  @Test
  void dryRun_ofAMissingFile_isRefused_andOfAnEmptyOneIsNotValid() {
    ScheduleId missing = server.add(plan("none.csv")).id();
    files.texts.put("empty.csv", "");
    ScheduleId empty = server.add(plan("empty.csv")).id();

    assertRefused(ErrorCode.FILE_NOT_FOUND, () -> server.dryRun(missing));
    assertThat(server.dryRun(empty).valid()).isFalse();
  }

  @Test
  void delete_removesIt() {
    ScheduleId id = server.add(plan("in.csv")).id();

    server.delete(id);

    assertThat(server.list(0)).isEmpty();
  }

  @Test
  void whatIsNotThere_isRefused() {
    assertRefused(ErrorCode.SCHEDULE_NOT_FOUND, () -> server.find(NOBODY));
    assertRefused(ErrorCode.SCHEDULE_NOT_FOUND, () -> server.change(NOBODY, plan -> plan));
    assertRefused(ErrorCode.SCHEDULE_NOT_FOUND, () -> server.setActive(NOBODY, true));
    assertRefused(ErrorCode.SCHEDULE_NOT_FOUND, () -> server.run(NOBODY));
    assertRefused(ErrorCode.SCHEDULE_NOT_FOUND, () -> server.runs(NOBODY, 0));
    assertRefused(ErrorCode.SCHEDULE_NOT_FOUND, () -> server.dryRun(NOBODY));
    assertRefused(ErrorCode.SCHEDULE_NOT_FOUND, () -> server.delete(NOBODY));
  }
}
