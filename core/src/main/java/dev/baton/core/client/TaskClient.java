package dev.baton.core.client;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.TaskRows;
import dev.baton.core.port.TaskRows.Filter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client may ask of a Baton, wherever it runs: in this process over a store, or behind HTTP.
 * It acts for one tenant, chosen when it is made.
 *
 * <p><b>Threads:</b> safe for concurrent use. Every call blocks until its effect is durable.
 *
 * <p><b>Errors:</b> refusals are {@link BatonException}s with the use case's own {@link ErrorCode};
 * {@link ErrorCode#STORE_UNAVAILABLE} also means that no server answered, and then the outcome is
 * unknown: every call may be repeated, and a repeated one is harmless where it names a task id, a
 * dedupe key or a lease.
 *
 * <p>Implementations pass {@code TaskClientContract}.
 */
public interface TaskClient extends AutoCloseable {
  /** Tasks that one call may bring or take. */
  int BATCH_MAX = 1_000;

  /** Models that a worker may name. */
  int MODELS_MAX = 64;

  /** The longest beginning of a prompt in a list. */
  int EXCERPT_MAX = 500;

  /** The longest wait for a first task. */
  Duration WAIT_MAX = Duration.ofMinutes(5);

  /**
   * Submits all or none, in order. Gates, idempotency keys, dedupe keys that end with success and
   * backoffs other than the default can't be carried everywhere: where they can't, they are refused
   * with {@link ErrorCode#VALIDATION_FAILED}. A task that names a model or says how it is to be
   * asked goes by itself, as a list of one.
   *
   * @param tasks 1 to {@link #BATCH_MAX}
   */
  List<Receipt> put(List<NewTask> tasks);

  /**
   * Leases the ready tasks of lowest rank; an empty list when none is ready. A caller whose thread
   * is interrupted while it waits gets an empty list, its interrupt flag set again, and holds
   * nothing.
   *
   * @param wait how long to wait for a first task, zero to {@link #WAIT_MAX}
   */
  List<Granted> lease(Ask ask, Duration wait);

  /**
   * Stores answers, each on its own, and tells of each, in order, what became of it.
   *
   * @param answers 1 to {@link #BATCH_MAX}
   */
  List<Settled> complete(List<Settlement.Complete> answers);

  /**
   * Ends a lease with a failure.
   *
   * @throws BatonException of {@link ErrorCode#LEASE_LOST}, {@link ErrorCode#TASK_CANCELLED} or
   *     {@link ErrorCode#TASK_NOT_FOUND}
   */
  void fail(Settlement.Fail failure);

  /** Gives a task back, uncounted; refused as {@link #fail} is. */
  void release(Settlement.Release release);

  /** Extends a lease to {@code lease} from now and says when it ends; refused as {@link #fail}. */
  Instant extend(LeaseId lease, Duration duration, Optional<Progress> progress);

  /**
   * Adds pieces to the running answer.
   *
   * @param from the number of the first piece; empty: the next
   * @return the number of the last piece stored
   */
  int append(LeaseId lease, Optional<Integer> from, List<String> texts);

  /** The task with its texts, its history and why it waits; empty when there is none. */
  Optional<TaskView> find(TaskId id);

  /**
   * How tasks stand, without their prompts: the cheap way to wait for many answers. Ids that are
   * not known are left out.
   *
   * @param ids up to {@link #BATCH_MAX}
   */
  Map<TaskId, TaskAnswer> answers(List<TaskId> ids);

  /**
   * A page of tasks without their texts, newest first.
   *
   * @param before only tasks whose {@code seq} is lower; {@link Long#MAX_VALUE} for the first page
   * @param max 1 to {@link #BATCH_MAX}
   */
  default List<Summary> list(Filter filter, long before, int max) {
    return list(filter, before, max, 0);
  }

  /**
   * As {@link #list(Filter, long, int)}, with beginnings of the prompts, which long lists have of
   * their first lines only.
   *
   * @param excerpt UTF-16 units of a prompt to tell, 0 to {@link #EXCERPT_MAX}
   */
  List<Summary> list(Filter filter, long before, int max, int excerpt);

  /** Calls a task off and tells its state. */
  TaskState.Kind cancel(TaskId id);

  /** Gives a dead or cancelled task all its attempts again and tells its state. */
  TaskState.Kind redrive(TaskId id);

  /**
   * Changes a task that waits and tells its state. Over HTTP what is asked of the model is changed
   * first, and the rest in a second step.
   */
  TaskState.Kind edit(TaskId id, Edit edit);

  /** What the serving process did since it started. */
  Tally tally();

  /** Lets go of what this client opened; a server behind HTTP goes on. */
  @Override
  void close();

  /**
   * The task that a submit stands for.
   *
   * @param replayed whether it existed before
   */
  record Receipt(TaskId id, boolean replayed) {
    public Receipt {
      requireNonNull(id, "id");
    }
  }

  /**
   * What a worker asks for.
   *
   * @param queues 1 to 16 queues; the lowest rank over all of them goes first
   * @param lease how long, up to the server's bound; over HTTP fractions of a second are rounded up
   * @param max tasks at most, 1 to {@link #BATCH_MAX}
   * @param models those it answers for, up to {@link #MODELS_MAX}; empty: any. Tasks that name none
   *     go to who answers for the model that is preferred, or to anybody where none is
   * @param maxCharacters longer prompts stay for others, as {@link Prompt#isWithin} counts them; at
   *     least 1, {@link TaskRows#ANY_LENGTH} for all
   */
  record Ask(
      List<QueueName> queues,
      WorkerId worker,
      Duration lease,
      int max,
      List<ModelName> models,
      int maxCharacters) {
    public Ask {
      models = List.copyOf(models);
      checkArgument(models.size() <= MODELS_MAX, "at most %s models", MODELS_MAX);
      requireNonNull(worker, "worker");
      queues = List.copyOf(queues);
      checkArgument(!queues.isEmpty() && queues.size() <= 16, "1 to 16 queues");
      checkArgument(lease.toMillis() >= 1, "a lease is at least 1 ms");
      checkArgument(max >= 1 && max <= BATCH_MAX, "1 to %s tasks at once", BATCH_MAX);
      checkArgument(maxCharacters >= 1, "a prompt has at least 1 character");
    }

    /** For prompts of any length. */
    public Ask(
        List<QueueName> queues, WorkerId worker, Duration lease, int max, List<ModelName> models) {
      this(queues, worker, lease, max, models, TaskRows.ANY_LENGTH);
    }

    /** For any model. */
    public Ask(List<QueueName> queues, WorkerId worker, Duration lease, int max) {
      this(queues, worker, lease, max, List.of());
    }
  }

  /**
   * A task in the caller's hands until {@code expiresAt}, unless it extends the lease.
   *
   * @param prompt all that is asked; where it has messages its text is them as one text
   * @param model that the task asks for
   */
  record Granted(
      LeaseId lease, int attempt, Instant expiresAt, Prompt prompt, Optional<ModelName> model) {
    public Granted {
      requireNonNull(model, "model");
      requireNonNull(lease, "lease");
      requireNonNull(expiresAt, "expiresAt");
      requireNonNull(prompt, "prompt");
    }

    public TaskId taskId() {
      return lease.taskId();
    }
  }

  /**
   * One line of a list.
   *
   * @param seq its number in submit order
   * @param worker who has it or had it last
   * @param excerpt the beginning of what is asked, where it was wanted
   */
  record Summary(
      TaskId id,
      long seq,
      QueueName queue,
      TaskState.Kind state,
      Priority priority,
      int attempts,
      Instant submittedAt,
      Instant changedAt,
      Optional<WorkerId> worker,
      Optional<String> excerpt) {}

  /**
   * What to change of a task that waits; absent stays as it is.
   *
   * @param asked messages, temperature and the bound of tokens that are there replace those of the
   *     task; nothing else of it can be changed
   */
  record Edit(
      Optional<String> text,
      Optional<Metadata> metadata,
      Optional<Priority> priority,
      Optional<Instant> startAt,
      Optional<Instant> deadline,
      Optional<ModelName> model,
      Parameters asked) {

    /** Changes nothing. */
    public static final Edit NOTHING =
        new Edit(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Leaves the model as it is, and how it is asked. */
    public Edit(
        Optional<String> text,
        Optional<Metadata> metadata,
        Optional<Priority> priority,
        Optional<Instant> startAt,
        Optional<Instant> deadline) {
      this(text, metadata, priority, startAt, deadline, Optional.empty(), Parameters.NONE);
    }

    /** Whether it changes which model is asked, or how. */
    public boolean isOfTheModel() {
      return model.isPresent() || !asked.equals(Parameters.NONE);
    }
  }

  /** Tasks submitted, leases granted, answers stored, leases expired. */
  record Tally(long submitted, long leased, long answered, long expired) {}
}
