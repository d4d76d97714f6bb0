package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.port.Store.Line;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Statements;
import java.util.HashSet;
import java.util.Set;

/**
 * The queues in which a task named a model, ever. Asked with every lease, so the writer keeps them
 * in memory; what a transaction adds is only believed once the next one begins.
 */
final class ModelQueues {
  private static final String LOAD = "SELECT tenant, queue FROM model_queue";
  private static final String ADD =
      "INSERT INTO model_queue (tenant, queue) VALUES (?,?) ON CONFLICT DO NOTHING";

  private final Session session;
  private final Set<Line> known = new HashSet<>();
  private final Set<Line> fresh = new HashSet<>();

  ModelQueues(Session session) {
    this.session = session;
    load();
  }

  private void load() {
    known.clear();
    known.addAll(
        Statements.query(
            session,
            LOAD,
            to -> {},
            row -> new Line(new TenantId(row.text()), new QueueName(row.text()))));
  }

  /**
   * At the start of a transaction.
   *
   * @param changedByOthers whether another connection wrote since
   */
  void begin(boolean changedByOthers) {
    known.addAll(fresh);
    fresh.clear();
    if (changedByOthers) {
      load();
    }
  }

  /** What was added in this transaction may be taken back: it is added anew when it is needed. */
  void rolledBack() {
    fresh.clear();
  }

  void add(Line line) {
    if (!known.contains(line) && fresh.add(line)) {
      insert(session, line);
    }
  }

  /** Adds it whether or not it is there. */
  static void insert(Session session, Line line) {
    Statements.update(
        session, ADD, to -> to.text(line.tenant().value()).text(line.queue().value()));
  }

  boolean contains(Line line) {
    return known.contains(line) || fresh.contains(line);
  }
}
