package dev.baton.core.simulation;

import com.google.common.collect.ImmutableSet;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.AnswerRows;
import dev.baton.core.port.EventRows;
import dev.baton.core.port.GateRows;
import dev.baton.core.port.KeyRows;
import dev.baton.core.port.QueueRows;
import dev.baton.core.port.Store;
import dev.baton.core.port.TaskRows;
import dev.baton.core.port.TaskRows.Submission;
import dev.baton.core.port.Transaction;
import dev.baton.core.testing.ForwardingStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Mistakes that a queue could make, planted to show that the simulation would notice. */
enum PlantedFault {
  NONE,
  /** An answer is taken from whoever brings it. */
  IGNORES_TOKEN(Rule.STALE_SETTLE),
  /** A retry begins with the first token again. */
  RESETS_TOKEN(Rule.TOKEN, Rule.STALE_SETTLE),
  /** A later answer takes the place of the first. */
  OVERWRITES_RESULT(Rule.TWO_ANSWERS),
  /** Now and then a submit is acknowledged before it is stored, and then is not. */
  DROPS_SUBMIT(Rule.LOST, Rule.DUPLICATE),
  /** A heartbeat is acknowledged, and the lease ends when it would have. */
  IGNORES_HEARTBEAT(Rule.OVERLAP),
  /** What is leased is handed out again. */
  GRANTS_TWICE(Rule.TOKEN, Rule.OVERLAP, Rule.LOG),
  /** An attempt whose worker went silent does not count. */
  FORGETS_EXPIRED_ATTEMPTS(Rule.ATTEMPTS),
  /** The newest goes first. */
  TAKES_THE_NEWEST(Rule.ORDER),
  /** Who leaves a gate does not free its place. */
  LEAKS_PLACES(Rule.GATE),
  /** An idempotency key is not stored with its task. */
  FORGETS_KEYS(Rule.DUPLICATE),
  /** A pause is acknowledged and forgotten. */
  FORGETS_PAUSES(Rule.FORBIDDEN),
  /** A change is stored without its event. */
  FORGETS_EVENTS(Rule.LOG);

  private final ImmutableSet<Rule> breaks;

  PlantedFault(Rule... breaks) {
    this.breaks = ImmutableSet.copyOf(breaks);
  }

  /** What the simulation should say. */
  Set<Rule> breaks() {
    return breaks;
  }

  Settlement onSettle(Settlement settlement) {
    return this == IGNORES_TOKEN && settlement instanceof Settlement.Complete complete
        ? new Settlement.Complete(complete.taskId(), Optional.empty(), complete.completion())
        : settlement;
  }

  Store in(Store store) {
    return switch (this) {
      case NONE, IGNORES_TOKEN -> store;
      case DROPS_SUBMIT -> new DroppingStore(store);
      default -> Meddling.transactions(store, this::in);
    };
  }

  private Transaction in(Transaction tx) {
    TaskRows tasks = tx.tasks();
    return switch (this) {
      case NONE, IGNORES_TOKEN, DROPS_SUBMIT -> tx;
      case RESETS_TOKEN -> rewriting(tx, PlantedFault::withoutToken);
      case IGNORES_HEARTBEAT -> rewriting(tx, row -> withoutExtension(tasks, row));
      case FORGETS_EXPIRED_ATTEMPTS -> rewriting(tx, PlantedFault::uncounted);
      case OVERWRITES_RESULT ->
          Meddling.rows(tx, AnswerRows.class, "addAlternative", args -> overwrite(tx, args));
      case GRANTS_TWICE ->
          Meddling.rows(
              tx, TaskRows.class, "nextReady", args -> readyOrLeased(tasks, lease(tasks, args)));
      case TAKES_THE_NEWEST ->
          Meddling.rows(tx, TaskRows.class, "nextReady", args -> newest(tasks, args));
      case LEAKS_PLACES ->
          Meddling.rows(tx, GateRows.class, "put", args -> leak(tx, (Gate) args[0]));
      case FORGETS_KEYS -> Meddling.rows(tx, KeyRows.class, "put", args -> true);
      case FORGETS_PAUSES -> Meddling.rows(tx, QueueRows.class, "setPaused", args -> true);
      case FORGETS_EVENTS ->
          Meddling.rows(
              tx, EventRows.class, "append", args -> forgetSuccess(tx, (TaskEvent) args[0]));
    };
  }

  private static Transaction rewriting(Transaction tx, UnaryOperator<TaskRow> rewrite) {
    return Meddling.rows(
        tx,
        TaskRows.class,
        "update",
        args -> {
          tx.tasks().update(PlantedFault.<TaskRow>list(args[0]).stream().map(rewrite).toList());
          return true;
        });
  }

  @SuppressWarnings("unchecked")
  private static <T> List<T> list(Object argument) {
    return (List<T>) argument;
  }

  private static TaskRow withoutToken(TaskRow row) {
    LeaseState s = row.leaseState();
    return s.state() == Kind.READY || s.state() == Kind.HELD
        ? with(row, s.state(), s.attempts(), 0, s.leaseUntil())
        : row;
  }

  private static TaskRow withoutExtension(TaskRows tasks, TaskRow row) {
    LeaseState before = tasks.find(row.seq()).orElseThrow().leaseState();
    LeaseState s = row.leaseState();
    return s.state() == Kind.LEASED && before.state() == Kind.LEASED
        ? with(row, s.state(), s.attempts(), s.token(), before.leaseUntil())
        : row;
  }

  private static TaskRow uncounted(TaskRow row) {
    LeaseState s = row.leaseState();
    // Only an expired task waits with its last holder's name on it.
    return s.state() == Kind.READY && s.holder() != null
        ? with(row, s.state(), s.attempts() - 1, s.token(), s.leaseUntil())
        : row;
  }

  private static TaskRow with(TaskRow row, Kind state, int attempts, long token, long until) {
    LeaseState s = row.leaseState();
    return row.with(
        new LeaseState(
            state,
            attempts,
            token,
            s.holder(),
            s.leasedAt(),
            until,
            s.startAt(),
            s.inGate(),
            s.changedAt()));
  }

  private static List<Submission> lease(TaskRows tasks, Object[] args) {
    return tasks.nextReady((TenantId) args[0], list(args[1]), (ModelFilter) args[2], (int) args[3]);
  }

  private static List<Submission> readyOrLeased(TaskRows tasks, List<Submission> ready) {
    if (!ready.isEmpty()) {
      return ready;
    }
    return tasks.list(TenantId.DEFAULT, TaskRows.Filter.ALL, Long.MAX_VALUE, 100).stream()
        .filter(row -> row.state() == Kind.LEASED)
        .limit(1)
        .map(row -> new Submission(asReady(row), tasks.prompt(row.seq())))
        .toList();
  }

  /** As it was before it was leased. */
  private static TaskRow asReady(TaskRow row) {
    LeaseState s = row.leaseState();
    return with(row, Kind.READY, s.attempts() - 1, s.token() - 1, s.leaseUntil());
  }

  private static List<Submission> newest(TaskRows tasks, Object[] args) {
    List<Submission> all =
        new ArrayList<>(
            tasks.nextReady((TenantId) args[0], list(args[1]), (ModelFilter) args[2], 1_000));
    Collections.reverse(all);
    return all.subList(0, Math.min((int) args[3], all.size()));
  }

  private static boolean overwrite(Transaction tx, Object[] args) {
    long seq = (long) args[0];
    tx.answers().removeResult(seq);
    tx.answers().insert(List.of(Result.of(seq, (Completion) args[1], (Instant) args[2])));
    return true;
  }

  private static boolean leak(Transaction tx, Gate gate) {
    int taken = tx.gates().lock(gate.tenant(), gate.id()).map(Gate::taken).orElse(0);
    tx.gates().put(gate.taking(Math.max(0, taken - gate.taken())));
    return true;
  }

  private static boolean forgetSuccess(Transaction tx, TaskEvent event) {
    if (event.kind() != TaskEvent.Kind.SUCCEEDED) {
      tx.events().append(event);
    }
    return true;
  }

  /** Runs every third submit, throws it away, and says that all is well. */
  private static final class DroppingStore extends ForwardingStore {
    private final AtomicInteger submits = new AtomicInteger();

    private DroppingStore(Store store) {
      super(store);
    }

    @Override
    public <R> CompletableFuture<R> write(Urgency urgency, Work<R> work) {
      if (urgency != Urgency.SUBMIT || submits.incrementAndGet() % 3 != 0) {
        return super.write(urgency, work);
      }
      AtomicReference<R> result = new AtomicReference<>();
      return super.<R>write(
              urgency,
              tx -> {
                result.set(work.in(tx));
                throw new BatonException(ErrorCode.STORE_UNAVAILABLE, "dropped");
              })
          .exceptionally(dropped -> result.get());
    }
  }
}
