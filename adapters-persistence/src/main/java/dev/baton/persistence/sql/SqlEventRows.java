package dev.baton.persistence.sql;

import dev.baton.core.domain.event.DomainEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.port.EventRows;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.SqlFailure;
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
          + " coalesce((SELECT max(first) FROM event_block WHERE first <= ?1), 0)"
          + " ORDER BY first";
  // The newest block stays, so that numbers go on from it.
  private static final String PRUNE =
      "DELETE FROM event_block WHERE first IN"
          + " (SELECT first FROM event_block WHERE first + count <= ?1"
          + " AND first < (SELECT max(first) FROM event_block) ORDER BY first LIMIT ?2)"
          + " RETURNING count";

  private final Session session;
  private final Runnable onWrite;
  private final List<DomainEvent> appended = new ArrayList<>();
  private long firstWritten;

  SqlEventRows(Session session, Runnable onWrite) {
    this.session = session;
    this.onWrite = onWrite;
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
        statement -> {
          statement.setLong(1, first);
          statement.setInt(2, appended.size());
          statement.setLong(3, newest.at().toEpochMilli());
          statement.setBytes(4, EventCodec.encode(appended));
        });
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
    onWrite.run();
    appended.add(event);
  }

  @Override
  public long last() {
    return stored() + appended.size();
  }

  private long stored() {
    return Statements.query(session, LAST, statement -> {}, row -> row.getLong(1)).stream()
        .findFirst()
        .orElse(0L);
  }

  @Override
  public List<LoggedEvent> after(long after, int max) {
    try {
      var statement = session.prepared(AFTER);
      statement.setLong(1, after + 1);
      List<LoggedEvent> events = new ArrayList<>();
      try (var blocks = statement.executeQuery()) {
        while (events.size() < max && blocks.next()) {
          long number = blocks.getLong(1);
          for (DomainEvent event : EventCodec.decode(blocks.getBytes(3), blocks.getInt(2))) {
            if (number > after && events.size() < max) {
              events.add(new LoggedEvent(number, event));
            }
            number++;
          }
        }
      }
      long number = stored();
      for (DomainEvent event : appended) {
        number++;
        if (number > after && events.size() < max) {
          events.add(new LoggedEvent(number, event));
        }
      }
      return events;
    } catch (java.sql.SQLException e) {
      throw new SqlFailure(e);
    }
  }

  @Override
  public int prune(long before, int max) {
    onWrite.run();
    return Statements.query(
            session,
            PRUNE,
            statement -> {
              statement.setLong(1, before);
              statement.setInt(2, max);
            },
            row -> row.getInt(1))
        .stream()
        .mapToInt(Integer::intValue)
        .sum();
  }
}
