package dev.baton.core.usecase.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.TaskEvent;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.LeaseState.Waiting;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Rank;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.Transaction;
import dev.baton.core.usecase.batch.BatchLife;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** Changes tasks, runs them by hand, and removes them. Thread-safe. */
public final class TaskControl {
  private final Store store;
  private final InstantSource clock;
  private final Settings settings;

  public TaskControl(Store store, InstantSource clock, Settings settings) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
    this.settings = requireNonNull(settings, "settings");
  }

  /**
   * Lets a task be worked on before all that waits: ahead of its start time, from the front of its
   * line. Out of a gate that lets nobody in, as that of a batch that was not started; through one
   * that is only full it is the next to go, so that no more run at once than may. A task that is
   * leased stays as it is; one that is dead or cancelled starts over with all its attempts, and its
   * batch, if that was over, begins another run.
   *
   * @param force whether a task that has its answer starts over, too; that answer is then kept as
   *     an alternative, and the attempt that brought it among the attempts
   * @throws BatonException in the future, of {@link ErrorCode#INVALID_STATE} when it has its answer
   *     and is not forced
   */
  public CompletableFuture<TaskRow> runNow(TenantId tenant, TaskId id, boolean force) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          Instant now = clock.instant();
          TaskRow row = required(tx, tenant, id);
          return switch (row.state()) {
            case LEASED -> row;
            case HELD, READY -> hurry(tx, row, now);
            case DEAD, CANCELLED -> startOver(tx, row, now);
            case SUCCEEDED -> {
              if (!force) {
                throw new BatonException(
                    ErrorCode.INVALID_STATE,
                    "task " + id + " has its answer and is not run again without force");
              }
              keepAnswer(tx, row, now);
              yield startOver(tx, row, now);
            }
          };
        });
  }

  /** Asked twice it changes nothing: a task that is at the front already stays there. */
  private static TaskRow hurry(Transaction tx, TaskRow row, Instant now) {
    Terms terms = front(tx, row, now);
    boolean sameGate = terms.gate().equals(row.terms().gate());
    Waiting waiting = sameGate ? staying(tx, row, terms, now) : leaving(tx, row, now);
    if (sameGate && row.terms().rank() <= terms.rank() && waiting.equals(waiting(row))) {
      return row;
    }
    TaskRow amended = row.with(terms);
    tx.tasks().amend(amended, tx.tasks().prompt(row.seq()));
    TaskRow moved = amended.with(amended.leaseState().waiting(waiting, now.toEpochMilli()));
    tx.tasks().update(List.of(moved));
    boolean readied = waiting.state() == Kind.READY && row.state() != Kind.READY;
    Journal.tell(tx, row, moved, readied ? TaskEvent.Kind.READIED : TaskEvent.Kind.EDITED, now);
    return moved;
  }

  private static Waiting staying(Transaction tx, TaskRow row, Terms terms, Instant now) {
    return row.leaseState().inGate()
        ? new Waiting(Kind.READY, 0, true)
        : Gatekeeper.enter(tx, row.tenant(), terms, 0, now);
  }

  private static Waiting leaving(Transaction tx, TaskRow row, Instant now) {
    Gatekeeper.leave(tx, row, now);
    return new Waiting(Kind.READY, 0, false);
  }

  private static TaskRow startOver(Transaction tx, TaskRow row, Instant now) {
    tx.answers().removeResult(row.seq());
    // Its batch begins before it does, so that there is a place for it.
    row.terms().batch().ifPresent(id -> BatchLife.beginAgain(tx, row.tenant(), id, now));
    TaskRow amended = row.with(withoutPassedDeadline(front(tx, row, now), now));
    tx.tasks().amend(amended, tx.tasks().prompt(row.seq()));
    Waiting waiting = Gatekeeper.enter(tx, row.tenant(), amended.terms(), 0, now);
    TaskRow renewed = amended.with(amended.leaseState().redriven(waiting, now.toEpochMilli()));
    tx.tasks().update(List.of(renewed));
    Journal.tell(tx, row, renewed, TaskEvent.Kind.REDRIVEN, now);
    return renewed;
  }

  private static void keepAnswer(Transaction tx, TaskRow row, Instant now) {
    tx.answers()
        .result(row.seq())
        .flatMap(Result::completion)
        .ifPresent(
            answer ->
                tx.answers().addAlternative(row.seq(), answer, now, Settling.ALTERNATIVES_MAX));
    if (row.leaseState().leasedAt() > 0) {
      tx.answers()
          .addAttempt(
              row.seq(),
              new Attempt(
                  row.leaseState().attempts(),
                  row.lease(),
                  Instant.ofEpochMilli(row.leaseState().changedAt()),
                  Attempt.Outcome.SUCCEEDED,
                  Optional.empty()));
    }
  }

  /** First in line, and out of a gate that lets nobody in. */
  private static Terms front(Transaction tx, TaskRow row, Instant now) {
    Optional<GateId> open =
        row.terms().gate().filter(id -> Gatekeeper.isOpen(tx, row.tenant(), id));
    return row.terms().withGate(open).withRank(Rank.front(now));
  }

  private static Terms withoutPassedDeadline(Terms terms, Instant now) {
    boolean passed = terms.deadline().filter(deadline -> !deadline.isAfter(now)).isPresent();
    return passed ? terms.amended(terms.priority(), terms.rank(), Optional.empty()) : terms;
  }

  /**
   * What to change of a task that waits; absent stays as it is.
   *
   * @param prompt makes the new prompt of the old one, knowing the model that the task will have;
   *     may refuse it
   * @param version which the task must still have, see {@link Task#version}
   */
  public record Change(
      BiFunction<Prompt, Optional<ModelName>, Prompt> prompt,
      Replacement<ModelName> model,
      Optional<Priority> priority,
      Replacement<Instant> startAt,
      Replacement<Instant> deadline,
      Optional<String> version) {}

  /**
   * Changes a task that nobody holds. A new priority or deadline ranks it anew from its submit
   * instant; a change that changes nothing leaves it as it is.
   *
   * @throws BatonException in the future, of {@link ErrorCode#INVALID_STATE} when it is leased or
   *     over, of {@link ErrorCode#PRECONDITION_FAILED} when it has another version
   */
  public CompletableFuture<Task> change(TenantId tenant, TaskId id, Change change) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          TaskRow row = required(tx, tenant, id);
          Task task = Tasks.task(tx, row);
          if (change.version().filter(named -> !named.equals(task.version())).isPresent()) {
            throw new BatonException(
                ErrorCode.PRECONDITION_FAILED, "task " + id + " has changed since it was read");
          }
          Kind state = row.state();
          if (state != Kind.HELD && state != Kind.READY) {
            throw new BatonException(
                ErrorCode.INVALID_STATE,
                "task %s %s and can't be edited".formatted(id, States.said(state)));
          }
          Prompt prompt =
              change.prompt().apply(task.prompt(), change.model().of(row.terms().model()));
          TaskRow moved = change(tx, row, prompt, change);
          return moved.equals(row) && prompt.equals(task.prompt()) ? task : Tasks.task(tx, moved);
        });
  }

  private TaskRow change(Transaction tx, TaskRow row, Prompt prompt, Change change) {
    Instant now = clock.instant();
    TaskRow amended = row.with(changed(row.terms(), change));
    boolean same =
        amended.terms().equals(row.terms())
            && !change.startAt().isMentioned()
            && prompt.equals(tx.tasks().prompt(row.seq()));
    if (same) {
      return row;
    }
    tx.tasks().amend(amended, prompt);
    Waiting waiting =
        change.startAt().isMentioned()
            ? Gatekeeper.reenter(
                tx, amended, change.startAt().value().map(Instant::toEpochMilli).orElse(0L), now)
            : waiting(row);
    TaskRow moved = amended.with(amended.leaseState().waiting(waiting, now.toEpochMilli()));
    tx.tasks().update(List.of(moved));
    Journal.tell(tx, row, moved, TaskEvent.Kind.EDITED, now);
    if (moved.state() == Kind.READY) {
      // Whoever waits for its new model's line has not been told of it yet.
      tx.readied(row.tenant(), row.terms().queue(), 1);
    }
    return moved;
  }

  private static Waiting waiting(TaskRow row) {
    return new Waiting(row.state(), row.leaseState().startAt(), row.leaseState().inGate());
  }

  private Terms changed(Terms terms, Change change) {
    Priority priority = change.priority().orElse(terms.priority());
    Optional<Instant> deadline = change.deadline().of(terms.deadline());
    boolean ranked = change.priority().isPresent() || change.deadline().isMentioned();
    long rank =
        ranked
            ? Rank.of(terms.submittedAt(), priority, deadline, settings.headStart())
            : terms.rank();
    Terms amended = terms.amended(priority, rank, deadline);
    return amended.withModel(change.model().of(terms.model()));
  }

  /**
   * Removes a task with all that belongs to it, whoever holds it: its holder is told with the next
   * call that it was cancelled.
   */
  public CompletableFuture<TaskRow> delete(TenantId tenant, TaskId id) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          Instant now = clock.instant();
          TaskRow row = required(tx, tenant, id);
          TaskRow last = row;
          if (!row.state().isTerminal()) {
            last = row.with(row.leaseState().cancelled(now.toEpochMilli()));
            tx.tasks().update(List.of(last));
            Journal.calledOff(tx, row, last, now);
            Gatekeeper.leave(tx, row, now);
          }
          if (row.leaseState().token() > 0) {
            tx.removals().bury(tenant, id, now);
          }
          Journal.forget(tx, last, now);
          tx.removals().remove(last);
          return last;
        });
  }

  private static TaskRow required(Transaction tx, TenantId tenant, TaskId id) {
    return Optional.ofNullable(tx.tasks().find(tenant, List.of(id)).get(id))
        .orElseThrow(() -> TaskRefusals.unknown(id));
  }
}
