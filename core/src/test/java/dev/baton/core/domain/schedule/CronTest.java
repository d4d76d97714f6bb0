package dev.baton.core.domain.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CronTest {
  private static final ZoneId UTC = ZoneOffset.UTC;
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private static List<String> fires(String cron, String zone, String after, int count) {
    Cron parsed = Cron.parse(cron);
    List<String> fires = new ArrayList<>();
    Instant at = Instant.parse(after);
    for (int i = 0; i < count; i++) {
      at = parsed.next(at, ZoneId.of(zone));
      fires.add(at.toString());
    }
    return fires;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 9 * * *             | 2026-11-26T09:00:00Z",
        "*/15 * * * *          | 2026-11-25T12:15:00Z",
        "0 9 * * MON-FRI       | 2026-11-26T09:00:00Z",
        "0 9 * * sun           | 2026-11-29T09:00:00Z",
        "0 9 * * 7             | 2026-11-29T09:00:00Z",
        "0 9 * * FRI-SUN       | 2026-11-27T09:00:00Z",
        "0 9 ? * 0,6           | 2026-11-28T09:00:00Z",
        "0 0 29 2 *            | 2028-02-29T00:00:00Z",
        "0 0 31 * *            | 2026-12-31T00:00:00Z",
        "0 0 1 JAN,JUL ?       | 2027-01-01T00:00:00Z",
        "0 0 13 * FRI          | 2026-11-27T00:00:00Z",
        "0 0 30 2 SAT          | 2027-02-06T00:00:00Z",
        "10-20/5 13 * * *      | 2026-11-25T13:10:00Z",
        "30/10 12 * * *        | 2026-11-25T12:30:00Z",
        "30 0 9 * * *          | 2026-11-26T09:00:30Z",
        "30 0 12 * * *         | 2026-11-25T12:00:30Z",
        "0 12 * * *            | 2026-11-26T12:00:00Z",
        "@hourly               | 2026-11-25T13:00:00Z",
        "@daily                | 2026-11-26T00:00:00Z",
        "@midnight             | 2026-11-26T00:00:00Z",
        "@weekly               | 2026-11-29T00:00:00Z",
        "@monthly              | 2026-12-01T00:00:00Z",
        "@yearly               | 2027-01-01T00:00:00Z",
        "@ANNUALLY             | 2027-01-01T00:00:00Z"
      })
  void next_isTheFirstInstantAfterwards(String cron, String expected) {
    assertThat(Cron.parse(cron).next(NOON, UTC)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * *          | fields",
        "''               | empty",
        "* * * * * * *    | fields",
        "60 * * * *       | 'minute'",
        "-1 * * * *       | 'minute'",
        "* 24 * * *       | 'hour'",
        "* * 0 * *        | 'day of month'",
        "* * 32 * *       | 'day of month'",
        "* * * 13 *       | 'month'",
        "* * * FOO *      | 'month'",
        "* * * * 8        | 'day of week'",
        "* * * * MON-XYZ  | 'day of week'",
        "*/0 * * * *      | 'minute'",
        "*/90 * * * *     | 'minute'",
        "5-1 * * * *      | 'minute'",
        "1,,2 * * * *     | 'minute'",
        "1-2-3 * * * *    | 'minute'",
        "1/2/3 * * * *    | 'minute'",
        "? * * * *        | 'minute'",
        "* * L * *        | 'day of month'",
        "* * * * MON#2    | 'day of week'",
        "0 0 30 2 *       | 'day of month'",
        "0 0 31 2,4,6 ?   | 'day of month'",
        "* * * * * *      | 'second'",
        "*/10 * * * * *   | 'second'",
        "@reboot          | @reboot",
        "@every           | @every",
        "99999999999 * * * * | 'minute'",
        "\u0661 * * * *        | 'minute'"
      })
  void parse_ofWhatIsNoCron_isRefusedNamingTheField(String cron, String named) {
    assertThatThrownBy(() -> Cron.parse(cron))
        .isInstanceOf(BatonException.class)
        .hasMessageContaining(named)
        .extracting(e -> ((BatonException) e).code())
        .isEqualTo(ErrorCode.INVALID_CRON_EXPRESSION);
  }

  @Test
  void parse_ofTenKilobytes_isRefused() {
    assertThatThrownBy(() -> Cron.parse("1,".repeat(5_000) + "1 * * * *"))
        .isInstanceOf(BatonException.class)
        .hasMessageContaining("256");
  }

  @Test
  void next_overACenturyWithoutALeapDay_isFound() {
    assertThat(fires("0 0 29 2 *", "UTC", "2096-03-01T00:00:00Z", 1))
        .containsExactly("2104-02-29T00:00:00Z");
  }

  @Test
  void next_beyond2038_goesOn() {
    assertThat(fires("14 3 * * *", "UTC", "2038-01-18T12:00:00Z", 2))
        .containsExactly("2038-01-19T03:14:00Z", "2038-01-20T03:14:00Z");
  }

  @Test
  void localTimeThatIsSkipped_firesOnceAtTheChange() {
    assertThat(fires("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", 2))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    assertThat(fires("*/20 2 * * *", "America/New_York", "2026-03-08T06:30:00Z", 2))
        .containsExactly("2026-03-08T07:00:00Z", "2026-03-09T06:00:00Z");
    assertThat(fires("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", 2))
        .containsExactly("2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z");
  }

  @Test
  void localTimeThatComesTwice_firesTheFirstTimeOnly() {
    assertThat(fires("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    assertThat(fires("0,30 1 * * *", "America/New_York", "2026-11-01T04:00:00Z", 3))
        .containsExactly("2026-11-01T05:00:00Z", "2026-11-01T05:30:00Z", "2026-11-02T06:00:00Z");
    assertThat(fires("45 1 * * *", "Australia/Lord_Howe", "2026-04-04T00:00:00Z", 2))
        .containsExactly("2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z");
  }

  @Test
  void interval_throughAnHourThatComesTwice_goesOnInBothPasses() {
    assertThat(fires("*/15 * * * *", "Europe/Berlin", "2026-10-25T00:40:00Z", 6))
        .containsExactly(
            "2026-10-25T00:45:00Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T01:15:00Z",
            "2026-10-25T01:30:00Z",
            "2026-10-25T01:45:00Z",
            "2026-10-25T02:00:00Z");
    assertThat(fires("*/30 1 * * *", "America/New_York", "2026-11-01T04:00:00Z", 5))
        .containsExactly(
            "2026-11-01T05:00:00Z",
            "2026-11-01T05:30:00Z",
            "2026-11-01T06:00:00Z",
            "2026-11-01T06:30:00Z",
            "2026-11-02T06:00:00Z");
    assertThat(fires("@hourly", "Australia/Lord_Howe", "2026-04-04T14:10:00Z", 3))
        .as("clocks go back by half an hour at two: two o'clock comes once")
        .containsExactly("2026-04-04T15:30:00Z", "2026-04-04T16:30:00Z", "2026-04-04T17:30:00Z");
  }

  @Test
  void interval_overAnHourThatIsSkipped_goesOnAfterIt() {
    assertThat(fires("30 * * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 3))
        .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z");
    assertThat(fires("*/15 * * * *", "Europe/Berlin", "2026-03-29T00:40:00Z", 3))
        .containsExactly("2026-03-29T00:45:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:15:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/10 * * * *", "5 * * * *", "0/20 * * * *", "7 */1 * * *"})
  void interval_overAYear_leavesNoLargerHole(String text) {
    ZoneId zone = ZoneId.of("America/New_York");
    Cron cron = Cron.parse(text);
    Instant at = cron.next(Instant.parse("2026-01-01T00:00:00Z"), zone);
    Duration hole = Duration.between(at, cron.next(at, zone));
    while (at.isBefore(Instant.parse("2027-01-01T00:00:00Z"))) {
      Instant next = cron.next(at, zone);
      assertThat(Duration.between(at, next)).as("after %s", at).isEqualTo(hole);
      at = next;
    }
  }

  /** Walks through every minute, which is slow and plain. */
  @ParameterizedTest
  @ValueSource(
      strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"})
  void next_overBothChangesOfAYear_isWhatAWalkThroughAllLocalMinutesFinds(String name) {
    ZoneId zone = ZoneId.of(name);
    Random random = new Random(7);
    for (String month : List.of("2026-03", "2026-04", "2026-10", "2026-11")) {
      Instant start = Instant.parse(month + "-01T00:00:00Z");
      Instant end = start.plus(Duration.ofDays(12));
      start = start.plus(Duration.ofHours(random.nextInt(48)));
      int minute = random.nextInt(60);
      int hour = random.nextInt(4);
      String text = "%d %d,2 * * *".formatted(minute, hour);
      List<Instant> found = new ArrayList<>();
      Cron cron = Cron.parse(text);
      for (Instant at = cron.next(start, zone); at.isBefore(end); at = cron.next(at, zone)) {
        found.add(at);
      }
      assertThat(found)
          .as("%s in %s", text, zone)
          .isEqualTo(walk(zone, start, end, minute, List.of(hour, 2)));
    }
  }

  private static List<Instant> walk(
      ZoneId zone, Instant after, Instant end, int minute, List<Integer> hours) {
    List<Instant> found = new ArrayList<>();
    var local = after.minus(Duration.ofDays(1)).atZone(zone).toLocalDateTime().withSecond(0);
    for (int i = 0; i < 60 * 24 * 15; i++, local = local.plusMinutes(1)) {
      if (local.getMinute() != minute || !hours.contains(local.getHour())) {
        continue;
      }
      boolean skipped = zone.getRules().getValidOffsets(local).isEmpty();
      Instant at =
          skipped
              ? zone.getRules().getTransition(local).getInstant()
              : ZonedDateTime.of(local, zone).withEarlierOffsetAtOverlap().toInstant();
      if (at.isAfter(after) && at.isBefore(end) && !found.contains(at)) {
        found.add(at);
      }
    }
    return found;
  }

  @Test
  void next_ofRandomExpressions_isWhatAnotherLibrarySays() {
    CronParser oracle = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    Random random = new Random(1_125);
    for (int i = 0; i < 2_000; i++) {
      String text =
          String.join(
              " ",
              field(random, 0, 59),
              field(random, 0, 23),
              field(random, 1, 28),
              field(random, 1, 12),
              field(random, 0, 6));
      Instant at = NOON.plusSeconds(random.nextInt(1 << 29));
      ExecutionTime time = ExecutionTime.forCron(oracle.parse(text));
      for (int step = 0; step < 3; step++) {
        Instant expected = time.nextExecution(at.atZone(UTC)).orElseThrow().toInstant();
        at = Cron.parse(text).next(at, UTC);
        assertThat(at).as(text).isEqualTo(expected);
      }
    }
  }

  private static String field(Random random, int min, int max) {
    int first = min + random.nextInt(max - min);
    int last = first + 1 + random.nextInt(max - first);
    return switch (random.nextInt(6)) {
      case 0 -> Integer.toString(first);
      case 1 -> first + "-" + last;
      case 2 -> first + "," + last;
      case 3 -> first + "-" + last + "/" + (1 + random.nextInt(3));
      default -> "*";
    };
  }
}
