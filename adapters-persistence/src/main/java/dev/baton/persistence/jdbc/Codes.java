package dev.baton.persistence.jdbc;

import com.google.common.collect.ImmutableBiMap;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.BatchWalkState;
import dev.baton.core.domain.event.DomainEvent.BatchEvent;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.TaskState;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The numbers that words are stored as. Part of the file's form: add, never change. */
public final class Codes {
  private static final TaskState.Kind[] STATES = {
    TaskState.Kind.HELD,
    TaskState.Kind.READY,
    TaskState.Kind.LEASED,
    TaskState.Kind.SUCCEEDED,
    TaskState.Kind.DEAD,
    TaskState.Kind.CANCELLED
  };

  private static final ImmutableBiMap<Attempt.Outcome, Integer> OUTCOMES =
      ImmutableBiMap.of(
          Attempt.Outcome.FAILED, 0,
          Attempt.Outcome.RELEASED, 1,
          Attempt.Outcome.EXPIRED, 2,
          Attempt.Outcome.CANCELLED, 3,
          Attempt.Outcome.SUCCEEDED, 4);

  private static final ImmutableBiMap<TaskEvent.Kind, Integer> EVENTS =
      ImmutableBiMap.<TaskEvent.Kind, Integer>builder()
          .put(TaskEvent.Kind.SUBMITTED, 0)
          .put(TaskEvent.Kind.READIED, 1)
          .put(TaskEvent.Kind.LEASED, 2)
          .put(TaskEvent.Kind.SUCCEEDED, 3)
          .put(TaskEvent.Kind.FAILED, 4)
          .put(TaskEvent.Kind.EXPIRED, 5)
          .put(TaskEvent.Kind.RELEASED, 6)
          .put(TaskEvent.Kind.DIED, 7)
          .put(TaskEvent.Kind.CANCELLED, 8)
          .put(TaskEvent.Kind.REDRIVEN, 9)
          .put(TaskEvent.Kind.EDITED, 10)
          .put(TaskEvent.Kind.HELD, 11)
          .buildOrThrow();

  private static final ImmutableBiMap<BatchState, Integer> BATCH_STATES =
      ImmutableBiMap.<BatchState, Integer>builder()
          .put(BatchState.IMPORTING, 0)
          .put(BatchState.CREATED, 1)
          .put(BatchState.RUNNING, 2)
          .put(BatchState.PAUSED, 3)
          .put(BatchState.CANCELLING, 4)
          .put(BatchState.COMPLETED, 5)
          .put(BatchState.FAILED, 6)
          .put(BatchState.CANCELLED, 7)
          .put(BatchState.DELETING, 8)
          .buildOrThrow();

  private static final ImmutableBiMap<BatchEvent.Kind, Integer> BATCH_EVENTS =
      ImmutableBiMap.<BatchEvent.Kind, Integer>builder()
          .put(BatchEvent.Kind.CREATED, 0)
          .put(BatchEvent.Kind.STARTED, 1)
          .put(BatchEvent.Kind.COMPLETED, 2)
          .put(BatchEvent.Kind.FAILED, 3)
          .put(BatchEvent.Kind.CANCELLED, 4)
          .put(BatchEvent.Kind.PAUSED, 5)
          .put(BatchEvent.Kind.RESUMED, 6)
          .put(BatchEvent.Kind.EDITED, 7)
          .put(BatchEvent.Kind.DELETED, 8)
          .buildOrThrow();

  public static final int STATE_COUNT = STATES.length;

  private Codes() {}

  public static int of(TaskState.Kind state) {
    return switch (state) {
      case HELD -> 0;
      case READY -> 1;
      case LEASED -> 2;
      case SUCCEEDED -> 3;
      case DEAD -> 4;
      case CANCELLED -> 5;
    };
  }

  public static TaskState.Kind state(int code) {
    return STATES[code];
  }

  public static int of(Attempt.Outcome outcome) {
    return known(OUTCOMES.get(outcome), outcome);
  }

  public static Attempt.Outcome outcome(int code) {
    return known(OUTCOMES.inverse().get(code), code);
  }

  public static int of(TaskEvent.Kind kind) {
    return known(EVENTS.get(kind), kind);
  }

  public static TaskEvent.Kind event(int code) {
    return known(EVENTS.inverse().get(code), code);
  }

  public static int of(BatchState state) {
    return known(BATCH_STATES.get(state), state);
  }

  public static BatchState batchState(int code) {
    return known(BATCH_STATES.inverse().get(code), code);
  }

  public static int of(BatchEvent.Kind kind) {
    return known(BATCH_EVENTS.get(kind), kind);
  }

  public static BatchEvent.Kind batchEvent(int code) {
    return known(BATCH_EVENTS.inverse().get(code), code);
  }

  /** One bit per kind of work. */
  public static int of(Set<BatchWalkState.Kind> kinds) {
    return kinds.stream().mapToInt(Codes::bit).sum();
  }

  public static Set<BatchWalkState.Kind> work(int bits) {
    Set<BatchWalkState.Kind> kinds = EnumSet.noneOf(BatchWalkState.Kind.class);
    for (BatchWalkState.Kind kind : BatchWalkState.Kind.values()) {
      if ((bits & bit(kind)) != 0) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  private static int bit(BatchWalkState.Kind kind) {
    return switch (kind) {
      case IMPORT -> 1;
      case CANCEL -> 2;
      case RETRY -> 4;
      case AMEND -> 8;
      case DELETE -> 16;
    };
  }

  private static <T> T known(@Nullable T found, Object sought) {
    if (found == null) {
      throw new IllegalStateException("nothing is stored as " + sought);
    }
    return found;
  }
}
