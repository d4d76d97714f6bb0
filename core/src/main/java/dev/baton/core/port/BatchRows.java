package dev.baton.core.port;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.ListOrder;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The batches of a {@link Transaction}, with the counts of their tasks, which are kept with every
 * move and written once per transaction. {@code max} is at least 1.
 */
public interface BatchRows {

  /**
   * Adds a batch without tasks, whose id must be free, and numbers it; the batch's own {@code seq}
   * is not looked at.
   */
  Batch insert(Batch batch, Optional<IdempotencyKey> key);

  Optional<Batch> find(TenantId tenant, BatchId id);

  /** The newest batch that was made under this key's scope and value. */
  Optional<Keyed> findByKey(TenantId tenant, IdempotencyKey key);

  /** Writes what it is called and how far it came. */
  void update(Batch batch);

  /** Removes a batch that has no tasks any more. */
  void remove(Batch batch);

  /** So many more of its tasks in this state, or fewer; the batch must exist. */
  void count(TenantId tenant, BatchId id, TaskState.Kind state, long count);

  /** Its counts as they are now, with what this transaction changed; the batch must exist. */
  Tally tally(TenantId tenant, BatchId id);

  /**
   * A page of a tenant's batches.
   *
   * @param states only batches in one of these
   * @param skip how many to pass over, at least 0
   */
  List<Batch> list(TenantId tenant, Set<BatchState> states, ListOrder order, long skip, int max);

  /** How many batches {@link #list} would list in all. */
  long count(TenantId tenant, Set<BatchState> states);

  /** How many batches of all tenants are in each state; a state may be left out that none is in. */
  Map<BatchState, Long> countByState();

  /** Batches of all tenants whose tasks are being worked on, longest unchanged first. */
  List<Batch> busy(int max);

  /** Batches of all tenants that ended before {@code cutoff}, oldest first. */
  List<Batch> finishedBefore(Instant cutoff, int max);

  /** Tasks of a batch numbered above {@code after}, in the order of their numbers. */
  List<TaskRow> tasks(TenantId tenant, BatchId id, long after, int max);

  /** As {@link #tasks}, only those in one of {@code states}, passing over {@code skip} of them. */
  List<TaskRow> tasks(TenantId tenant, BatchId id, Set<TaskState.Kind> states, long skip, int max);

  /** Its tasks that are ready, lowest rank first. */
  List<TaskRow> ready(TenantId tenant, BatchId id, int max);

  /** Removes its tasks numbered up to {@code last}, with all that belongs to them. */
  void removeTasks(TenantId tenant, BatchId id, long last);

  /**
   * A batch and the request that made it.
   *
   * @param fingerprint as in {@link IdempotencyKey}
   */
  record Keyed(Batch batch, String fingerprint) {}
}
