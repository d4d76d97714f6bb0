package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.TaskPages;
import dev.baton.persistence.jdbc.Codes;
import dev.baton.persistence.jdbc.Dialect;
import dev.baton.persistence.jdbc.Sql;
import java.time.Instant;
import java.util.List;

/** Lists that people page through. The states are asked for as bits. */
final class SqlTaskPages implements TaskPages {
  private static final String STATES_AND_TIME =
      "((:states >> state) & 1) = 1 AND submitted_at > :after AND submitted_at < :before";
  private static final int LEASED_BIT = 1 << Codes.of(TaskState.Kind.LEASED);
  private static final int UNHAPPY_BITS =
      1 << Codes.of(TaskState.Kind.DEAD) | 1 << Codes.of(TaskState.Kind.CANCELLED);
  private static final int ALL_BITS = (1 << TaskState.Kind.values().length) - 1;

  private final Sql sql;
  private final Dialect dialect;

  SqlTaskPages(Sql sql, Dialect dialect) {
    this.sql = sql;
    this.dialect = dialect;
  }

  @Override
  public List<TaskRow> page(TenantId tenant, Query query, long skip, int max) {
    String column = query.sort() == Sort.CREATED ? "seq" : "id";
    String way = query.ascending() ? "" : " DESC";
    String sqlText =
        TaskMapper.SELECT + where(query) + " ORDER BY " + column + way + " LIMIT :max OFFSET :skip";
    return bound(sqlText, tenant, query)
        .bind("max", max)
        .bind("skip", skip)
        .map(TaskMapper::map)
        .list();
  }

  @Override
  public long count(TenantId tenant, Query query) {
    return bound("SELECT count(*) FROM task " + where(query), tenant, query)
        .mapTo(Long.class)
        .one();
  }

  /**
   * Where an index holds the tasks of a few states only, a condition of its own says so: a planner
   * can't see it in the bits.
   */
  private String where(Query query) {
    if (query.batch().isPresent()) {
      return "WHERE "
          + STATES_AND_TIME
          + " AND batch IS NOT NULL AND tenant = :tenant AND batch = :batch";
    }
    int bits = bits(query);
    String few =
        bits == LEASED_BIT ? " AND state = 2" : bits == UNHAPPY_BITS ? " AND state > 3" : "";
    return "WHERE " + dialect.unindexed("tenant") + " = :tenant AND " + STATES_AND_TIME + few;
  }

  private static int bits(Query query) {
    return query.states().isEmpty()
        ? ALL_BITS
        : query.states().stream().mapToInt(state -> 1 << Codes.of(state)).sum();
  }

  private org.jdbi.v3.core.statement.Query bound(String text, TenantId tenant, Query query) {
    var bound =
        sql.query(text)
            .bind("tenant", tenant)
            .bind("states", bits(query))
            .bind("after", query.after().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE))
            .bind("before", query.before().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
    return query.batch().map(batch -> bound.bind("batch", batch)).orElse(bound);
  }
}
