package dev.baton.core.usecase.task;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.LeaseState.Waiting;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.port.Transaction;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides whether a task may be ready or has to be held. A place behind a gate is taken by the
 * decision, and given up by {@link Transitions} when a row is written without it. Holds no state.
 */
final class Gatekeeper {

  private Gatekeeper() {}

  /**
   * How a task that is not in its gate comes to wait.
   *
   * @param startAt epoch milliseconds before which it is held, or 0
   */
  static Waiting enter(Transaction tx, TenantId tenant, Terms terms, long startAt, Instant now) {
    if (startAt > now.toEpochMilli()) {
      return new Waiting(Kind.HELD, startAt, false);
    }
    if (terms.gate().isEmpty()) {
      return new Waiting(Kind.READY, 0, false);
    }
    Gate gate = gate(tx, tenant, terms.gate().get());
    if (gate.room() == 0) {
      return new Waiting(Kind.HELD, 0, false);
    }
    tx.gates().put(gate.taking(1));
    return new Waiting(Kind.READY, 0, true);
  }

  /** How a task waits on, resting until {@code startAt}, whose attempt is over or which waits. */
  static Waiting reenter(Transaction tx, TaskRow row, long startAt, Instant now) {
    boolean rests = startAt > now.toEpochMilli();
    if (!row.leaseState().inGate()) {
      return rests
          ? new Waiting(Kind.HELD, startAt, false)
          : enter(tx, row.tenant(), row.terms(), 0, now);
    }
    Gate gate = gate(tx, row.tenant(), row.terms().gate().orElseThrow());
    return rests ? new Waiting(Kind.HELD, startAt, gate.ordered()) : staying(gate);
  }

  /**
   * As {@link #reenter}, of a task that lets the others of its line go first: it leaves its gate,
   * which lets the first of those in that wait, unless the gate keeps an order.
   */
  static Waiting yielding(Transaction tx, TaskRow row, long startAt, Instant now) {
    boolean leaves =
        row.leaseState().inGate()
            && !gate(tx, row.tenant(), row.terms().gate().orElseThrow()).ordered();
    return leaves
        ? new Waiting(Kind.HELD, startAt > now.toEpochMilli() ? startAt : 0, false)
        : reenter(tx, row, startAt, now);
  }

  /** How a task waits on whose lease ran out: ready again, unless its gate closed. */
  static Waiting expire(Transaction tx, TaskRow row) {
    return row.leaseState().inGate()
        ? staying(gate(tx, row.tenant(), row.terms().gate().orElseThrow()))
        : new Waiting(Kind.READY, 0, false);
  }

  /** If the gate was made narrower meanwhile the place goes, and nobody else comes in for it. */
  private static Waiting staying(Gate gate) {
    return gate.taken() > gate.limit()
        ? new Waiting(Kind.HELD, 0, false)
        : new Waiting(Kind.READY, 0, true);
  }

  /** How a task whose start time has come waits on. */
  static Waiting start(Transaction tx, TaskRow row, Instant now) {
    return row.leaseState().inGate()
        ? new Waiting(Kind.READY, 0, true)
        : enter(tx, row.tenant(), row.terms(), 0, now);
  }

  /** Whether it lets tasks in, now or when there is room. */
  static boolean isOpen(Transaction tx, TenantId tenant, GateId id) {
    return gate(tx, tenant, id).limit() > 0;
  }

  static Gate gate(Transaction tx, TenantId tenant, GateId id) {
    return tx.gates()
        .lock(tenant, id)
        .or(
            () ->
                id.equals(GateId.MANUAL)
                    ? Optional.of(new Gate(tenant, id, 0, 0, false))
                    : Optional.empty())
        .orElseThrow(
            () -> new BatonException(ErrorCode.VALIDATION_FAILED, "there is no gate " + id));
  }
}
