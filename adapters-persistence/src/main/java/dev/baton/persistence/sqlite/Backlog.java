package dev.baton.persistence.sqlite;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.persistence.jdbc.Session;
import java.nio.file.Path;

/** See {@link dev.baton.persistence.RawLimit#fill}. Not part of the store. */
public final class Backlog {
  // A number spread over the id, so that the id index is as deep and as scattered as a real one.
  private static final String TASKS =
      """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
      INSERT INTO task (seq, id, tenant, queue, rank, submitted_at, plain, priority, state,
                        attempts, token, leased_at, lease_until, start_at, in_gate, changed_at)
      SELECT :from + i, 'filled-' || (((:from + i) * 2654435761) % 4294967296) || '-' || (:from + i),
             :tenant, :queue, :from + i, :from + i, 1, 0, :state, :token, :token, 0, 0, 0, 0, 0
        FROM n
      """;
  private static final String TEXTS =
      """
      INSERT INTO task_text (seq, prompt)
      SELECT seq, :text FROM task WHERE seq > :from AND seq <= :from + :count
      """;
  private static final String RESULTS =
      """
      INSERT INTO task_result (seq, at, content)
      SELECT seq, 0, :text FROM task WHERE seq > :from AND seq <= :from + :count
      """;
  private static final int READY = 1;
  private static final int SUCCEEDED = 3;

  private Backlog() {}

  /** Adds so many finished tasks, then so many waiting ones. */
  public static void fill(Path file, int finished, int waiting, int textLength) {
    String text = "x".repeat(textLength);
    try (Session session = SqliteSessions.writer(file, false)) {
      long from =
          session
              .handle()
              .createQuery("SELECT coalesce(max(seq), 0) FROM task")
              .mapTo(Long.class)
              .one();
      session.execute("BEGIN IMMEDIATE");
      add(session, TASKS, from, finished, SUCCEEDED, text);
      add(session, TEXTS, from, finished, SUCCEEDED, text);
      add(session, RESULTS, from, finished, SUCCEEDED, text);
      add(session, TASKS, from + finished, waiting, READY, text);
      add(session, TEXTS, from + finished, waiting, READY, text);
      session.execute("COMMIT");
      session.handle().execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  private static void add(
      Session session, String sql, long from, int count, int state, String text) {
    if (count == 0) {
      return;
    }
    session
        .handle()
        .createUpdate(sql)
        .bind("from", from)
        .bind("count", count)
        .bind("tenant", TenantId.DEFAULT.value())
        .bind("queue", QueueName.DEFAULT.value())
        .bind("state", state)
        .bind("token", state == READY ? 0 : 1)
        .bind("text", text)
        .execute();
  }
}
