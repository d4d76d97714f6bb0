package dev.baton.core.usecase.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.schedule.Cron;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleRun;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.testing.PlainRunFormat;
import dev.baton.core.usecase.batch.CutShortStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * P9: no firing twice, none missing beyond the rule, whatever the clock, the kills and the other
 * nodes do.
 */
public abstract class FiringsContract extends ScheduleFixture {
  private static final int STEPS = 60;
  private static final int MINUTES = 7;
  private static final List<Duration> JUMPS =
      List.of(
          Duration.ofSeconds(20),
          Duration.ofMinutes(3),
          Duration.ofMinutes(7),
          Duration.ofMinutes(31),
          Duration.ofHours(5),
          Duration.ofDays(2));

  private record Watched(Plan.Missed missed, Schedule schedule, List<Instant> expected) {}

  private static Plan every(Plan.Missed missed) {
    Plan plan = plan(missed, Plan.Overlap.ALLOW);
    return new Plan(
        plan.name(),
        Cron.parse("*/" + MINUTES + " * * * *"),
        plan.zone(),
        plan.files(),
        plan.config(),
        plan.dryRun(),
        plan.active(),
        plan.rules());
  }

  /** Told by the minutes alone, without cron: all due times after the one and up to the other. */
  private static List<Instant> due(Instant after, Instant until) {
    List<Instant> due = new ArrayList<>();
    long first = after.getEpochSecond() / 60 + 1;
    for (long minute = first; minute * 60 <= until.getEpochSecond(); minute++) {
      if (minute % 60 % MINUTES == 0) {
        due.add(Instant.ofEpochSecond(minute * 60));
      }
    }
    return due;
  }

  private static List<Instant> expected(Plan.Missed missed, List<Instant> due, Instant now) {
    if (due.isEmpty()) {
      return List.of();
    }
    Instant latest = due.get(due.size() - 1);
    return switch (missed) {
      case ONCE -> List.of(latest);
      case NONE -> Duration.between(latest, now).toSeconds() > 300 ? List.of() : List.of(latest);
      case ALL -> due.subList(Math.max(0, due.size() - 10), due.size());
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyCourseOfTime_firesWhatTheRuleSays_once(long seed) {
    Random random = new Random(seed);
    List<Watched> watched = new ArrayList<>();
    for (Plan.Missed missed : Plan.Missed.values()) {
      watched.add(new Watched(missed, create(every(missed)), new ArrayList<>()));
    }
    Instant seen = clock.instant();
    for (int step = 0; step < STEPS; step++) {
      clock.advance(JUMPS.get(random.nextInt(JUMPS.size())).plusSeconds(random.nextInt(90)));
      tickOfSomeNode(random);
      lateNodeTicks(random);
      List<Instant> due = due(seen, clock.instant());
      for (Watched each : watched) {
        each.expected().addAll(expected(each.missed(), due, clock.instant()));
      }
      seen = clock.instant();
    }

    for (Watched each : watched) {
      List<Instant> fired = new ArrayList<>();
      runs(each.schedule()).stream().map(ScheduleRun::nominal).forEach(fired::add);
      Collections.reverse(fired);
      assertThat(fired)
          .as("%s, seed %d", each.missed(), seed)
          .containsExactlyElementsOf(each.expected());
    }
  }

  /** Ours, or one that has just started and is killed after a commit or a few. */
  private void tickOfSomeNode(Random random) {
    if (random.nextBoolean()) {
      baton.scheduler().runOnce();
      return;
    }
    CutShortStore cut = new CutShortStore(store, 1 + random.nextInt(4));
    Baton other =
        Baton.builder(cut).clock(clock).random(random).files(files, new PlainRunFormat()).build();
    cut.run(other.scheduler()::runOnce);
  }

  /** One whose clock stands in the past. */
  private void lateNodeTicks(Random random) {
    Duration behind = Duration.ofSeconds(random.nextInt(7_200));
    ManualClock late = new ManualClock(clock.instant().minus(behind));
    Baton.builder(store)
        .clock(late)
        .random(random)
        .files(files, new PlainRunFormat())
        .build()
        .scheduler()
        .runOnce();
  }
}
