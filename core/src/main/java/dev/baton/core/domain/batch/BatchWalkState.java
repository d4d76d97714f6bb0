package dev.baton.core.domain.batch;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.Sets;
import java.util.Set;

/**
 * What is being done to a batch's tasks, page after page in the order of their numbers.
 *
 * @param kinds what is done in one walk; empty when nothing is
 * @param after the number of the last task that was done
 */
public record BatchWalkState(Set<Kind> kinds, long after) {
  public static final BatchWalkState NONE = new BatchWalkState(Set.of(), 0);

  public BatchWalkState {
    kinds = Set.copyOf(kinds);
    checkArgument(after >= 0, "tasks are numbered from 1");
  }

  /** What can be done to many tasks. */
  public enum Kind {
    /** Rows are stored. */
    IMPORT,
    /** Those that are not over are called off. */
    CANCEL,
    /** Those that ended without an answer start over. */
    RETRY,
    /** Those that wait take on the batch's priority and deadline. */
    AMEND,
    /** All are removed. */
    DELETE
  }

  public static BatchWalkState of(Kind kind) {
    return new BatchWalkState(Set.of(kind), 0);
  }

  public boolean isNone() {
    return kinds.isEmpty();
  }

  public boolean has(Kind kind) {
    return kinds.contains(kind);
  }

  /** The same and {@code kind} as well, from the first task on. */
  public BatchWalkState and(Kind kind) {
    return new BatchWalkState(Sets.union(kinds, Set.of(kind)), 0);
  }

  public BatchWalkState upTo(long seq) {
    return new BatchWalkState(kinds, seq);
  }
}
