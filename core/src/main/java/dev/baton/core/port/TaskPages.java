package dev.baton.core.port;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists of a tenant's tasks that people page through; part of a {@link Transaction}. */
public interface TaskPages {

  /**
   * The tasks that match, in the query's order.
   *
   * @param skip how many to pass over, at least 0
   * @param max at least 1
   */
  List<TaskRow> page(TenantId tenant, Query query, long skip, int max);

  /** How many tasks match; looks at each of them. */
  long count(TenantId tenant, Query query);

  /**
   * What to list.
   *
   * @param states in one of these; none means any
   * @param after submitted later than this
   * @param before submitted earlier than this
   */
  record Query(
      Set<TaskState.Kind> states,
      Optional<BatchId> batch,
      Optional<Instant> after,
      Optional<Instant> before,
      Sort sort,
      boolean ascending) {
    public static final Query ALL =
        new Query(
            Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Sort.CREATED, false);

    public Query {
      states = Set.copyOf(states);
      requireNonNull(batch, "batch");
      requireNonNull(after, "after");
      requireNonNull(before, "before");
      requireNonNull(sort, "sort");
    }

    /** Whether {@code row} matches. */
    public boolean matches(TaskRow row) {
      Instant at = row.terms().submittedAt();
      return (states.isEmpty() || states.contains(row.state()))
          && (batch.isEmpty() || batch.equals(row.terms().batch()))
          && after.map(at::isAfter).orElse(true)
          && before.map(at::isBefore).orElse(true);
    }
  }

  /** What to sort by. */
  enum Sort {
    /** The order of submitting. */
    CREATED,
    /** The ids' bytes. */
    ID
  }
}
