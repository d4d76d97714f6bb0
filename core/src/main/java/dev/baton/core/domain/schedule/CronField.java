package dev.baton.core.domain.schedule;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.util.BitSet;
import java.util.Locale;

/** One field of a cron expression: what it is called, its numbers and their names. */
enum CronField {
  SECOND("second", 0, 59, ImmutableList.of()),
  MINUTE("minute", 0, 59, ImmutableList.of()),
  HOUR("hour", 0, 23, ImmutableList.of()),
  DAY_OF_MONTH("day of month", 1, 31, ImmutableList.of()),
  MONTH(
      "month",
      1,
      12,
      ImmutableList.of(
          "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
  /** Sunday is 0 and 7. */
  DAY_OF_WEEK(
      "day of week", 0, 7, ImmutableList.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

  private static final int SUNDAY = 7;

  private final String title;
  private final int min;
  private final int max;
  private final ImmutableList<String> names;

  CronField(String title, int min, int max, ImmutableList<String> names) {
    this.title = title;
    this.min = min;
    this.max = max;
    this.names = names;
  }

  /** Whether the text leaves every value open. */
  boolean isOpen(String text) {
    return text.equals("*") || (text.equals("?") && isDay());
  }

  /** Whether the text says "every so often" rather than which ones. */
  boolean hasInterval(String text) {
    return Splitter.on(',')
        .splitToStream(text)
        .anyMatch(part -> isOpen(part) || part.indexOf('/') >= 0);
  }

  private boolean isDay() {
    return this == DAY_OF_MONTH || this == DAY_OF_WEEK;
  }

  /** The values that the text names; Sunday as 0. */
  BitSet parse(String text) {
    BitSet values = new BitSet();
    for (String part : Splitter.on(',').split(text)) {
      add(values, part);
    }
    if (this == DAY_OF_WEEK && values.get(SUNDAY)) {
      values.clear(SUNDAY);
      values.set(0);
    }
    return values;
  }

  private void add(BitSet values, String part) {
    int slash = part.indexOf('/');
    String range = slash < 0 ? part : part.substring(0, slash);
    int step = slash < 0 ? 1 : step(part.substring(slash + 1));
    int dash = range.indexOf('-');
    int first;
    int last;
    if (isOpen(range)) {
      first = min;
      // Not 7: Sunday would count twice among the steps.
      last = this == DAY_OF_WEEK ? max - 1 : max;
    } else if (dash < 0) {
      first = value(range);
      last = slash < 0 ? first : max;
    } else {
      first = value(range.substring(0, dash));
      last = value(range.substring(dash + 1));
      if (this == DAY_OF_WEEK && last == 0 && first > 0) {
        last = SUNDAY;
      }
    }
    if (first > last) {
      throw wrong("'" + range + "' ends before it begins");
    }
    for (int value = first; value <= last; value += step) {
      values.set(value);
    }
  }

  private int step(String text) {
    int step = number(text);
    if (step < 1 || step > max) {
      throw wrong("a step is from 1 to " + max);
    }
    return step;
  }

  private int value(String text) {
    int named = names.indexOf(text.toUpperCase(Locale.ROOT));
    int value = named >= 0 ? named + min : number(text);
    if (value < min || value > max) {
      throw wrong("'" + text + "' is not from " + min + " to " + max);
    }
    return value;
  }

  private int number(String text) {
    boolean digits =
        !text.isEmpty() && text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      throw wrong("'" + text + "' can't be read");
    }
    return Integer.parseInt(text);
  }

  BatonException wrong(String what) {
    return new BatonException(
        ErrorCode.INVALID_CRON_EXPRESSION,
        "Invalid cron expression: field '%s': %s".formatted(title, what));
  }
}
