package dev.baton.core.domain.task;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.GateId;

/**
 * Lets at most {@code limit} of the tasks behind it be ready or leased at once: 0 is closed (a
 * batch not started), 1 is a turn (a session), more is a batch's concurrency. The task of lowest
 * rank goes in first.
 *
 * @param taken places that ready and leased tasks occupy now; above the limit after a lowering
 * @param ordered whether a task that rests between two attempts keeps its place, so that none
 *     behind it overtakes
 */
public record Gate(TenantId tenant, GateId id, int limit, int taken, boolean ordered) {
  /** A gate that lets everything through. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  public Gate {
    requireNonNull(tenant, "tenant");
    requireNonNull(id, "id");
    checkArgument(limit >= 0 && taken >= 0, "limit and taken are not negative");
  }

  /** How many more may go in. */
  public int room() {
    return Math.max(0, limit - taken);
  }

  public Gate taking(int places) {
    return new Gate(tenant, id, limit, taken + places, ordered);
  }

  public Gate withLimit(int newLimit) {
    return new Gate(tenant, id, newLimit, taken, ordered);
  }
}
