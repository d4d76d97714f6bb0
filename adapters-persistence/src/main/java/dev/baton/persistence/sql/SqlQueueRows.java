package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.port.QueueRows;
import dev.baton.core.port.Store.Line;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Sql;
import dev.baton.persistence.jdbc.Statements;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Paused queues. */
final class SqlQueueRows implements QueueRows {
  private static final String PAUSE =
      Sql.insert("paused_queue", "tenant, queue") + " ON CONFLICT DO NOTHING";

  /** Read at each start, also of a short command: a plain statement. */
  private static final String PAUSED = "SELECT tenant, queue FROM paused_queue";

  private static final String RESUME =
      "DELETE FROM paused_queue WHERE tenant = :tenant AND queue = :queue";

  private final Sql sql;
  private final Supplier<Set<Line>> committed;
  private @Nullable Set<Line> pausedHere;

  /**
   * @param committed what is paused as of the last commit: asked with every lease, so kept in
   *     memory
   */
  SqlQueueRows(Sql sql, Supplier<Set<Line>> committed) {
    this.sql = sql;
    this.committed = committed;
  }

  static Set<Line> loadPaused(Session session) {
    return Set.copyOf(
        Statements.query(
            session,
            PAUSED,
            none -> {},
            row -> new Line(new TenantId(row.text()), new QueueName(row.text()))));
  }

  void begin() {
    pausedHere = null;
  }

  void resetTo(Optional<Set<Line>> mark) {
    pausedHere = mark.orElse(null);
  }

  /** What is paused as this transaction leaves it; empty when it changed nothing of that. */
  Optional<Set<Line>> pausedHere() {
    return Optional.ofNullable(pausedHere).map(Set::copyOf);
  }

  @Override
  public List<QueueName> paused(TenantId tenant) {
    Set<Line> now = pausedHere == null ? committed.get() : pausedHere;
    return now.isEmpty()
        ? List.of()
        : now.stream().filter(line -> line.tenant().equals(tenant)).map(Line::queue).toList();
  }

  @Override
  public void setPaused(TenantId tenant, QueueName queue, boolean pause) {
    sql.update(pause ? PAUSE : RESUME).bind("tenant", tenant).bind("queue", queue).execute();
    Set<Line> changed = new HashSet<>(pausedHere == null ? committed.get() : pausedHere);
    Line line = new Line(tenant, queue);
    if (pause) {
      changed.add(line);
    } else {
      changed.remove(line);
    }
    pausedHere = changed;
  }
}
