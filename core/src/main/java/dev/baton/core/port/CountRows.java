package dev.baton.core.port;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskState;

/**
 * How many tasks a tenant has in each state; part of a {@link Transaction}. Kept with every move
 * and not counted, so that asking costs the same whatever there is. A store writes what one
 * transaction changed of them once.
 */
public interface CountRows {

  /** So many more tasks in this state, or fewer. */
  void add(TenantId tenant, TaskState.Kind state, long count);

  /** As it is now, with what this transaction changed. */
  Tally of(TenantId tenant);
}
