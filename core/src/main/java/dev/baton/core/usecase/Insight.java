package dev.baton.core.usecase;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskId;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.Store;
import dev.baton.core.port.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Tells what goes on and why something waits. Thread-safe. */
public final class Insight {
  /** Tasks that are counted ahead of a waiting one, at most. */
  public static final int AHEAD_MAX = 10_000;

  private final Store store;
  private final InstantSource clock;
  private final Counters counters;

  public Insight(Store store, InstantSource clock, Counters counters) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
    this.counters = requireNonNull(counters, "counters");
  }

  /** What this process did since it started. */
  public Counters.Snapshot counters() {
    return counters.snapshot();
  }

  /** How many tasks a tenant has in each state, at the same cost whatever there is. */
  public CompletableFuture<Tally> tally(TenantId tenant) {
    return store.read(tx -> tx.counts().of(tenant));
  }

  /** The clock that leases are counted by. */
  public Instant now() {
    return clock.instant();
  }

  /**
   * Why a task is not being worked on.
   *
   * @param until when it is due, for {@link Reason#START_TIME}; when the lease ends, for {@link
   *     Reason#LEASED}
   * @param gate the gate with its limit, for {@link Reason#GATE}
   * @param ahead ready tasks that go before it, for {@link Reason#IN_LINE}, up to {@link
   *     #AHEAD_MAX}
   */
  public record Wait(Reason reason, Optional<Instant> until, Optional<Gate> gate, int ahead) {

    /** One sentence for people. */
    public String sentence() {
      return switch (reason) {
        case START_TIME -> "held until " + until.orElseThrow();
        case GATE ->
            gate.map(
                    g ->
                        "held by gate %s: %d of %d places taken"
                            .formatted(g.id(), g.taken(), g.limit()))
                .orElse("held by a gate");
        case QUEUE_PAUSED -> "its queue is paused";
        case IN_LINE ->
            ahead == 0
                ? "next in line: waits for a worker to ask"
                : "in line behind "
                    + (ahead >= AHEAD_MAX ? AHEAD_MAX + " or more" : ahead)
                    + " others";
        case LEASED -> "a worker has it until " + until.orElseThrow();
        case OVER -> "it is over";
      };
    }
  }

  /** The kinds of waiting. */
  public enum Reason {
    START_TIME,
    GATE,
    QUEUE_PAUSED,
    IN_LINE,
    LEASED,
    OVER
  }

  /** Why the task is not being worked on; empty when the tenant has none of this id. */
  public CompletableFuture<Optional<Wait>> whyWaiting(TenantId tenant, TaskId id) {
    return store.read(
        tx ->
            Optional.ofNullable(tx.tasks().find(tenant, List.of(id)).get(id))
                .map(row -> why(tx, row)));
  }

  private static Wait why(Transaction tx, TaskRow row) {
    return switch (row.standing().state()) {
      case HELD ->
          row.standing().startAt() > 0
              ? wait(Reason.START_TIME, row.standing().startAt())
              : new Wait(
                  Reason.GATE,
                  Optional.empty(),
                  row.terms().gate().flatMap(gate -> tx.support().gate(row.tenant(), gate)),
                  0);
      case READY ->
          tx.support().pausedQueues(row.tenant()).contains(row.terms().queue())
              ? new Wait(Reason.QUEUE_PAUSED, Optional.empty(), Optional.empty(), 0)
              : new Wait(
                  Reason.IN_LINE,
                  Optional.empty(),
                  Optional.empty(),
                  tx.tasks().ahead(row, AHEAD_MAX));
      case LEASED -> wait(Reason.LEASED, row.standing().leaseUntil());
      case SUCCEEDED, DEAD, CANCELLED ->
          new Wait(Reason.OVER, Optional.empty(), Optional.empty(), 0);
    };
  }

  private static Wait wait(Reason reason, long until) {
    return new Wait(reason, Optional.of(Instant.ofEpochMilli(until)), Optional.empty(), 0);
  }

  /** The log after event number {@code after}, at most {@code max} events. */
  public CompletableFuture<List<LoggedEvent>> events(long after, int max) {
    return store.read(tx -> tx.events().after(after, max));
  }
}
