package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.port.Store.Line;
import dev.baton.persistence.jdbc.Row;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines of a queue in which a task is ready: one step in the index for each, whatever the
 * number of tasks in it.
 */
final class ReadyLines {
  /** The name of the line of tasks that name no model. */
  static final String UNNAMED = "";

  private static final String NEXT =
      "SELECT model FROM task WHERE state = 1 AND tenant = ? AND queue = ? AND model > ?"
          + " ORDER BY model LIMIT 1";

  private static final String NEXT_TENANT =
      "SELECT tenant FROM task WHERE state = 1 AND tenant > ? ORDER BY tenant LIMIT 1";

  private final Session session;
  private final @Nullable ModelQueues queues;

  /**
   * @param queues absent for whoever reads or writes beside the file's writer: then every queue is
   *     looked at
   */
  ReadyLines(Session session, @Nullable ModelQueues queues) {
    this.session = session;
    this.queues = queues;
  }

  /** Names of lines that {@code models} accepts; the one without a name may be empty. */
  List<String> of(TenantId tenant, QueueName queue, ModelFilter models) {
    boolean unnamed = models.accepts(Optional.empty());
    if (queues != null && !queues.contains(new Line(tenant, queue))) {
      return unnamed ? List.of(UNNAMED) : List.of();
    }
    List<String> lines = new ArrayList<>();
    if (unnamed) {
      lines.add(UNNAMED);
    }
    Optional<String> line = next(tenant, queue, UNNAMED);
    while (line.isPresent()) {
      if (models.accepts(line.map(ModelName::new))) {
        lines.add(line.get());
      }
      line = next(tenant, queue, line.get());
    }
    return lines;
  }

  private Optional<String> next(TenantId tenant, QueueName queue, String line) {
    return Statements.first(
        session, NEXT, to -> to.text(tenant.value()).text(queue.value()).text(line), Row::text);
  }

  /** Tenants with a ready task, after this name. */
  List<TenantId> tenants(String after, int max) {
    List<TenantId> tenants = new ArrayList<>();
    Optional<String> next = nextTenant(after);
    while (next.isPresent() && tenants.size() < max) {
      tenants.add(new TenantId(next.get()));
      next = nextTenant(next.get());
    }
    return tenants;
  }

  private Optional<String> nextTenant(String after) {
    return Statements.first(session, NEXT_TENANT, to -> to.text(after), Row::text);
  }
}
