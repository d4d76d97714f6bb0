package dev.baton.core.domain.event;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.BatchId;
import java.time.Instant;

/** Something happened to a batch. */
public record BatchEvent(TenantId tenant, BatchId batchId, Kind kind, Instant at)
    implements DomainEvent {

  public BatchEvent {
    requireNonNull(tenant, "tenant");
    requireNonNull(batchId, "batchId");
    requireNonNull(kind, "kind");
    requireNonNull(at, "at");
  }

  /** What happened. The order is part of the stored form: append only. */
  public enum Kind {
    /** All its rows are stored. */
    CREATED,
    /** A run began. */
    STARTED,
    /** A run ended, with at least one answer. */
    COMPLETED,
    /** A run ended without any answer. */
    FAILED,
    CANCELLED,
    PAUSED,
    RESUMED,
    EDITED,
    DELETED
  }
}
