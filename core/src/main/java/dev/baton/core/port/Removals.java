package dev.baton.core.port;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.TaskRow;
import java.time.Instant;

/** Tasks that go before their time; part of a {@link Transaction}. */
public interface Removals {

  /** Removes a task with all that belongs to it; its id is free afterwards. */
  void remove(TaskRow row);

  /** Remembers that a task was taken from whoever held it. */
  void bury(TenantId tenant, TaskId id, Instant at);

  /** Whether a task of this id was, and no {@link #prune} forgot it. */
  boolean isBuried(TenantId tenant, TaskId id);

  /** Forgets what was buried before {@code cutoff}; how many. */
  int prune(Instant cutoff, int max);
}
