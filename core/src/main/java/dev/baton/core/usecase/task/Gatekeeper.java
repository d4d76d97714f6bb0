package dev.baton.core.usecase.task;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.TaskEvent;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.LeaseState.Waiting;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.port.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a task may be ready or has to be held, and keeps the count of places behind each
 * gate, always in the transaction of the move that made or took room. Holds no state.
 */
public final class Gatekeeper {
  /** Tasks readied by one transaction: others get their turn in between. */
  static final int OPENING_MAX = 1_000;

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

  /** How a task whose attempt is over comes to wait again, resting until {@code startAt}. */
  static Waiting reenter(Transaction tx, TaskRow row, long startAt, Instant now) {
    boolean rests = startAt > now.toEpochMilli();
    if (!row.leaseState().inGate()) {
      return rests
          ? new Waiting(Kind.HELD, startAt, false)
          : enter(tx, row.tenant(), row.terms(), 0, now);
    }
    Gate gate = gate(tx, row.tenant(), row.terms().gate().orElseThrow());
    if (!rests) {
      return gate.taken() > gate.limit() ? giveUp(tx, gate) : new Waiting(Kind.READY, 0, true);
    }
    boolean keepsPlace = gate.ordered();
    if (!keepsPlace) {
      leave(tx, row, now);
    }
    return new Waiting(Kind.HELD, startAt, keepsPlace);
  }

  /** How a task waits on whose lease ran out, and which is ready again unless its gate closed. */
  public static TaskRow expire(Transaction tx, TaskRow row, Instant now) {
    TaskRow ready = row.with(row.leaseState().expired(now.toEpochMilli()));
    if (!row.leaseState().inGate()) {
      return ready;
    }
    Gate gate = gate(tx, row.tenant(), row.terms().gate().orElseThrow());
    return gate.taken() > gate.limit()
        ? ready.with(ready.leaseState().waiting(giveUp(tx, gate), now.toEpochMilli()))
        : ready;
  }

  /** The gate was made narrower meanwhile: the place goes, and nobody else comes in for it. */
  private static Waiting giveUp(Transaction tx, Gate gate) {
    tx.gates().put(gate.taking(-1));
    return new Waiting(Kind.HELD, 0, false);
  }

  /** Holds back the ready tasks behind a gate, and lets nobody in until it is opened. */
  public static void close(Transaction tx, Gate gate, List<TaskRow> ready, Instant now) {
    for (TaskRow row : ready) {
      TaskRow held =
          row.with(row.leaseState().waiting(new Waiting(Kind.HELD, 0, false), now.toEpochMilli()));
      tx.tasks().update(List.of(held));
      Journal.tell(tx, row, held, TaskEvent.Kind.HELD, now);
    }
    tx.gates().put(gate.taking(-ready.size()).withLimit(0));
  }

  /** How a task whose start time has come waits on. */
  public static Waiting start(Transaction tx, TaskRow row, Instant now) {
    return row.leaseState().inGate()
        ? new Waiting(Kind.READY, 0, true)
        : enter(tx, row.tenant(), row.terms(), 0, now);
  }

  /** Whether it lets tasks in, now or when there is room. */
  static boolean isOpen(Transaction tx, TenantId tenant, GateId id) {
    return gate(tx, tenant, id).limit() > 0;
  }

  /** Gives up the place of a task that is over or rests, and lets the next one in. */
  static void leave(Transaction tx, TaskRow row, Instant now) {
    if (row.leaseState().inGate()) {
      Gate gate = gate(tx, row.tenant(), row.terms().gate().orElseThrow());
      letIn(tx, gate.taking(-1), now);
    }
  }

  /** Readies as many held tasks as there is room for, and writes the gate. */
  public static int letIn(Transaction tx, Gate gate, Instant now) {
    int room = Math.min(gate.room(), OPENING_MAX);
    List<TaskRow> next =
        room == 0 ? List.of() : tx.tasks().heldBehind(gate.tenant(), gate.id(), room);
    long nowMillis = now.toEpochMilli();
    for (TaskRow row : next) {
      ready(
          tx,
          row,
          row.with(row.leaseState().waiting(new Waiting(Kind.READY, 0, true), nowMillis)),
          now);
    }
    tx.gates().put(gate.taking(next.size()));
    return next.size();
  }

  /** Writes a row that becomes ready. */
  public static void ready(Transaction tx, TaskRow before, TaskRow after, Instant now) {
    tx.tasks().update(List.of(after));
    Journal.tell(tx, before, after, TaskEvent.Kind.READIED, now);
  }

  private static Gate gate(Transaction tx, TenantId tenant, GateId id) {
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
