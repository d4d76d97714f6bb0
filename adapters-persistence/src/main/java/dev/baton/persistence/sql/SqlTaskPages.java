package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.TaskPages;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Lists that people page through. The states are asked for as bits; where an index holds the tasks
 * of a few states only, a text of its own says so, for a planner can't see it in the bits.
 */
final class SqlTaskPages implements TaskPages {
  private static final String SELECT = "SELECT " + TaskMapper.COLUMNS + " FROM task";
  private static final String COUNT = "SELECT count(*) FROM task";
  // The unary plus keeps SQLite from an index that does not have the order of the page.
  private static final String ANY =
      " WHERE +tenant = ? AND (? >> state & 1) AND submitted_at > ? AND submitted_at < ?";
  private static final String OF_BATCH =
      " WHERE (? >> state & 1) AND submitted_at > ? AND submitted_at < ?"
          + " AND batch IS NOT NULL AND tenant = ? AND batch = ?";
  private static final String LEASED = " AND state = 2";
  private static final String UNHAPPY = " AND state > 3";
  private static final String NEWEST = " ORDER BY seq DESC LIMIT ? OFFSET ?";
  private static final String OLDEST = " ORDER BY seq LIMIT ? OFFSET ?";
  private static final String LAST_ID = " ORDER BY id DESC LIMIT ? OFFSET ?";
  private static final String FIRST_ID = " ORDER BY id LIMIT ? OFFSET ?";

  private static final Texts EVERY = new Texts(ANY);
  private static final Texts EVERY_LEASED = new Texts(ANY + LEASED);
  private static final Texts EVERY_UNHAPPY = new Texts(ANY + UNHAPPY);
  private static final Texts BATCH = new Texts(OF_BATCH);
  private static final int LEASED_BIT = 1 << Codes.of(TaskState.Kind.LEASED);
  private static final int UNHAPPY_BITS =
      1 << Codes.of(TaskState.Kind.DEAD) | 1 << Codes.of(TaskState.Kind.CANCELLED);
  private static final int ALL_BITS = (1 << TaskState.Kind.values().length) - 1;

  private final Session session;

  /** The texts for one condition; made once, so that each is always the same object. */
  private record Texts(String newest, String oldest, String lastId, String firstId, String count) {
    Texts(String where) {
      this(
          SELECT + where + NEWEST,
          SELECT + where + OLDEST,
          SELECT + where + LAST_ID,
          SELECT + where + FIRST_ID,
          COUNT + where);
    }

    String page(Query query) {
      return switch (query.sort()) {
        case CREATED -> query.ascending() ? oldest : newest;
        case ID -> query.ascending() ? firstId : lastId;
      };
    }
  }

  SqlTaskPages(Session session) {
    this.session = session;
  }

  @Override
  public List<TaskRow> page(TenantId tenant, Query query, long skip, int max) {
    return Statements.query(
        session,
        texts(query).page(query),
        statement -> {
          int next = bind(statement, tenant, query);
          statement.setInt(next, max);
          statement.setLong(next + 1, skip);
        },
        TaskMapper::read);
  }

  @Override
  public long count(TenantId tenant, Query query) {
    return Statements.query(
            session,
            texts(query).count(),
            statement -> bind(statement, tenant, query),
            row -> row.getLong(1))
        .get(0);
  }

  private static Texts texts(Query query) {
    if (query.batch().isPresent()) {
      return BATCH;
    }
    int bits = bits(query);
    if (bits == LEASED_BIT) {
      return EVERY_LEASED;
    }
    return bits == UNHAPPY_BITS ? EVERY_UNHAPPY : EVERY;
  }

  /** Binds the condition; returns the place that follows it. */
  private static int bind(PreparedStatement statement, TenantId tenant, Query query)
      throws SQLException {
    int place = 1;
    if (query.batch().isEmpty()) {
      statement.setString(place++, tenant.value());
    }
    statement.setInt(place++, bits(query));
    statement.setLong(place++, query.after().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE));
    statement.setLong(place++, query.before().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
    if (query.batch().isPresent()) {
      statement.setString(place++, tenant.value());
      statement.setString(place++, query.batch().get().value());
    }
    return place;
  }

  private static int bits(Query query) {
    return query.states().isEmpty()
        ? ALL_BITS
        : query.states().stream().mapToInt(state -> 1 << Codes.of(state)).sum();
  }
}
