package dev.baton.core.usecase.batch;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.BatchWalkState;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.BatchEvent;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.Transaction;
import dev.baton.core.usecase.task.SubmissionRule;
import dev.baton.core.usecase.task.Transition;
import dev.baton.core.usecase.task.TransitionListener;
import dev.baton.core.usecase.task.Transitions;
import java.time.Instant;
import java.util.Optional;

/**
 * How a batch lives with its tasks: its counts follow their moves, it begins, it is over in the
 * transaction of its last task's move, and it begins again when one of its tasks does. Thread-safe;
 * holds no state.
 */
public final class BatchLife implements TransitionListener, SubmissionRule {
  private final Transitions transitions;

  public BatchLife(Transitions transitions) {
    this.transitions = requireNonNull(transitions, "transitions");
  }

  @Override
  public void onTransition(Transaction tx, Transition transition) {
    TaskRow row = transition.after();
    if (row.terms().batch().isEmpty() || !transition.isMove()) {
      return;
    }
    BatchId id = row.terms().batch().get();
    Kind from = transition.from();
    if (from != null) {
      tx.batches().count(row.tenant(), id, from, -1);
    }
    tx.batches().count(row.tenant(), id, row.state(), 1);
    if (row.state().isTerminal()) {
      endIfOver(tx, row.tenant(), id, transition.at());
    }
  }

  /** Its batch, if that is over, begins another run before it does, so that it finds a place. */
  @Override
  public void beforeRevival(Transaction tx, TaskRow row, Instant now) {
    row.terms()
        .batch()
        .flatMap(id -> tx.batches().find(row.tenant(), id))
        .filter(batch -> batch.state().isFinished())
        .ifPresent(batch -> begin(tx, batch, now));
  }

  @Override
  public void onRemoval(Transaction tx, TaskRow row, Instant now) {
    row.terms()
        .batch()
        .ifPresent(
            id -> {
              tx.batches().count(row.tenant(), id, row.state(), -1);
              endIfOver(tx, row.tenant(), id, now);
            });
  }

  /** Ends the batch if all its tasks are over and nothing is being done that may revive one. */
  static void endIfOver(Transaction tx, TenantId tenant, BatchId id, Instant now) {
    Tally tally = tx.batches().tally(tenant, id);
    if (tally.open() > 0) {
      return;
    }
    Batch batch = tx.batches().find(tenant, id).orElseThrow();
    if (batch.run().walk().has(BatchWalkState.Kind.RETRY)) {
      return;
    }
    switch (batch.state()) {
      case RUNNING, PAUSED -> {
        if (tally.succeeded() > 0) {
          end(tx, batch, BatchState.COMPLETED, BatchEvent.Kind.COMPLETED, now);
        } else {
          end(tx, batch, BatchState.FAILED, BatchEvent.Kind.FAILED, now);
        }
      }
      case CANCELLING -> end(tx, batch, BatchState.CANCELLED, BatchEvent.Kind.CANCELLED, now);
      case IMPORTING, CREATED, COMPLETED, FAILED, CANCELLED, DELETING -> {}
    }
  }

  private static void end(
      Transaction tx, Batch batch, BatchState state, BatchEvent.Kind kind, Instant now) {
    tx.batches()
        .update(batch.with(batch.run().with(BatchWalkState.NONE, now).finished(state, now)));
    log(tx, batch, kind, now);
  }

  /** A run begins: as many tasks are readied as may run at once. */
  Batch begin(Transaction tx, Batch batch, Instant now) {
    Batch begun = batch.with(batch.run().started(now));
    tx.batches().update(begun);
    log(tx, begun, BatchEvent.Kind.STARTED, now);
    open(tx, begun, now);
    return begun;
  }

  /** Lets in as many tasks as may run at once. */
  void open(Transaction tx, Batch batch, Instant now) {
    Gate gate = gate(tx, batch);
    transitions.letIn(tx, gate.withLimit(batch.about().config().maxConcurrency()), now);
  }

  /** Hands nothing out any more; what is leased goes on. */
  void close(Transaction tx, Batch batch, Instant now) {
    transitions.close(
        tx,
        gate(tx, batch),
        tx.batches().ready(batch.tenant(), batch.id(), BatchConfig.CONCURRENCY_MAX),
        now);
  }

  static Gate gate(Transaction tx, Batch batch) {
    return tx.gates().lock(batch.tenant(), batch.id().gate()).orElseThrow();
  }

  public static void log(Transaction tx, Batch batch, BatchEvent.Kind kind, Instant now) {
    tx.log(new BatchEvent(batch.tenant(), batch.id(), kind, now));
  }

  /** The batch, if anybody may see it. */
  public static Optional<Batch> visible(Transaction tx, TenantId tenant, BatchId id) {
    return tx.batches().find(tenant, id).filter(batch -> batch.state().isVisible());
  }

  static Batch required(Transaction tx, TenantId tenant, BatchId id) {
    return visible(tx, tenant, id)
        .orElseThrow(
            () -> new BatonException(ErrorCode.BATCH_NOT_FOUND, "there is no batch " + id));
  }

  @Override
  public NewTask completed(Transaction tx, TenantId tenant, NewTask task) {
    if (task.batch().isEmpty()) {
      return task;
    }
    BatchConfig config = required(tx, tenant, task.batch().get()).about().config();
    return new NewTask(
        task.id(),
        asked(task.prompt(), config),
        Optional.of(task.queue().orElse(config.queue())),
        Optional.of(task.priority().orElse(config.priority())),
        task.startAt(),
        task.deadline().or(config::deadline),
        Optional.of(task.retry().orElse(retry(config))),
        Optional.of(task.batch().get().gate()),
        task.dedupeKey(),
        task.idempotencyKey(),
        task.model().or(config::model),
        task.batch(),
        task.requestId());
  }

  /** Nothing joins a batch that is over. */
  @Override
  public void check(Transaction tx, TenantId tenant, NewTask task) {
    task.batch()
        .map(id -> required(tx, tenant, id))
        .filter(batch -> batch.state().isFinished() || batch.state() == BatchState.CANCELLING)
        .ifPresent(
            batch -> {
              throw invalid(batch.id(), batch.state(), "joined");
            });
  }

  static void checkDeadline(Optional<Instant> deadline, Instant now) {
    if (deadline.filter(at -> !at.isAfter(now)).isPresent()) {
      throw new BatonException(ErrorCode.VALIDATION_FAILED, "the deadline has passed");
    }
  }

  static BatonException invalid(BatchId id, BatchState state, String verb) {
    return new BatonException(
        ErrorCode.INVALID_STATE, "batch %s %s and can't be %s".formatted(id, said(state), verb));
  }

  public static Prompt asked(Prompt prompt, BatchConfig config) {
    Parameters own = prompt.parameters();
    Parameters merged =
        new Parameters(
            own.messages(),
            own.temperature().isPresent() ? own.temperature() : config.temperature(),
            own.maxTokens().isPresent() ? own.maxTokens() : config.maxTokens(),
            own.options(),
            own.stream());
    return new Prompt(prompt.text(), prompt.metadata(), merged);
  }

  static RetryPolicy retry(BatchConfig config) {
    return config.maxRetries().isPresent()
        ? RetryPolicy.DEFAULT.withMaxAttempts(config.maxRetries().getAsInt() + 1)
        : RetryPolicy.DEFAULT;
  }

  private static String said(BatchState state) {
    return switch (state) {
      case IMPORTING -> "is being made";
      case CREATED -> "was not started";
      case RUNNING -> "is running";
      case PAUSED -> "is paused";
      case CANCELLING -> "is being cancelled";
      case COMPLETED -> "is completed";
      case FAILED -> "has failed";
      case CANCELLED -> "was cancelled";
      case DELETING -> "is being deleted";
    };
  }
}
