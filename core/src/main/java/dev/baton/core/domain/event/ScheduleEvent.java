package dev.baton.core.domain.event;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.schedule.ScheduleId;
import java.time.Instant;

/**
 * A run of a schedule is over.
 *
 * @param run names this run among those of its schedule
 */
public record ScheduleEvent(
    TenantId tenant, ScheduleId scheduleId, String run, Kind kind, Instant at)
    implements DomainEvent {

  public ScheduleEvent {
    requireNonNull(tenant, "tenant");
    requireNonNull(scheduleId, "scheduleId");
    requireNonNull(run, "run");
    requireNonNull(kind, "kind");
    requireNonNull(at, "at");
  }

  /** What happened. The order is part of the stored form: append only. */
  public enum Kind {
    /** Its results are written, or its estimate is. */
    EXECUTED,
    /** Its batch could not be made, has no answer, or its results could not be written. */
    FAILED
  }
}
