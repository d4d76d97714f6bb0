package dev.baton.core.port;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tasks of a {@link Transaction}. Rows that a writing transaction was given stay as they are
 * until it ends, but for what it does itself. Lists come in the order stated; {@code max} is at
 * least 1.
 */
public interface TaskRows {
  /** UTF-16 units of prompts and metadata after which {@link #nextReady} stops short. */
  int READY_TEXT_MAX = 8 << 20;

  /** Every prompt is within it. */
  int ANY_LENGTH = Integer.MAX_VALUE;

  /**
   * Adds tasks, whose ids must be free, and numbers them in the order given; the rows' own {@code
   * seq} is not looked at. A number that a stored task had is never given again, whatever was
   * removed and however often the store was opened since.
   */
  List<TaskRow> insert(List<Submission> submissions);

  /** The tasks that exist among {@code ids}. */
  Map<TaskId, TaskRow> find(TenantId tenant, List<TaskId> ids);

  /** The task with this number. */
  Optional<TaskRow> find(long seq);

  /**
   * The ready tasks of lowest rank over all {@code queues}, lowest first: at most {@code max}, and
   * none beyond the one whose text brings them to {@link #READY_TEXT_MAX}. Tasks whose model {@code
   * models} does not accept are passed over, at a cost that does not grow with their number.
   */
  default List<Submission> nextReady(
      TenantId tenant, List<QueueName> queues, ModelFilter models, int max) {
    return nextReady(tenant, queues, models, max, ANY_LENGTH);
  }

  /**
   * The same, but for tasks whose prompt is not {@link Prompt#isWithin within} {@code
   * maxCharacters}: those are passed over at the cost of a step in the index for each, and nothing
   * more is looked at where it is {@link #ANY_LENGTH}.
   */
  List<Submission> nextReady(
      TenantId tenant, List<QueueName> queues, ModelFilter models, int max, int maxCharacters);

  /** Tenants that have a ready task, by name, after this one; {@code ""} for the first. */
  List<TenantId> readyTenants(String after, int max);

  /** Writes the state of each row. */
  void update(List<TaskRow> rows);

  /** Writes the terms and the prompt of a row that waits. */
  void amend(TaskRow row, Prompt prompt);

  /** What it asks; the task must exist. */
  Prompt prompt(long seq);

  /** Leased tasks whose lease has run out at {@code now}, longest ago first. */
  List<TaskRow> expired(Instant now, int max);

  /** Held tasks whose start time has come at {@code now}, longest ago first. */
  List<TaskRow> startable(Instant now, int max);

  /** Tasks that are not over although their deadline has passed at {@code now}. */
  List<TaskRow> overdue(Instant now, int max);

  /** Tasks held behind this gate that have no start time to wait for, lowest rank first. */
  List<TaskRow> heldBehind(TenantId tenant, GateId gate, int max);

  /** The earliest instant at which one of the three lists above will hold something. */
  Optional<Instant> nextDue();

  /**
   * A page of a tenant's tasks, newest first.
   *
   * @param before only tasks with a lower number; {@link Long#MAX_VALUE} for the first page
   */
  List<TaskRow> list(TenantId tenant, Filter filter, long before, int max);

  /** How many tasks wait in each state that is not over, by queue. */
  List<Depth> depths(TenantId tenant);

  /** How many ready tasks of its queue go before {@code row}, counted up to {@code max}. */
  int ahead(TaskRow row, int max);

  /**
   * Removes tasks that were over before {@code cutoff}, with all that belongs to them, looking at
   * {@code max} tasks at most; returns the highest number looked at and what went.
   */
  Pruned prune(Instant cutoff, long afterSeq, int max);

  /** A row with its prompt. */
  record Submission(TaskRow row, Prompt prompt) {

    /** UTF-16 units of its texts. */
    public int length() {
      return prompt.length();
    }
  }

  /** What to list: absent means any. */
  record Filter(Optional<TaskState.Kind> state, Optional<QueueName> queue) {
    public static final Filter ALL = new Filter(Optional.empty(), Optional.empty());
  }

  /** How far a pruning came; {@code lastSeq} is empty when no task is left to look at. */
  record Pruned(Optional<Long> lastSeq, List<Gone> removed) {
    public Pruned {
      removed = List.copyOf(removed);
    }

    /** How many went. */
    public int count() {
      return removed.stream().mapToInt(Gone::count).sum();
    }
  }

  /** So many of a tenant's tasks went, which were in this state. */
  record Gone(TenantId tenant, TaskState.Kind state, int count) {}

  /** A count of tasks. */
  record Depth(QueueName queue, TaskState.Kind state, long count) {}
}
