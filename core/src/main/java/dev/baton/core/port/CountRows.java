package dev.baton.core.port;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskState;

/**
 * How many tasks a tenant has in each state; part of a {@link Transaction}. Kept with every move
 * and not counted, so that asking costs the same whatever there is.
 *
 * <p>A count is the sum of all that was added to it. Adding neither reads the sum nor locks it: a
 * store with several writers may keep the additions as rows of their own, which {@link #fold} puts
 * together.
 */
public interface CountRows {

  /** So many more tasks in this state, or fewer. */
  void add(TenantId tenant, TaskState.Kind state, long count);

  /** The sums as they are now, with what this transaction added. */
  Tally of(TenantId tenant);

  /**
   * Puts together what was added in rows of its own, at most {@code max} of them; returns how many
   * went. Changes no sum. A store that keeps sums has nothing to do.
   */
  default int fold(int max) {
    return 0;
  }
}
