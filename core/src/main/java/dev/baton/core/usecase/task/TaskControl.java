package dev.baton.core.usecase.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.TaskId;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Changes tasks from outside: cancels, redrives, edits, runs by hand, removes. Thread-safe. */
public final class TaskControl {
  private final Store store;
  private final InstantSource clock;
  private final InstantSource calendar;
  private final Settings settings;
  private final Transitions transitions;
  private final Endings endings;

  public TaskControl(
      Store store, Submissions.Clocks clocks, Settings settings, Transitions transitions) {
    this.transitions = requireNonNull(transitions, "transitions");
    this.endings = new Endings(transitions);
    this.store = requireNonNull(store, "store");
    this.clock = clocks.steady();
    this.calendar = clocks.calendar();
    this.settings = requireNonNull(settings, "settings");
  }

  /**
   * Calls the task off, whoever holds it: its holder hears of it with the next call. Cancelling a
   * cancelled task changes nothing.
   *
   * @throws BatonException in the future, of {@link ErrorCode#INVALID_STATE} when it is over
   */
  public CompletableFuture<TaskRow> cancel(TenantId tenant, TaskId id) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          Instant now = clock.instant();
          TaskRow row = Tasks.required(tx, tenant, id);
          Kind state = row.state();
          if (state == Kind.CANCELLED) {
            return row;
          }
          if (state.isTerminal()) {
            throw TaskRefusals.invalid(id, state, "cancelled");
          }
          return endings.cancel(tx, row, now);
        });
  }

  /**
   * Gives a dead or cancelled task all its attempts again, at its old place in the queue. A
   * deadline that has passed is dropped.
   *
   * @throws BatonException in the future, of {@link ErrorCode#INVALID_STATE} in any other state
   */
  public CompletableFuture<TaskRow> redrive(TenantId tenant, TaskId id) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          Instant now = clock.instant();
          TaskRow row = Tasks.required(tx, tenant, id);
          Kind state = row.state();
          if (state != Kind.DEAD && state != Kind.CANCELLED) {
            throw TaskRefusals.invalid(id, state, "redriven");
          }
          return endings.revive(tx, row, now, calendar.instant());
        });
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
          TaskRow row = Tasks.required(tx, tenant, id);
          return switch (row.state()) {
            case LEASED -> row;
            case HELD, READY -> hurry(tx, row, now);
            case DEAD, CANCELLED -> startOver(tx, row, now);
            case SUCCEEDED -> {
              if (!force) {
                throw new BatonException(
                    ErrorCode.INVALID_STATE,
                    "task " + id + " has succeeded and runs again only with force");
              }
              keepAnswer(tx, row, now);
              yield startOver(tx, row, now);
            }
          };
        });
  }

  /** Asked twice it changes nothing: a task that is at the front already stays there. */
  private TaskRow hurry(Transaction tx, TaskRow row, Instant now) {
    Terms terms = front(tx, row, now);
    boolean sameGate = terms.gate().equals(row.terms().gate());
    Waiting waiting = sameGate ? staying(tx, row, terms, now) : new Waiting(Kind.READY, 0, false);
    if (sameGate && row.terms().rank() <= terms.rank() && waiting.equals(waiting(row))) {
      return row;
    }
    TaskRow amended = row.with(terms);
    TaskRow moved = amended.with(amended.leaseState().waiting(waiting, now.toEpochMilli()));
    boolean readied = waiting.state() == Kind.READY && row.state() != Kind.READY;
    TaskEvent.Kind event = readied ? TaskEvent.Kind.READIED : TaskEvent.Kind.EDITED;
    return transitions.apply(tx, Transition.of(row, moved, event, now));
  }

  private static Waiting staying(Transaction tx, TaskRow row, Terms terms, Instant now) {
    return row.leaseState().inGate()
        ? new Waiting(Kind.READY, 0, true)
        : Gatekeeper.enter(tx, row.tenant(), terms, 0, now);
  }

  private TaskRow startOver(Transaction tx, TaskRow row, Instant now) {
    return endings.revive(
        tx, row, terms -> front(tx, row.with(terms), now), now, calendar.instant());
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
              Endings.attempt(
                  row,
                  Attempt.Outcome.SUCCEEDED,
                  Optional.empty(),
                  Instant.ofEpochMilli(row.leaseState().changedAt())));
    }
  }

  /** First in line, and out of a gate that lets nobody in. */
  private static Terms front(Transaction tx, TaskRow row, Instant now) {
    Optional<GateId> open =
        row.terms().gate().filter(id -> Gatekeeper.isOpen(tx, row.tenant(), id));
    return row.terms().withGate(open).withRank(Rank.front(now));
  }

  /**
   * Changes a task that nobody holds. Another priority or deadline moves it from its place in line,
   * and nothing else does; an edit that changes nothing leaves it as it is.
   *
   * @throws BatonException in the future, of {@link ErrorCode#INVALID_STATE} when it is leased or
   *     over, of {@link ErrorCode#PRECONDITION_FAILED} when it has another version
   */
  public CompletableFuture<Task> edit(TenantId tenant, TaskId id, TaskEdit edit) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          TaskRow row = Tasks.required(tx, tenant, id);
          Task task = Tasks.task(tx, row);
          if (edit.version().filter(named -> !named.equals(task.version())).isPresent()) {
            throw new BatonException(
                ErrorCode.PRECONDITION_FAILED, "task " + id + " has changed since it was read");
          }
          if (row.state() != Kind.HELD && row.state() != Kind.READY) {
            throw TaskRefusals.invalid(id, row.state(), "edited");
          }
          Prompt prompt = edit.prompt().apply(task.prompt(), edit.model().of(row.terms().model()));
          TaskRow amended = row.with(edited(row.terms(), edit));
          boolean same =
              amended.terms().equals(row.terms())
                  && !edit.startAt().isMentioned()
                  && prompt.equals(task.prompt());
          return same ? task : Tasks.task(tx, amend(tx, row, amended, prompt, edit));
        });
  }

  private TaskRow amend(
      Transaction tx, TaskRow row, TaskRow amended, Prompt prompt, TaskEdit edit) {
    Instant now = clock.instant();
    Waiting waiting =
        edit.startAt().isMentioned()
            ? restarting(tx, amended, edit.startAt().value(), now)
            : waiting(row);
    TaskRow moved = amended.with(amended.leaseState().waiting(waiting, now.toEpochMilli()));
    return transitions.apply(tx, Transition.of(row, moved, TaskEvent.Kind.EDITED, now), prompt);
  }

  /** A task that was tried waits by the clock of retries, whoever says until when. */
  private Waiting restarting(Transaction tx, TaskRow row, Optional<Instant> startAt, Instant now) {
    Instant today = calendar.instant();
    Duration shift = row.leaseState().isTried() ? Duration.between(today, now) : Duration.ZERO;
    long at = startAt.map(named -> named.plus(shift).toEpochMilli()).orElse(0L);
    return Gatekeeper.reenter(tx, row, at, today.plus(shift));
  }

  private static Waiting waiting(TaskRow row) {
    return new Waiting(row.state(), row.leaseState().startAt(), row.leaseState().inGate());
  }

  private Terms edited(Terms terms, TaskEdit edit) {
    Priority priority = edit.priority().orElse(terms.priority());
    Optional<Instant> deadline = edit.deadline().of(terms.deadline());
    boolean ranked = priority != terms.priority() || !deadline.equals(terms.deadline());
    long rank = ranked ? Rank.moved(terms, priority, deadline, settings.headStart()) : terms.rank();
    return terms.amended(priority, rank, deadline).withModel(edit.model().of(terms.model()));
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
          TaskRow row = Tasks.required(tx, tenant, id);
          if (row.leaseState().token() > 0) {
            tx.removals().bury(tenant, id, now);
          }
          TaskRow last = transitions.beforeRemoval(tx, row, now);
          tx.removals().remove(last);
          return last;
        });
  }
}
