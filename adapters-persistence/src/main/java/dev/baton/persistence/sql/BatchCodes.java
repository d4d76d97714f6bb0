package dev.baton.persistence.sql;

import com.google.common.collect.ImmutableBiMap;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.BatchWork;
import dev.baton.core.domain.event.BatchEvent;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that the words of batches are stored as. Part of the file's form: add, never change.
 */
final class BatchCodes {
  private static final ImmutableBiMap<BatchState, Integer> STATES =
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

  private static final ImmutableBiMap<BatchEvent.Kind, Integer> EVENTS =
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

  private BatchCodes() {}

  static int of(BatchState state) {
    return known(STATES.get(state), state);
  }

  static BatchState state(int code) {
    return known(STATES.inverse().get(code), code);
  }

  static int of(BatchEvent.Kind kind) {
    return known(EVENTS.get(kind), kind);
  }

  static BatchEvent.Kind event(int code) {
    return known(EVENTS.inverse().get(code), code);
  }

  /** One bit per kind of work. */
  static int of(Set<BatchWork.Kind> kinds) {
    return kinds.stream().mapToInt(BatchCodes::bit).sum();
  }

  static Set<BatchWork.Kind> work(int bits) {
    Set<BatchWork.Kind> kinds = EnumSet.noneOf(BatchWork.Kind.class);
    for (BatchWork.Kind kind : BatchWork.Kind.values()) {
      if ((bits & bit(kind)) != 0) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  private static int bit(BatchWork.Kind kind) {
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
