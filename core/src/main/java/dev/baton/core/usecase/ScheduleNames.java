package dev.baton.core.usecase;

import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleRun;

/** Fills the places in the path of a schedule's output. Holds no state. */
final class ScheduleNames {
  private static final String DATE = "{date}";
  private static final String RUN = "{run}";

  private ScheduleNames() {}

  /** {@code {date}} is the local day on which the run was due, {@code {run}} the run's number. */
  static String of(String path, Schedule schedule, ScheduleRun run) {
    String date = run.nominal().atZone(schedule.plan().zone()).toLocalDate().toString();
    return path.replace(DATE, date).replace(RUN, Long.toString(run.seq()));
  }

  /** What a path will look like, to check it before there is a run. */
  static String sample(String path) {
    return path.replace(DATE, "2000-01-01").replace(RUN, "0");
  }
}
