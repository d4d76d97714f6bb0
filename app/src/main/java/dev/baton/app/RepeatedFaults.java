package dev.baton.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a warning or an error of one kind at most once in {@link #QUIET_MILLIS}, and then one line
 * that says how often it came in that time; all else passes. Whatever loop or request meets a fault
 * that stays, such as a full disk, the log tells it once and goes on telling that it is there. Of
 * one kind are events of one logger with exceptions from the same places, or without any and with
 * the same text but for numbers and identifiers. Thread-safe.
 */
final class RepeatedFaults extends AppenderBase<ILoggingEvent> {
  static final long QUIET_MILLIS = 10_000;

  /** Beyond so many, the oldest kind is forgotten: texts may hold what an outsider sent. */
  static final int KINDS_MAX = 256;

  private static final Pattern VARIABLE = Pattern.compile("[0-9a-fA-F-]*[0-9][0-9a-fA-F-]*");

  private final Appender<ILoggingEvent> out;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();

  /** The last event of a kind, how many were kept back, and since when. */
  private static final class Kind {
    private final long since;
    private int keptBack;
    private @Nullable ILoggingEvent last;

    Kind(long since) {
      this.since = since;
    }
  }

  RepeatedFaults(Appender<ILoggingEvent> out) {
    this.out = out;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (!event.getLevel().isGreaterOrEqual(Level.WARN)) {
      out.doAppend(event);
      return;
    }
    summarize(event.getTimeStamp());
    Kind known = kinds.get(kind(event));
    if (known == null) {
      begin(event);
    } else {
      if (known.keptBack == 0) {
        scheduleSummary(known.since + QUIET_MILLIS - event.getTimeStamp());
      }
      known.keptBack++;
      known.last = event;
    }
  }

  private void begin(ILoggingEvent event) {
    if (kinds.size() >= KINDS_MAX) {
      Iterator<Kind> oldest = kinds.values().iterator();
      Kind gone = oldest.next();
      oldest.remove();
      tell(gone, event.getTimeStamp());
    }
    kinds.put(kind(event), new Kind(event.getTimeStamp()));
    out.doAppend(event);
  }

  private void scheduleSummary(long inMillis) {
    if (getContext() != null) {
      var unused =
          getContext()
              .getScheduledExecutorService()
              .schedule(
                  () -> summarize(System.currentTimeMillis()),
                  Math.max(1, inMillis),
                  TimeUnit.MILLISECONDS);
    }
  }

  /** Ends what has been quiet, or counted, long enough; a kind that was repeated is counted on. */
  synchronized void summarize(long now) {
    List<ILoggingEvent> again = new ArrayList<>();
    Iterator<Kind> each = kinds.values().iterator();
    while (each.hasNext()) {
      Kind kind = each.next();
      // Also when the clock was put back.
      if (now - kind.since >= QUIET_MILLIS || now < kind.since) {
        each.remove();
        tell(kind, now);
        if (kind.last != null) {
          again.add(kind.last);
        }
      }
    }
    again.forEach(event -> kinds.put(kind(event), new Kind(now)));
  }

  private void tell(Kind kind, long now) {
    ILoggingEvent last = kind.last;
    if (last != null) {
      LoggingEvent summary = new LoggingEvent();
      summary.setLoggerName(last.getLoggerName());
      summary.setThreadName(last.getThreadName());
      summary.setLevel(last.getLevel());
      summary.setTimeStamp(now);
      summary.setMDCPropertyMap(Map.of());
      summary.setLoggerContextRemoteView(last.getLoggerContextVO());
      summary.setMessage(
          "%s (%d more in %d s)"
              .formatted(
                  last.getFormattedMessage(),
                  kind.keptBack,
                  Math.max(0, now - kind.since) / 1_000));
      out.doAppend(summary);
    }
  }

  private static String kind(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    StringBuilder kind = new StringBuilder(event.getLoggerName()).append(event.getLevel());
    if (thrown == null) {
      return kind.append(VARIABLE.matcher(event.getFormattedMessage()).replaceAll("#")).toString();
    }
    for (IThrowableProxy each = thrown; each != null; each = each.getCause()) {
      kind.append(' ').append(each.getClassName());
      if (each.getStackTraceElementProxyArray().length > 0) {
        kind.append(each.getStackTraceElementProxyArray()[0].getStackTraceElement());
      }
    }
    return kind.toString();
  }

  @Override
  public synchronized void stop() {
    long now = System.currentTimeMillis();
    kinds.values().forEach(kind -> tell(kind, now));
    kinds.clear();
    out.stop();
    super.stop();
  }
}
