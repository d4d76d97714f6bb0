package dev.baton.core.domain.event;

import dev.baton.core.domain.access.TenantId;
import java.time.Instant;

/** A fact of the log, written in the transaction of the change that it tells. */
public sealed interface DomainEvent permits TaskEvent, BatchEvent, ScheduleEvent, AlertEvent {

  TenantId tenant();

  Instant at();
}
