package dev.baton.persistence.sql;

import dev.baton.core.domain.event.DomainEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.port.EventRows;
import dev.baton.persistence.jdbc.EventCodec;
import dev.baton.persistence.jdbc.Row;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Sql;
import dev.baton.persistence.jdbc.Statements;
import java.util.ArrayList;
import java.util.List;

/** The log, one row per transaction. Appended events are written by {@link #flush}. */
final class SqlEventRows implements EventRows {
  private static final String LAST =
      "SELECT first + count - 1 FROM event_block ORDER BY first DESC LIMIT 1";
  private static final String INSERT =
      "INSERT INTO event_block (first, count, at, data) VALUES (?,?,?,?)";
  private static final String AFTER =
      "SELECT first, count, data FROM event_block WHERE first >="
          + " coalesce((SELECT max(first) FROM event_block WHERE first <= ?), 0)"
          + " ORDER BY first";
  // The newest block stays, so that numbers go on from it.
  private static final String PRUNE =
      "DELETE FROM event_block WHERE first IN"
          + " (SELECT first FROM event_block WHERE first + count <= :before"
          + " AND first < (SELECT max(first) FROM event_block) ORDER BY first LIMIT :max)"
          + " RETURNING count";

  private final Session session;
  private final Sql sql;
  private final List<DomainEvent> appended = new ArrayList<>();
  private long firstWritten;

  SqlEventRows(Session session, Sql sql) {
    this.session = session;
    this.sql = sql;
  }

  void begin() {
    appended.clear();
    firstWritten = 0;
  }

  int mark() {
    return appended.size();
  }

  /** Forgets what a work appended before it failed. */
  void resetTo(int mark) {
    appended.subList(mark, appended.size()).clear();
  }

  /** Writes what was appended; before the commit. */
  void flush() {
    if (appended.isEmpty()) {
      return;
    }
    long first = stored() + 1;
    DomainEvent newest = appended.get(appended.size() - 1);
    Statements.update(
        session,
        INSERT,
        to ->
            to.number(first)
                .number(appended.size())
                .instant(newest.at())
                .bytes(EventCodec.encode(appended)));
    firstWritten = first;
  }

  /** What the transaction wrote, from its {@link #flush} until the next one begins. */
  List<LoggedEvent> written() {
    List<LoggedEvent> written = new ArrayList<>(appended.size());
    for (int i = 0; firstWritten > 0 && i < appended.size(); i++) {
      written.add(new LoggedEvent(firstWritten + i, appended.get(i)));
    }
    return written;
  }

  @Override
  public void append(DomainEvent event) {
    sql.changes();
    appended.add(event);
  }

  @Override
  public long last() {
    return stored() + appended.size();
  }

  private long stored() {
    return Statements.first(session, LAST, to -> {}, Row::number).orElse(0L);
  }

  @Override
  public List<LoggedEvent> after(long after, int max) {
    List<LoggedEvent> events = new ArrayList<>();
    Statements.visit(
        session,
        AFTER,
        to -> to.number(after + 1),
        row -> {
          long first = row.number();
          int count = row.integer();
          add(events, first, EventCodec.decode(row.bytes(), count), after, max);
          return events.size() < max;
        });
    add(events, stored() + 1, appended, after, max);
    return events;
  }

  private static void add(
      List<LoggedEvent> events, long first, List<DomainEvent> block, long after, int max) {
    for (int i = (int) Math.max(0, after + 1 - first);
        i < block.size() && events.size() < max;
        i++) {
      events.add(new LoggedEvent(first + i, block.get(i)));
    }
  }

  @Override
  public int prune(long before, int max) {
    return sql
        .updateReturning(PRUNE)
        .bind("before", before)
        .bind("max", max)
        .mapTo(Integer.class)
        .list()
        .stream()
        .mapToInt(Integer::intValue)
        .sum();
  }
}
