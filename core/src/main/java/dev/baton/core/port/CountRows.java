package dev.baton.core.port;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskState;
import java.util.List;

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

  /** As {@link #add}, of tasks of a queue, where those that are not over are counted as well. */
  default void add(TenantId tenant, QueueName queue, TaskState.Kind state, long count) {
    add(tenant, state, count);
    if (!state.isTerminal()) {
      addOpen(tenant, queue, state, count);
    }
  }

  /** So many more tasks of a queue in a state that is not the end, or fewer. */
  void addOpen(TenantId tenant, QueueName queue, TaskState.Kind state, long count);

  /**
   * Queues of all tenants with tasks that are not over, as the last transaction left them; those
   * with most of them first.
   *
   * @param max at least 1
   */
  List<Open> open(int max);

  /** How many tasks of a queue wait and run. */
  record Open(TenantId tenant, QueueName queue, long held, long ready, long leased) {}

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
