package dev.baton.core.usecase.schedule;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleRun;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the places in the path of a schedule's output. Holds no state. */
final class ScheduleNames {
  private static final String DATE = "{date}";
  private static final String RUN = "{run}";

  private static final Pattern PLACE = Pattern.compile("\\{[^{}]*\\}");

  private ScheduleNames() {}

  /** {@code {date}} is the local day on which the run was due, {@code {run}} the run's number. */
  static String of(String path, Schedule schedule, ScheduleRun run) {
    String date = run.nominal().atZone(schedule.plan().zone()).toLocalDate().toString();
    return path.replace(DATE, date).replace(RUN, Long.toString(run.seq()));
  }

  /**
   * What a path will look like, to check it before there is a run.
   *
   * @throws BatonException of {@link ErrorCode#VALIDATION_FAILED} if it has a place that nothing
   *     fills
   */
  static String sample(String path) {
    Matcher places = PLACE.matcher(path);
    while (places.find()) {
      if (!places.group().equals(DATE) && !places.group().equals(RUN)) {
        throw new BatonException(
            ErrorCode.VALIDATION_FAILED,
            "outputFile: %s is not a known placeholder; known are: %s, %s"
                .formatted(places.group(), DATE, RUN));
      }
    }
    return path.replace(DATE, "2000-01-01").replace(RUN, "0");
  }
}
