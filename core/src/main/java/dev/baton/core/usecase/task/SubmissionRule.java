package dev.baton.core.usecase.task;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.port.Transaction;

/** What a task's group has to say when the task is submitted. Must be thread-safe. */
public interface SubmissionRule {

  /**
   * The task with what its group says where the task does not. Repeating it changes nothing.
   *
   * @throws BatonException when there is no such group
   */
  NewTask completed(Transaction tx, TenantId tenant, NewTask task);

  /**
   * Whether the group takes new tasks.
   *
   * @throws BatonException when it does not
   */
  void check(Transaction tx, TenantId tenant, NewTask task);
}
