package dev.baton.core.port;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.event.DomainEvent;
import dev.baton.core.domain.id.QueueName;

/**
 * One transaction of a {@link Store}: the rows, as they are now and as this work leaves them. Only
 * valid, and only to be used by one thread, while the work runs.
 */
public interface Transaction {

  TaskRows tasks();

  AnswerRows answers();

  KeyRows keys();

  GateRows gates();

  QueueRows queues();

  EventRows events();

  CountRows counts();

  BatchRows batches();

  PauseRows pauses();

  TaskPages pages();

  ScheduleRows schedules();

  StatRows stats();

  RequestRows requests();

  Removals removals();

  WebhookRows webhooks();

  /** Whether a listener should be told, after the commit, that {@code count} tasks became ready. */
  void readied(TenantId tenant, QueueName queue, int count);

  /** Adds to the log, in order. */
  default void log(DomainEvent event) {
    events().append(event);
  }
}
