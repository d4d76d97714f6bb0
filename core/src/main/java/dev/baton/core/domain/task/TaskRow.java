package dev.baton.core.domain.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.FencingToken;
import dev.baton.core.domain.id.TaskId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task without its texts: all that is needed to decide what may happen to it.
 *
 * @param seq its number in submit order, unique in the store
 */
public record TaskRow(long seq, TenantId tenant, TaskId id, Terms terms, LeaseState leaseState) {

  public TaskRow {
    requireNonNull(tenant, "tenant");
    requireNonNull(id, "id");
    requireNonNull(terms, "terms");
    requireNonNull(leaseState, "leaseState");
  }

  public TaskState.Kind state() {
    return leaseState.state();
  }

  public TaskRow with(LeaseState moved) {
    return new TaskRow(seq, tenant, id, terms, moved);
  }

  public TaskRow with(Terms amended) {
    return new TaskRow(seq, tenant, id, amended, leaseState);
  }

  /** The lease that is or was last held; only to be asked of a task that was leased. */
  public Lease lease() {
    return new Lease(
        id,
        requireNonNull(leaseState.holder(), "holder"),
        new FencingToken(leaseState.token()),
        Instant.ofEpochMilli(leaseState.leasedAt()),
        Instant.ofEpochMilli(leaseState.leaseUntil()));
  }

  /**
   * The state with its data.
   *
   * @param result how it ended; needed for a succeeded or dead task
   */
  public TaskState state(@Nullable Result result) {
    Instant changedAt = Instant.ofEpochMilli(leaseState.changedAt());
    return switch (leaseState.state()) {
      case HELD ->
          new TaskState.Held(
              leaseState.startAt() == 0
                  ? Optional.empty()
                  : Optional.of(Instant.ofEpochMilli(leaseState.startAt())),
              terms.gate());
      case READY -> new TaskState.Ready();
      case LEASED -> new TaskState.Leased(lease());
      case SUCCEEDED ->
          new TaskState.Succeeded(requireNonNull(result).completion().orElseThrow(), changedAt);
      case DEAD -> new TaskState.Dead(requireNonNull(result).failure().orElseThrow(), changedAt);
      case CANCELLED -> new TaskState.Cancelled(changedAt);
    };
  }
}
