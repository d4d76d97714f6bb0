package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.TaskRows.Depth;
import dev.baton.core.port.TaskRows.Filter;
import dev.baton.core.port.TaskRows.Gone;
import dev.baton.core.port.TaskRows.Pruned;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What operators ask of the tasks. */
final class TaskQueries {
  // The unary plus keeps SQLite from an index that does not have the order of the page.
  private static final String LIST =
      "SELECT "
          + TaskMapper.COLUMNS
          + " FROM task WHERE seq < :before AND +tenant = :tenant"
          + " AND (:state IS NULL OR +state = :state) AND (:queue IS NULL OR +queue = :queue)"
          + " ORDER BY seq DESC LIMIT :max";

  private static final String IS_OVER =
      " WHERE seq IN (SELECT seq FROM task WHERE seq > :after AND seq <= :last"
          + " AND batch IS NULL AND state > 2 AND changed_at < :cutoff)";

  private static final String COUNT_PRUNED =
      "SELECT tenant, state, count(*) FROM task" + IS_OVER + " GROUP BY tenant, state";

  /** The tasks themselves last: all else is found by them. */
  private static final List<String> PRUNE =
      List.of(
          "DELETE FROM task_text" + IS_OVER,
          "DELETE FROM task_result" + IS_OVER,
          "DELETE FROM task_alternative" + IS_OVER,
          "DELETE FROM task_attempt" + IS_OVER,
          "DELETE FROM task_progress" + IS_OVER,
          "DELETE FROM task_chunk" + IS_OVER,
          "DELETE FROM task_key" + IS_OVER,
          "DELETE FROM task_origin" + IS_OVER,
          "DELETE FROM task" + IS_OVER);

  private static final String OF_BATCH =
      " WHERE seq IN"
          + " (SELECT seq FROM task WHERE tenant = :tenant AND batch = :batch AND seq <= :last)";

  private static final List<String> REMOVE_OF_BATCH =
      List.of(
          "DELETE FROM task_text" + OF_BATCH,
          "DELETE FROM task_result" + OF_BATCH,
          "DELETE FROM task_alternative" + OF_BATCH,
          "DELETE FROM task_attempt" + OF_BATCH,
          "DELETE FROM task_progress" + OF_BATCH,
          "DELETE FROM task_chunk" + OF_BATCH,
          "DELETE FROM task_key" + OF_BATCH,
          "DELETE FROM task_origin" + OF_BATCH,
          "DELETE FROM task" + OF_BATCH);

  private final Session session;
  private final ReadyLines lines;

  TaskQueries(Session session, ReadyLines lines) {
    this.session = session;
    this.lines = lines;
  }

  List<TaskRow> list(TenantId tenant, Filter filter, long before, int max) {
    return session
        .handle()
        .createQuery(LIST)
        .bind("before", before)
        .bind("tenant", tenant.value())
        .bind("state", filter.state().map(state -> Codes.of(state)))
        .bind("queue", filter.queue().map(QueueName::value))
        .bind("max", max)
        .map((row, context) -> TaskMapper.read(row))
        .list();
  }

  List<Depth> depths(TenantId tenant) {
    return session
        .handle()
        .createQuery(
            """
            SELECT queue, state, count(*) AS n FROM task
             WHERE state = 1 AND tenant = :tenant GROUP BY queue
            UNION ALL
            SELECT queue, state, count(*) FROM task
             WHERE state = 2 AND +tenant = :tenant GROUP BY queue
            UNION ALL
            SELECT queue, state, count(*) FROM task
             WHERE state = 0 AND start_at > 0 AND +tenant = :tenant GROUP BY queue
            UNION ALL
            SELECT queue, state, count(*) FROM task
             WHERE state = 0 AND start_at = 0 AND tenant = :tenant GROUP BY queue
            """)
        .bind("tenant", tenant.value())
        .map(
            (row, context) ->
                new Depth(
                    new QueueName(row.getString(1)), Codes.state(row.getInt(2)), row.getLong(3)))
        .collect(DepthSums.collector());
  }

  int ahead(TaskRow row, int max) {
    try {
      int ahead = 0;
      for (String line : lines.of(row.tenant(), row.terms().queue(), ModelFilter.ANY)) {
        ahead += ahead < max ? ahead(row, line, max - ahead) : 0;
      }
      return ahead;
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  private int ahead(TaskRow row, String line, int max) {
    return session
        .handle()
        .createQuery(
            """
            SELECT count(*) FROM (
              SELECT 1 FROM task
               WHERE state = 1 AND tenant = :tenant AND queue = :queue AND model = :line
                 AND (rank, seq) < (:rank, :seq)
               LIMIT :max)
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

  /** Removes the tasks of a batch that are numbered up to {@code last}. */
  static void removeOfBatch(Session session, TenantId tenant, BatchId batch, long last) {
    for (String delete : REMOVE_OF_BATCH) {
      session
          .handle()
          .createUpdate(delete)
          .bind("tenant", tenant.value())
          .bind("batch", batch.value())
          .bind("last", last)
          .execute();
    }
  }

  Pruned prune(Instant cutoff, long afterSeq, int max) {
    var handle = session.handle();
    Optional<Long> last =
        handle
            .createQuery(
                "SELECT max(seq) FROM (SELECT seq FROM task WHERE seq > :after"
                    + " ORDER BY seq LIMIT :max)")
            .bind("after", afterSeq)
            .bind("max", max)
            .mapTo(Long.class)
            .findOne();
    if (last.isEmpty()) {
      return new Pruned(Optional.empty(), List.of());
    }
    List<Gone> gone =
        handle
            .createQuery(COUNT_PRUNED)
            .bind("after", afterSeq)
            .bind("last", last.get())
            .bind("cutoff", cutoff.toEpochMilli())
            .map(
                (row, context) ->
                    new Gone(
                        new TenantId(row.getString(1)), Codes.state(row.getInt(2)), row.getInt(3)))
            .list();
    for (String delete : PRUNE) {
      handle
          .createUpdate(delete)
          .bind("after", afterSeq)
          .bind("last", last.get())
          .bind("cutoff", cutoff.toEpochMilli())
          .execute();
    }
    return new Pruned(last, gone);
  }
}
