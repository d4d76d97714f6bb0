package dev.baton.core.port;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.task.Gate;
import java.util.Optional;

/**
 * Gates and how many of their places are taken; part of a {@link Transaction}. A place is taken, or
 * given back, by locking the gate's row, deciding, and writing the row: {@code
 * put(lock(…).taking(1))}.
 */
public interface GateRows {

  /** The gate as it is now, to be looked at only: in a shared store it may change meanwhile. */
  Optional<Gate> find(TenantId tenant, GateId id);

  /**
   * The gate, which nobody but this transaction changes or removes until it ends. Waits while
   * another transaction has it; works that lock several gates lock them in the order of their ids
   * where they can. Refused in a transaction that only reads.
   */
  Optional<Gate> lock(TenantId tenant, GateId id);

  /** Adds a gate, or changes one that this transaction has locked. */
  void put(Gate gate);

  /** Removes a gate that no task waits behind any more. */
  void remove(TenantId tenant, GateId id);
}
