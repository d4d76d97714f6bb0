package dev.baton.core.domain.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.GateId;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a task is in its life; each state carries exactly the data that exists in it.
 *
 * <p>Java 17 has no {@code switch} over types, so {@link #kind} is what callers switch on: with an
 * enum and no {@code default}, a new state is a compile error wherever it is not handled.
 */
public sealed interface TaskState {

  Kind kind();

  /** Waits for a gate: its start time, or the gate it was submitted behind. */
  record Held(Optional<Instant> until, Optional<GateId> gate) implements TaskState {
    public Held {
      requireNonNull(until, "until");
      requireNonNull(gate, "gate");
    }

    @Override
    public Kind kind() {
      return Kind.HELD;
    }
  }

  /** The next lease may take it. */
  record Ready() implements TaskState {
    @Override
    public Kind kind() {
      return Kind.READY;
    }
  }

  /** A worker has it. */
  record Leased(Lease lease) implements TaskState {
    public Leased {
      requireNonNull(lease, "lease");
    }

    @Override
    public Kind kind() {
      return Kind.LEASED;
    }
  }

  /** It has its answer. */
  record Succeeded(Completion completion, Instant at) implements TaskState {
    public Succeeded {
      requireNonNull(completion, "completion");
      requireNonNull(at, "at");
    }

    @Override
    public Kind kind() {
      return Kind.SUCCEEDED;
    }
  }

  /** It failed for good and lies in the dead letters, from where it can be redriven. */
  record Dead(Failure failure, Instant at) implements TaskState {
    public Dead {
      requireNonNull(failure, "failure");
      requireNonNull(at, "at");
    }

    @Override
    public Kind kind() {
      return Kind.DEAD;
    }
  }

  /** Somebody called it off. */
  record Cancelled(Instant at) implements TaskState {
    public Cancelled {
      requireNonNull(at, "at");
    }

    @Override
    public Kind kind() {
      return Kind.CANCELLED;
    }
  }

  /** The states by name, and the table of legal moves between them. */
  enum Kind {
    HELD,
    READY,
    LEASED,
    SUCCEEDED,
    DEAD,
    CANCELLED;

    /** Nothing leaves these but what starts the task over: a redrive, or a run by hand. */
    public boolean isTerminal() {
      return this == SUCCEEDED || this == DEAD || this == CANCELLED;
    }

    /** Whether a task may go from this state to {@code next}; staying is not a move. */
    public boolean mayBecome(Kind next) {
      return switch (this) {
        // A late or leaseless answer is taken also while the task waits: it saves a paid call.
        case HELD -> next == READY || next.isTerminal();
        case READY -> next == LEASED || next == HELD || next.isTerminal();
        case LEASED -> next == READY || next == HELD || next.isTerminal();
        case SUCCEEDED, DEAD, CANCELLED -> next == READY || next == HELD;
      };
    }
  }
}
