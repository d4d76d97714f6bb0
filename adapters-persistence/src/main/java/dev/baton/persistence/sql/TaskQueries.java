package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.TaskRows.Depth;
import dev.baton.core.port.TaskRows.Filter;
import dev.baton.core.port.TaskRows.Gone;
import dev.baton.core.port.TaskRows.Pruned;
import dev.baton.persistence.jdbc.Codes;
import dev.baton.persistence.jdbc.Dialect;
import dev.baton.persistence.jdbc.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operators ask of the tasks. */
final class TaskQueries {
  /**
   * All that lies under a task's number; the tasks themselves last, as all else is found by them.
   */
  private static final List<String> TABLES =
      List.of(
          "task_text",
          "task_result",
          "task_alternative",
          "task_attempt",
          "task_progress",
          "task_chunk",
          "task_key",
          "task_origin",
          "task");

  private static final String IS_OVER =
      "seq > :after AND seq <= :last AND batch IS NULL AND state > 2 AND changed_at < :cutoff";

  private final Sql sql;
  private final ReadyLines lines;
  private final String list;
  private final String depths;

  TaskQueries(Sql sql, Dialect dialect, ReadyLines lines) {
    this.sql = sql;
    this.lines = lines;
    String tenant = dialect.unindexed("tenant");
    list =
        TaskMapper.SELECT
            + """
            WHERE seq < :before AND %s = :tenant
              AND (:state IS NULL OR %s = :state) AND (:queue IS NULL OR %s = :queue)
            ORDER BY seq DESC LIMIT :max
            """
                .formatted(tenant, dialect.unindexed("state"), dialect.unindexed("queue"));
    // Each state has an index of its own.
    depths =
        """
        SELECT queue, state, sum(n) AS n FROM (
          SELECT queue, state, count(*) AS n FROM task
           WHERE state = 1 AND tenant = :tenant GROUP BY queue, state
          UNION ALL
          SELECT queue, state, count(*) FROM task
           WHERE state = 2 AND %1$s = :tenant GROUP BY queue, state
          UNION ALL
          SELECT queue, state, count(*) FROM task
           WHERE state = 0 AND start_at > 0 AND %1$s = :tenant GROUP BY queue, state
          UNION ALL
          SELECT queue, state, count(*) FROM task
           WHERE state = 0 AND start_at = 0 AND tenant = :tenant GROUP BY queue, state
        ) counted GROUP BY queue, state
        """
            .formatted(tenant);
  }

  List<TaskRow> list(TenantId tenant, Filter filter, long before, int max) {
    return sql.query(list)
        .bind("before", before)
        .bind("tenant", tenant)
        .bind("state", filter.state().map(state -> Codes.of(state)))
        .bind("queue", filter.queue())
        .bind("max", max)
        .map(TaskMapper::map)
        .list();
  }

  List<Depth> depths(TenantId tenant) {
    return sql.query(depths)
        .bind("tenant", tenant)
        .map(
            (row, context) ->
                new Depth(
                    new QueueName(row.getString("queue")),
                    Codes.state(row.getInt("state")),
                    row.getLong("n")))
        .list();
  }

  int ahead(TaskRow row, int max) {
    int ahead = 0;
    for (String line : lines.of(row.tenant(), row.terms().queue(), ModelFilter.ANY)) {
      ahead += ahead < max ? ahead(row, line, max - ahead) : 0;
    }
    return ahead;
  }

  private int ahead(TaskRow row, String line, int max) {
    return sql.query(
            """
            SELECT count(*) FROM (
              SELECT 1 FROM task
               WHERE state = 1 AND tenant = :tenant AND queue = :queue AND model = :line
                 AND (rank, seq) < (:rank, :seq)
               LIMIT :max) found
            """)
        .bind("tenant", row.tenant().value())
        .bind("queue", row.terms().queue().value())
        .bind("line", line)
        .bind("rank", row.terms().rank())
        .bind("seq", row.seq())
        .bind("max", max)
        .mapTo(Integer.class)
        .one();
  }

  /**
   * Removes tasks with all that belongs to them.
   *
   * @param which a query of their numbers
   */
  void remove(String which, Map<String, ?> parameters) {
    for (String table : TABLES) {
      sql.update("DELETE FROM " + table + " WHERE seq IN (" + which + ")")
          .bindMap(parameters)
          .execute();
    }
  }

  /** Removes one task; a key that leads to none does no harm until it is pruned. */
  void remove(long seq) {
    for (String table : TABLES) {
      if (!table.equals("task_key")) {
        sql.update("DELETE FROM " + table + " WHERE seq = :seq").bind("seq", seq).execute();
      }
    }
  }

  Pruned prune(Instant cutoff, long afterSeq, int max) {
    Optional<Long> last =
        sql.query(
                "SELECT max(seq) FROM"
                    + " (SELECT seq FROM task WHERE seq > :after ORDER BY seq LIMIT :max) page")
            .bind("after", afterSeq)
            .bind("max", max)
            .mapTo(Long.class)
            .findOne();
    if (last.isEmpty()) {
      return new Pruned(Optional.empty(), List.of());
    }
    Map<String, ?> page = Map.of("after", afterSeq, "last", last.get(), "cutoff", cutoff);
    List<Gone> gone =
        sql.query(
                "SELECT tenant, state, count(*) AS n FROM task WHERE "
                    + IS_OVER
                    + " GROUP BY tenant, state")
            .bindMap(page)
            .map(
                (row, context) ->
                    new Gone(
                        new TenantId(row.getString("tenant")),
                        Codes.state(row.getInt("state")),
                        row.getInt("n")))
            .list();
    remove("SELECT seq FROM task WHERE " + IS_OVER, page);
    return new Pruned(last, gone);
  }
}
