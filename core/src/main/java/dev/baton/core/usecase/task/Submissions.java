package dev.baton.core.usecase.task;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.LeaseState.Waiting;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Rank;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.port.KeyRows;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.TaskRows.Submission;
import dev.baton.core.port.Transaction;
import dev.baton.core.usecase.idempotency.IdempotencyKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** Takes prompts in. Thread-safe; holds no state of its own. */
public final class Submissions {
  /** Tasks that one call may submit. */
  public static final int BATCH_MAX = 1_000;

  private final Store store;
  private final InstantSource clock;
  private final InstantSource calendar;
  private final RandomGenerator random;
  private final Settings settings;
  private final IdempotencyKeys keys;
  private final Counters counters;
  private final Transitions transitions;
  private final SubmissionRule rule;

  /**
   * What time is taken from.
   *
   * @param steady for order, and for what is counted from now
   * @param calendar for instants that people name, and are shown
   */
  public record Clocks(InstantSource steady, InstantSource calendar) {}

  /** {@code random} must be safe for use by several threads. */
  public Submissions(
      Store store,
      Clocks clocks,
      RandomGenerator random,
      Settings settings,
      Counters counters,
      Transitions transitions,
      SubmissionRule rule) {
    this.transitions = requireNonNull(transitions, "transitions");
    this.rule = requireNonNull(rule, "rule");
    this.store = requireNonNull(store, "store");
    this.clock = clocks.steady();
    this.calendar = clocks.calendar();
    this.random = requireNonNull(random, "random");
    this.settings = requireNonNull(settings, "settings");
    this.keys = new IdempotencyKeys(settings.keyRetention());
    this.counters = requireNonNull(counters, "counters");
  }

  /** As {@link #submit(TenantId, List)}, for one. */
  public CompletableFuture<Submitted> submit(TenantId tenant, NewTask task) {
    return submit(tenant, List.of(task)).thenApply(list -> list.get(0));
  }

  /**
   * Submits all or none, in order. A task whose id, dedupe key or idempotency key stands for a task
   * already is not stored again: the answer names that task.
   *
   * <p>Refused with {@link ErrorCode#TASK_EXISTS} when an id is taken by other content, {@link
   * ErrorCode#IDEMPOTENCY_KEY_REUSED} when a key was used for another request, {@link
   * ErrorCode#VALIDATION_FAILED} when there is no such gate or its deadline has passed, {@link
   * ErrorCode#BATCH_NOT_FOUND} when there is no such batch, {@link ErrorCode#INVALID_STATE} when it
   * is over. A task that joins a batch takes over what the batch says and the task does not.
   *
   * @param tasks 1 to {@link #BATCH_MAX}
   */
  public CompletableFuture<List<Submitted>> submit(TenantId tenant, List<NewTask> tasks) {
    checkArgument(
        !tasks.isEmpty() && tasks.size() <= BATCH_MAX, "1 to %s tasks at once", BATCH_MAX);
    Instant now = clock.instant();
    return store
        .write(Urgency.SUBMIT, tx -> submitIn(tx, tenant, tasks, now))
        .thenApply(
            submitted -> {
              counters.submitted(submitted.stream().filter(s -> !s.replayed()).count());
              return submitted;
            });
  }

  /**
   * Submits within a transaction that somebody else commits, with all that {@link #submit} promises
   * but for the counters, which count what this process committed itself.
   */
  public List<Submitted> submitIn(Transaction tx, TenantId tenant, List<NewTask> tasks) {
    return submitIn(tx, tenant, tasks, clock.instant());
  }

  private List<Submitted> submitIn(
      Transaction tx, TenantId tenant, List<NewTask> tasks, Instant now) {
    boolean anyNamed = tasks.stream().anyMatch(Submissions::isNamed);
    if (!anyNamed) {
      tasks.forEach(task -> checkDeadline(task, calendar.instant()));
      return insert(tx, tenant, tasks, now);
    }
    // One by one: a later task of the list may repeat the name of an earlier one.
    List<Submitted> submitted = new ArrayList<>(tasks.size());
    for (NewTask given : tasks) {
      NewTask task = rule.completed(tx, tenant, given);
      Optional<TaskRow> existing = existing(tx, tenant, task, now);
      if (existing.isEmpty()) {
        checkDeadline(given, calendar.instant());
      }
      submitted.add(
          existing.isPresent()
              ? replay(tx, tenant, task, existing.get(), now)
              : insertNamed(tx, tenant, task, now));
    }
    return submitted;
  }

  private static void checkDeadline(NewTask task, Instant now) {
    if (task.deadline().filter(at -> !at.isAfter(now)).isPresent()) {
      throw new BatonException(ErrorCode.VALIDATION_FAILED, "the deadline has passed");
    }
  }

  /** The request's key names this task from now on, also when it was found by another name. */
  private Submitted replay(
      Transaction tx, TenantId tenant, NewTask task, TaskRow existing, Instant now) {
    task.idempotencyKey()
        .filter(key -> keys.find(tx, tenant, key, now).isEmpty())
        .ifPresent(key -> IdempotencyKeys.put(tx, tenant, key, existing.seq(), now));
    return new Submitted(existing.id(), true, existing.terms().submittedAt());
  }

  private static boolean isNamed(NewTask task) {
    return task.id().isPresent()
        || task.dedupeKey().isPresent()
        || task.idempotencyKey().isPresent();
  }

  private Submitted insertNamed(Transaction tx, TenantId tenant, NewTask task, Instant now) {
    Submitted submitted = insert(tx, tenant, List.of(task), now).get(0);
    if (task.dedupeKey().isPresent() || task.idempotencyKey().isPresent()) {
      long seq =
          requireNonNull(tx.tasks().find(tenant, List.of(submitted.id())).get(submitted.id()))
              .seq();
      task.dedupeKey().ifPresent(key -> IdempotencyKeys.put(tx, tenant, key, seq, now));
      task.idempotencyKey().ifPresent(key -> IdempotencyKeys.put(tx, tenant, key, seq, now));
    }
    return submitted;
  }

  private List<Submitted> insert(
      Transaction tx, TenantId tenant, List<NewTask> tasks, Instant now) {
    List<Submission> submissions = new ArrayList<>(tasks.size());
    List<Submitted> submitted = new ArrayList<>(tasks.size());
    for (NewTask given : tasks) {
      NewTask task = rule.completed(tx, tenant, given);
      rule.check(tx, tenant, task);
      TaskRow row = row(tx, tenant, task, now);
      submissions.add(new Submission(row, task.prompt()));
      submitted.add(new Submitted(row.id(), false, row.terms().submittedAt()));
    }
    List<TaskRow> rows = transitions.insert(tx, submissions, now);
    for (int i = 0; i < rows.size(); i++) {
      TaskRow row = rows.get(i);
      tasks.get(i).requestId().ifPresent(made -> tx.requests().putOrigin(row.seq(), made));
    }
    return submitted;
  }

  private TaskRow row(Transaction tx, TenantId tenant, NewTask task, Instant now) {
    Priority priority = task.priority().orElse(Priority.NORMAL);
    Instant said = calendar.instant();
    Terms terms =
        new Terms(
            task.queue().orElse(QueueName.DEFAULT),
            priority,
            Rank.of(said, priority, task.deadline(), settings.headStart())
                + Duration.between(said, now).toMillis(),
            said,
            task.deadline(),
            task.retry().orElse(RetryPolicy.DEFAULT),
            task.gate(),
            task.dedupeKey(),
            task.model(),
            task.batch());
    long startAt = task.startAt().map(Instant::toEpochMilli).orElse(0L);
    Waiting waiting = Gatekeeper.enter(tx, tenant, terms, startAt, said);
    TaskId id = task.id().orElseGet(() -> TaskIds.next(now, random));
    LeaseState leaseState =
        LeaseState.submitted(
            waiting.state(), waiting.startAt(), waiting.inGate(), now.toEpochMilli());
    return new TaskRow(0, tenant, id, terms, leaseState);
  }

  private Optional<TaskRow> existing(Transaction tx, TenantId tenant, NewTask task, Instant now) {
    return byIdempotencyKey(tx, tenant, task, now)
        .or(() -> byDedupeKey(tx, tenant, task, now))
        .or(() -> byId(tx, tenant, task));
  }

  private Optional<TaskRow> byIdempotencyKey(
      Transaction tx, TenantId tenant, NewTask task, Instant now) {
    return task.idempotencyKey()
        .flatMap(key -> keys.find(tx, tenant, key, now).map(use -> checked(use, key)))
        .flatMap(use -> tx.tasks().find(use.seq()));
  }

  private static KeyRows.Use checked(KeyRows.Use use, IdempotencyKey key) {
    IdempotencyKeys.checkSame(use.fingerprint(), key.fingerprint());
    return use;
  }

  private Optional<TaskRow> byDedupeKey(
      Transaction tx, TenantId tenant, NewTask task, Instant now) {
    return task.dedupeKey()
        .flatMap(
            key ->
                keys.find(tx, tenant, key, now)
                    .flatMap(use -> tx.tasks().find(use.seq()))
                    .filter(row -> keepsKey(row, key)));
  }

  private static boolean keepsKey(TaskRow row, DedupeKey key) {
    return switch (row.state()) {
      case HELD, READY, LEASED -> true;
      case SUCCEEDED -> !key.onlyWhileUnfinished();
      case DEAD, CANCELLED -> false;
    };
  }

  private static Optional<TaskRow> byId(Transaction tx, TenantId tenant, NewTask task) {
    return task.id()
        .flatMap(
            id ->
                Optional.ofNullable(tx.tasks().find(tenant, List.of(id)).get(id))
                    .map(
                        row -> {
                          if (!tx.tasks().prompt(row.seq()).equals(task.prompt())) {
                            throw new BatonException(
                                ErrorCode.TASK_EXISTS, "task " + id + " exists with other content");
                          }
                          return row;
                        }));
  }

  /** The queue names that a fresh installation knows. */
  public static List<QueueName> defaultQueues() {
    return List.of(QueueName.INTEGRATION, QueueName.DEFAULT);
  }
}
