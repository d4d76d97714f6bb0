package dev.baton.core.domain.event;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.TaskId;
import java.time.Instant;

/**
 * Something happened to a task.
 *
 * @param attempt the attempt it concerns, 0 before the first
 */
public record TaskEvent(TenantId tenant, TaskId taskId, Kind kind, int attempt, Instant at)
    implements DomainEvent {

  public TaskEvent {
    requireNonNull(tenant, "tenant");
    requireNonNull(taskId, "taskId");
    requireNonNull(kind, "kind");
    requireNonNull(at, "at");
  }

  /** What happened. The order is part of the stored form: append only. */
  public enum Kind {
    SUBMITTED,
    /** A gate opened, or the start time came. */
    READIED,
    LEASED,
    SUCCEEDED,
    /** The attempt failed; another one follows. */
    FAILED,
    /** The lease ran out. */
    EXPIRED,
    /** Its holder gave it back. */
    RELEASED,
    /** No attempt is left, the failure is permanent, or the deadline passed. */
    DIED,
    CANCELLED,
    REDRIVEN,
    EDITED,
    /** It was ready, and its gate closed. */
    HELD
  }
}
