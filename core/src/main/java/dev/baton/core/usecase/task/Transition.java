package dev.baton.core.usecase.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a task: a new one, a move to another state, or an event that leaves its state as
 * it is, such as an edit.
 *
 * @param before the row as it was; null for a new task
 * @param after the row as it is written
 * @param event what is logged
 * @param completion the answer, with what it cost, of a task that has it now
 * @param isRemoval whether an unfinished task is cancelled only because it is to be removed
 */
public record Transition(
    @Nullable TaskRow before,
    TaskRow after,
    TaskEvent.Kind event,
    Instant at,
    Optional<Completion> completion,
    boolean isRemoval) {

  public Transition {
    requireNonNull(after, "after");
    requireNonNull(event, "event");
    requireNonNull(at, "at");
    requireNonNull(completion, "completion");
  }

  public static Transition of(TaskRow before, TaskRow after, TaskEvent.Kind event, Instant at) {
    return new Transition(before, after, event, at, Optional.empty(), false);
  }

  static Transition submitted(TaskRow row, Instant at) {
    return new Transition(null, row, TaskEvent.Kind.SUBMITTED, at, Optional.empty(), false);
  }

  static Transition succeeded(TaskRow before, TaskRow after, Completion completion, Instant at) {
    return new Transition(
        before, after, TaskEvent.Kind.SUCCEEDED, at, Optional.of(completion), false);
  }

  static Transition removal(TaskRow before, TaskRow after, Instant at) {
    return new Transition(before, after, TaskEvent.Kind.CANCELLED, at, Optional.empty(), true);
  }

  /** The state it was in; null for a new task. */
  public @Nullable Kind from() {
    return before == null ? null : before.state();
  }

  public Kind to() {
    return after.state();
  }

  /** Whether the task comes into another state, or is new. */
  public boolean isMove() {
    return from() != to();
  }

  /** Whether a lease is granted. */
  public boolean beginsLease() {
    return isMove() && to() == Kind.LEASED;
  }

  /** Whether a lease ends, however: settled, expired, or its task called off. */
  public boolean endsLease() {
    return isMove() && from() == Kind.LEASED;
  }

  /** A release takes its attempt out of the count: its event names the one that was given back. */
  int attempt() {
    TaskRow counted = before != null && event == TaskEvent.Kind.RELEASED ? before : after;
    return counted.leaseState().attempts();
  }
}
