package dev.baton.core.usecase.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.TaskRows.Depth;
import dev.baton.core.port.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Opens and closes what tasks wait for: queues and gates. Thread-safe. */
public final class Queues {
  /** Waiters that a resumed queue wakes at once; more of them ask again by themselves. */
  private static final int RESUME_WAKES = 1_000;

  private final Store store;
  private final InstantSource clock;
  private final Transitions transitions;

  public Queues(Store store, InstantSource clock, Transitions transitions) {
    this.transitions = requireNonNull(transitions, "transitions");
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * Hands nothing out from this queue until it is resumed. Costs the same whatever the backlog: its
   * tasks stay ready, and leases pass the queue over.
   */
  public CompletableFuture<List<QueueName>> pause(TenantId tenant, QueueName queue) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          tx.queues().setPaused(tenant, queue, true);
          return tx.queues().paused(tenant);
        });
  }

  /** Hands out again, and wakes who waits. As {@link #pause}, it returns what is paused then. */
  public CompletableFuture<List<QueueName>> resume(TenantId tenant, QueueName queue) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          tx.queues().setPaused(tenant, queue, false);
          tx.readied(tenant, queue, RESUME_WAKES);
          return tx.queues().paused(tenant);
        });
  }

  public CompletableFuture<List<QueueName>> paused(TenantId tenant) {
    return store.read(tx -> tx.queues().paused(tenant));
  }

  /** How many tasks wait or run, by queue and state. */
  public CompletableFuture<List<Depth>> depths(TenantId tenant) {
    return store.read(tx -> tx.tasks().depths(tenant));
  }

  /** A queue with how many of its tasks are in which state. */
  public record Overview(QueueName name, long held, long ready, long leased, boolean paused) {}

  /** The queues that have tasks or are paused, and those that are always there, by name. */
  public CompletableFuture<List<Overview>> overview(TenantId tenant) {
    return depths(tenant).thenCombine(paused(tenant), Queues::overview);
  }

  private static List<Overview> overview(List<Depth> depths, List<QueueName> paused) {
    Map<String, Overview> views = new TreeMap<>();
    Stream.of(
            Submissions.defaultQueues().stream(),
            depths.stream().map(Depth::queue),
            paused.stream())
        .flatMap(names -> names)
        .forEach(
            queue ->
                views.put(
                    queue.value(),
                    new Overview(
                        queue,
                        count(depths, queue, Kind.HELD),
                        count(depths, queue, Kind.READY),
                        count(depths, queue, Kind.LEASED),
                        paused.contains(queue))));
    return List.copyOf(views.values());
  }

  private static long count(List<Depth> depths, QueueName queue, Kind state) {
    return depths.stream()
        .filter(depth -> depth.queue().equals(queue) && depth.state() == state)
        .mapToLong(Depth::count)
        .sum();
  }

  /**
   * Sets how many of the tasks behind a gate may be ready or leased at once, making the gate if
   * there is none, and lets in as many as there is room for.
   *
   * @param ordered only looked at when the gate is made, see {@link Gate}
   */
  public CompletableFuture<Gate> setGate(TenantId tenant, GateId id, int limit, boolean ordered) {
    return store
        .write(
            Urgency.CARRY,
            tx ->
                letIn(
                    tx,
                    tx.gates()
                        .lock(tenant, id)
                        .map(known -> known.withLimit(limit))
                        .orElseGet(() -> new Gate(tenant, id, limit, 0, ordered))))
        .thenCompose(this::letInTheRest);
  }

  /** A gate as an opening left it, and how many went in. */
  private record Opening(Gate gate, int readied) {}

  private Opening letIn(Transaction tx, Gate gate) {
    int readied = transitions.letIn(tx, gate, clock.instant());
    return new Opening(tx.gates().lock(gate.tenant(), gate.id()).orElseThrow(), readied);
  }

  private CompletableFuture<Gate> letInTheRest(Opening opening) {
    if (opening.readied() < Transitions.OPENING_MAX) {
      return CompletableFuture.completedFuture(opening.gate());
    }
    Gate gate = opening.gate();
    return store
        .write(
            Urgency.CARRY, tx -> letIn(tx, tx.gates().lock(gate.tenant(), gate.id()).orElseThrow()))
        .thenCompose(this::letInTheRest);
  }
}
