package dev.baton.persistence.sqlite;

import dev.baton.persistence.jdbc.Row;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Statements;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Sets back what was written under a clock that was ahead. What calendars say (deadlines, named
 * start times, schedules) was said by people, and stays.
 */
final class ClockReset {
  /** Counted by the clock of leases: as far ahead of the new time as they were of the old. */
  private static final List<String> SHIFTED =
      List.of(
          "UPDATE task SET lease_until = lease_until - :ahead WHERE lease_until > :wall",
          "UPDATE task SET start_at = max(start_at - :ahead, 1)"
              + " WHERE state = 0 AND token > 0 AND start_at > :wall",
          "UPDATE model_pause SET until = until - :ahead WHERE until > :wall",
          "UPDATE webhook_delivery SET next_at = next_at - :ahead WHERE next_at > :wall");

  /** Of the past, which ends now. */
  private static final List<String> CAPPED =
      List.of(
          "UPDATE event_block SET at = :wall WHERE at > :wall",
          "UPDATE task SET leased_at = min(leased_at, :wall), changed_at = min(changed_at, :wall),"
              + " submitted_at = min(submitted_at, :wall)"
              + " WHERE leased_at > :wall OR changed_at > :wall OR submitted_at > :wall",
          "UPDATE batch SET created_at = min(created_at, :wall),"
              + " started_at = min(started_at, :wall), finished_at = min(finished_at, :wall),"
              + " changed_at = min(changed_at, :wall)"
              + " WHERE created_at > :wall OR started_at > :wall OR finished_at > :wall"
              + " OR changed_at > :wall");

  private ClockReset() {}

  static Duration ahead(Session session, Instant wall) {
    Instant newest =
        Statements.first(session, SqliteStore.NEWEST_INSTANT, to -> {}, Row::instant)
            .orElse(Instant.EPOCH);
    return newest.isAfter(wall) ? Duration.between(wall, newest) : Duration.ZERO;
  }

  static Duration run(Session session, Instant wall) {
    Duration ahead = ahead(session, wall);
    if (ahead.isZero()) {
      return ahead;
    }
    session.execute("BEGIN IMMEDIATE");
    try {
      Handle handle = session.handle();
      for (List<String> statements : List.of(SHIFTED, CAPPED)) {
        for (String statement : statements) {
          var update = handle.createUpdate(statement).bind("wall", wall.toEpochMilli());
          if (statement.contains(":ahead")) {
            update.bind("ahead", ahead.toMillis());
          }
          update.execute();
        }
      }
      session.execute("COMMIT");
      return ahead;
    } catch (RuntimeException e) {
      session.rollbackAfter(e);
      throw e;
    }
  }
}
