package dev.baton.core.domain.schedule;

import static java.util.Objects.requireNonNull;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * When something is to happen, again and again, in the words of cron: minute, hour, day of month,
 * month, day of week; six fields when a second stands before them, which must be one number, since
 * nothing fires more often than once a minute. Lists, ranges, steps, names ({@code MON}, {@code
 * JAN}), {@code ?} for a day that is left open, and {@code @hourly @daily @midnight @weekly
 * @monthly @yearly @annually}. When both days are restricted, either is enough.
 *
 * <p>When clocks change, the rule of Vixie cron holds. An expression whose minute or hour is open or
 * has a step ({@code *}, {@code *}{@code /15}, {@code 0/15}) fires at intervals, in both passes of an
 * hour that comes twice; a time that is named fires in the first pass only. Times that a change skips
 * count as the instant of the change, unless the hour itself is at intervals. Immutable.
 */
public final class Cron {
  /** Characters of an expression. */
  public static final int LENGTH_MAX = 256;

  private static final Map<String, String> NAMED =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  private static final List<CronField> FIVE =
      List.of(
          CronField.MINUTE,
          CronField.HOUR,
          CronField.DAY_OF_MONTH,
          CronField.MONTH,
          CronField.DAY_OF_WEEK);

  /** 29 February may be eight years away; with this much to spare the search always ends. */
  private static final int MONTHS_MAX = 12 * 9;

  private static final int DAYS_OF_WEEK = 7;

  private static final Splitter FIELDS = Splitter.on(CharMatcher.anyOf(" \t")).omitEmptyStrings();

  private final String text;
  private final int second;
  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet days;
  private final BitSet months;
  private final BitSet weekdays;
  private final boolean anyDay;
  private final boolean anyWeekday;
  private final boolean atIntervals;
  private final boolean hourAtIntervals;

  private Cron(String text, int second, List<String> five) {
    this.text = text;
    this.second = second;
    minutes = CronField.MINUTE.parse(five.get(0));
    hours = CronField.HOUR.parse(five.get(1));
    days = CronField.DAY_OF_MONTH.parse(five.get(2));
    months = CronField.MONTH.parse(five.get(3));
    weekdays = CronField.DAY_OF_WEEK.parse(five.get(4));
    anyDay = CronField.DAY_OF_MONTH.isOpen(five.get(2));
    anyWeekday = CronField.DAY_OF_WEEK.isOpen(five.get(4));
    hourAtIntervals = CronField.HOUR.hasInterval(five.get(1));
    atIntervals = hourAtIntervals || CronField.MINUTE.hasInterval(five.get(0));
  }

  /**
   * Reads an expression.
   *
   * @throws BatonException of {@link ErrorCode#INVALID_CRON_EXPRESSION}, naming the field, when it
   *     can't be read or never fires
   */
  public static Cron parse(String expression) {
    requireNonNull(expression, "expression");
    if (expression.length() > LENGTH_MAX) {
      throw wrong("it has more than " + LENGTH_MAX + " characters");
    }
    String text = expression.strip();
    String spelled = text;
    if (text.startsWith("@")) {
      spelled = NAMED.getOrDefault(text.toLowerCase(Locale.ROOT), "");
      if (spelled.isEmpty()) {
        throw wrong(
            "'" + text + "' is not known; known are " + NAMED.keySet().stream().sorted().toList());
      }
    }
    List<String> fields = FIELDS.splitToList(spelled);
    if (fields.size() != FIVE.size() && fields.size() != FIVE.size() + 1) {
      throw wrong(
          text.isEmpty() ? "it is empty" : "it has " + fields.size() + " fields, not 5 or 6");
    }
    boolean six = fields.size() > FIVE.size();
    Cron cron =
        six
            ? new Cron(text, second(fields.get(0)), fields.subList(1, fields.size()))
            : new Cron(text, 0, fields);
    cron.checkFires();
    return cron;
  }

  private static int second(String field) {
    BitSet seconds = CronField.SECOND.parse(field);
    if (seconds.cardinality() != 1) {
      throw CronField.SECOND.wrong("it must be one number: no more often than once a minute");
    }
    return seconds.nextSetBit(0);
  }

  /** Refuses 30 February and its like. */
  private void checkFires() {
    int first = days.nextSetBit(0);
    boolean fires =
        !anyWeekday || months.stream().anyMatch(month -> first <= Month.of(month).maxLength());
    if (!fires) {
      throw CronField.DAY_OF_MONTH.wrong("it never fires: no such day in these months");
    }
  }

  private static BatonException wrong(String what) {
    return new BatonException(
        ErrorCode.INVALID_CRON_EXPRESSION, "Invalid cron expression: " + what);
  }

  /** The first instant after {@code after} at which it fires. */
  public Instant next(Instant after, ZoneId zone) {
    return atIntervals ? nextInterval(after, zone.getRules()) : nextNamedTime(after, zone);
  }

  /**
   * Between two changes of the clocks local time runs evenly, so each stretch is searched alone.
   */
  private Instant nextInterval(Instant after, ZoneRules rules) {
    Instant from = after;
    ZoneOffset offset = rules.getOffset(after);
    ZoneOffsetTransition change = rules.nextTransition(after);
    while (true) {
      LocalDateTime local = nextLocal(LocalDateTime.ofInstant(from, offset));
      Instant next = local.toInstant(offset);
      if (change == null || next.isBefore(change.getInstant())) {
        return next;
      }
      if (!hourAtIntervals && change.isGap() && local.isBefore(change.getDateTimeAfter())) {
        return change.getInstant();
      }
      // The change itself may be such a time, by the clock after it.
      from = change.getInstant().minusNanos(1);
      offset = change.getOffsetAfter();
      change = rules.nextTransition(change.getInstant());
    }
  }

  private Instant nextNamedTime(Instant after, ZoneId zone) {
    LocalDateTime local = LocalDateTime.ofInstant(after, zone);
    while (true) {
      local = nextLocal(local);
      Instant instant = instant(local, zone);
      // In the second pass of an hour that comes twice, all of it is over.
      if (instant.isAfter(after)) {
        return instant;
      }
    }
  }

  /** Never goes back as local time goes on: the search above rests on it. */
  private static Instant instant(LocalDateTime local, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (!offsets.isEmpty()) {
      return local.toInstant(offsets.get(0));
    }
    ZoneOffsetTransition gap = zone.getRules().getTransition(local);
    return gap.getInstant();
  }

  private LocalDateTime nextLocal(LocalDateTime after) {
    LocalDate day = after.toLocalDate();
    if (fires(day)) {
      Optional<LocalTime> later = timeAfter(after.toLocalTime());
      if (later.isPresent()) {
        return day.atTime(later.get());
      }
    }
    LocalTime first = LocalTime.of(hours.nextSetBit(0), minutes.nextSetBit(0), second);
    return dayAfter(day).atTime(first);
  }

  private Optional<LocalTime> timeAfter(LocalTime after) {
    int hour = hours.nextSetBit(after.getHour());
    if (hour == after.getHour()) {
      boolean thisMinute = second > after.getSecond();
      int minute = minutes.nextSetBit(thisMinute ? after.getMinute() : after.getMinute() + 1);
      if (minute >= 0) {
        return Optional.of(LocalTime.of(hour, minute, second));
      }
      hour = hours.nextSetBit(hour + 1);
    }
    return hour < 0
        ? Optional.empty()
        : Optional.of(LocalTime.of(hour, minutes.nextSetBit(0), second));
  }

  private LocalDate dayAfter(LocalDate after) {
    LocalDate day = after.plusDays(1);
    for (int month = 0; month < MONTHS_MAX; month++) {
      YearMonth current = YearMonth.from(day);
      if (months.get(day.getMonthValue())) {
        for (; YearMonth.from(day).equals(current); day = day.plusDays(1)) {
          if (fires(day)) {
            return day;
          }
        }
      }
      day = current.plusMonths(1).atDay(1);
    }
    throw new IllegalStateException("it was checked that this fires: " + text);
  }

  private boolean fires(LocalDate day) {
    if (!months.get(day.getMonthValue())) {
      return false;
    }
    boolean dayFits = days.get(day.getDayOfMonth());
    DayOfWeek weekday = day.getDayOfWeek();
    boolean weekdayFits = weekdays.get(weekday.getValue() % DAYS_OF_WEEK);
    return (anyDay || anyWeekday) ? dayFits && weekdayFits : dayFits || weekdayFits;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cron cron && cron.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The expression as it was given, without space around it. */
  @Override
  public String toString() {
    return text;
  }
}
