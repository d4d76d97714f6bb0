package dev.baton.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.testing.ManualClock;
import dev.baton.persistence.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wall clock that jumps, and one that was years ahead: leases go on, calendars follow it. */
final class ClockTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final WorkerId WORKER = new WorkerId("w");

  private final ManualClock steady = new ManualClock();
  private final ManualClock wall = new ManualClock();
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("baton.db");
  }

  private Baton open() {
    return Baton.builder(SqlStores.open(file, StoreOptions.DEFAULT.withLowWater(0)))
        .clock(steady)
        .calendar(wall)
        .build();
  }

  private void pass(Duration time) {
    steady.advance(time);
    wall.advance(time);
  }

  private static void sweep(Baton baton) {
    while (Baton.await(baton.upkeep().sweep())) {}
  }

  private static TaskState.Kind state(Baton baton, TaskId id) {
    return baton.find(id).orElseThrow().state().kind();
  }

  @Test
  void jumpAhead_endsNoLease_butBringsStartTimesAndDeadlines() {
    try (Baton baton = open()) {
      TaskId leased = baton.submit("leased");
      assertThat(baton.lease(WORKER, Duration.ofMinutes(10))).isPresent();
      Instant inSixHours = wall.instant().plus(HOUR.multipliedBy(6));
      TaskId starting =
          baton.submit(NewTask.builder(Prompt.of("starting")).startAt(inSixHours).build());
      TaskId overdue =
          baton.submit(NewTask.builder(Prompt.of("overdue")).deadline(inSixHours).build());

      wall.jump(HOUR.multipliedBy(8));
      assertThat(Baton.await(baton.upkeep().isDue())).isTrue();
      sweep(baton);

      assertThat(state(baton, leased)).isEqualTo(TaskState.Kind.LEASED);
      assertThat(state(baton, starting)).isEqualTo(TaskState.Kind.READY);
      assertThat(state(baton, overdue)).isEqualTo(TaskState.Kind.DEAD);
      assertThat(baton.clockAhead()).isEqualTo(HOUR.multipliedBy(-8));
      assertThat(baton.wallTime()).isEqualTo(wall.instant());

      wall.jump(HOUR.multipliedBy(-8));
      pass(Duration.ofMinutes(11));
      sweep(baton);
      assertThat(state(baton, leased)).isEqualTo(TaskState.Kind.READY);
    }
  }

  @Test
  void deadline_isJudgedByTheWallClock_whenItIsSubmitted() {
    wall.jump(HOUR.multipliedBy(-8));
    try (Baton baton = open()) {
      TaskId id =
          baton.submit(
              NewTask.builder(Prompt.of("soon")).deadline(wall.instant().plus(HOUR)).build());
      sweep(baton);

      assertThat(state(baton, id)).isEqualTo(TaskState.Kind.READY);
    }
  }

  @Test
  void aStartIn2039_isToldOf_andCanBeReset() {
    Instant today = wall.instant();
    Duration ahead = Duration.between(today, Instant.parse("2039-01-01T00:00:00Z"));
    pass(ahead);
    TaskId id;
    try (Baton baton = open()) {
      id = baton.submit("in 2039");
      assertThat(baton.lease(WORKER, HOUR)).isPresent();
    }
    wall.jump(ahead.negated());
    assertThat(SqlStores.maintenance(file).clockAhead(today)).isEqualTo(ahead);

    assertThat(SqlStores.maintenance(file).resetClock(today)).isEqualTo(ahead);

    try (SqliteStore store = SqlStores.open(file)) {
      assertThat(store.lastInstant()).isEqualTo(today);
    }
    assertThat(SqlStores.maintenance(file).resetClock(today)).isZero();
    assertThat(SqlStores.maintenance(file).check().findings()).isEmpty();
    steady.jump(ahead.negated());
    try (Baton baton = open()) {
      sweep(baton);
      assertThat(state(baton, id)).as("as long as it was to").isEqualTo(TaskState.Kind.LEASED);
      pass(HOUR);
      sweep(baton);
      assertThat(state(baton, id)).isEqualTo(TaskState.Kind.READY);
      assertThat(Baton.await(baton.insight().tally(TenantId.DEFAULT)).ready()).isEqualTo(1);
    }
  }
}
