package dev.baton.core.usecase.task;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.DurationText;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.TaskRows;
import dev.baton.core.port.TaskRows.Submission;
import dev.baton.core.port.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/** Hands tasks out under leases, at once or when there are any. Thread-safe. */
public final class Leasing {
  /** Tasks that one call may lease. */
  public static final int BATCH_MAX = LeaseRequest.TASKS_MAX;

  /** Room for all of it, for who works on the tasks here. */
  static final LongPredicate ANY_ROOM = length -> true;

  /** Waiters that are woken at once by {@link #wakeWaits}; the others follow by nudges. */
  private static final int WAKES_MAX = 1_000;

  private final Store store;
  private final InstantSource clock;
  private final Settings settings;
  private final Counters counters;
  private final Settling settling;
  private final WorkerPresence askers;
  private final Transitions transitions;
  private final Waiters waiters = new Waiters();

  public Leasing(
      Store store,
      InstantSource clock,
      Settings settings,
      Counters counters,
      Settling settling,
      WorkerPresence askers,
      Transitions transitions) {
    this.transitions = requireNonNull(transitions, "transitions");
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
    this.settings = requireNonNull(settings, "settings");
    this.counters = requireNonNull(counters, "counters");
    this.settling = requireNonNull(settling, "settling");
    this.askers = requireNonNull(askers, "askers");
    store.addReadyListener(waiters);
  }

  /**
   * Leases the ready tasks of lowest rank, each to nobody else until its lease ends; an empty list
   * when none is ready, and fewer than asked for where their texts add up to {@link
   * TaskRows#READY_TEXT_MAX}. Refused with {@link ErrorCode#SHUTTING_DOWN} while the process
   * drains.
   */
  public CompletableFuture<List<LeasedTask>> lease(LeaseRequest ask) {
    return lease(ask, ANY_ROOM);
  }

  /**
   * The same, of no more than there is room for. Refused with {@link ErrorCode#OVERLOADED} where
   * there is none even for the first.
   *
   * @param room whether there is room for a text of so many UTF-16 units more; then it is taken,
   *     and the caller sees to it that it becomes free again. Asked on the store's writing thread,
   *     so it must not wait
   */
  public CompletableFuture<List<LeasedTask>> lease(LeaseRequest ask, LongPredicate room) {
    checkArgument(
        ask.lease().compareTo(settings.leaseMax()) <= 0,
        "a lease is at most %s",
        DurationText.of(settings.leaseMax()));
    if (waiters.isClosed()) {
      return CompletableFuture.failedFuture(
          new BatonException(ErrorCode.SHUTTING_DOWN, "the server is shutting down"));
    }
    askers.asked(ask, clock.instant());
    return store
        .write(Urgency.CARRY, tx -> leaseIn(tx, ask, room, clock.instant()))
        .thenApply(
            leased -> {
              count(ask, leased);
              return leased;
            });
  }

  private void count(LeaseRequest ask, List<LeasedTask> leased) {
    if (leased.isEmpty()) {
      return;
    }
    counters.leased(leased.size());
    Instant now = clock.instant();
    if (ask.queues().size() == 1) {
      askers.leased(ask.tenant(), ask.queues().get(0), leased.size(), now);
    } else {
      leased.forEach(task -> askers.leased(ask.tenant(), task.row().terms().queue(), 1, now));
    }
  }

  /**
   * Like {@link #lease(LeaseRequest, LongPredicate)}, but waits up to {@code wait} for a first
   * task, holding no thread. A caller that goes away cancels the future: what is leased for it
   * after that is released at once.
   *
   * <p>Whoever waits longest is served first, and no more waiters are woken than tasks became
   * ready.
   *
   * @param wait zero or more; waits end within a tick of the sweep, see {@link #endOverdueWaits}
   */
  public CompletableFuture<List<LeasedTask>> leaseWhenReady(LeaseRequest ask, Duration wait) {
    return leaseWhenReady(ask, ANY_ROOM, wait);
  }

  /** The same, of no more than there is room for when it comes. */
  public CompletableFuture<List<LeasedTask>> leaseWhenReady(
      LeaseRequest ask, LongPredicate room, Duration wait) {
    if (wait.isZero()) {
      return lease(ask, room);
    }
    Waiters.Waiter waiter = waiters.newWaiter(ask, room, clock.instant().plus(wait));
    attempt(waiter);
    return waiter.answer();
  }

  private void attempt(Waiters.Waiter waiter) {
    long seen = waiters.hintsFor(waiter.ask());
    var unused =
        lease(waiter.ask(), waiter.room())
            .whenComplete(
                (leased, error) -> {
                  if (error != null) {
                    waiter.answer().completeExceptionally(error);
                  } else if (!leased.isEmpty()) {
                    if (!waiter.answer().complete(leased)) {
                      giveBack(waiter.ask().tenant(), leased);
                    }
                  } else {
                    waiters.park(waiter, seen, this::attempt);
                  }
                });
  }

  /**
   * Hands back what was leased for somebody who never got it: uncounted, and ready again at once.
   */
  public void giveBack(TenantId tenant, List<LeasedTask> leased) {
    List<Settlement> releases = new ArrayList<>(leased.size());
    for (LeasedTask task : leased) {
      LeaseId lease = task.leaseId();
      releases.add(new Settlement.Release(lease, Duration.ZERO));
    }
    // A failure leaves the leases to expire, which hands the tasks on as well.
    var unused = settling.settle(tenant, releases);
  }

  /** Ends the waits whose time is up, with an empty list. Called by the sweep. */
  public void endOverdueWaits() {
    waiters.endOverdue(clock.instant());
  }

  /** Lets the first of each line ask again, should a hint have been lost. Called by the sweep. */
  public void nudgeWaits() {
    waiters.nudge();
  }

  /** Ends all waits and grants no further lease: the first step of a shutdown. */
  public void stop() {
    waiters.close();
  }

  /** Lets many who wait ask again, when what kept tasks from them all is over. */
  public void wakeWaits() {
    waiters.wake(WAKES_MAX);
  }

  /** Whether anybody waits for this queue's tasks, or asked for them lately. */
  public boolean isAsked(TenantId tenant, QueueName queue) {
    return waiters.isAwaited(new Store.Line(tenant, queue))
        || askers.isAsked(tenant, queue, clock.instant());
  }

  /** Tenants that have a ready task, by name, after this one; {@code ""} for the first. */
  public CompletableFuture<List<TenantId>> readyTenants(String after, int max) {
    return store.read(tx -> tx.tasks().readyTenants(after, max));
  }

  /** How many callers wait for work now. */
  public int waiting() {
    return waiters.size();
  }

  private static Set<ModelName> pausedModels(Transaction tx, LeaseRequest ask, Instant now) {
    List<ModelPause> pauses = tx.pauses().all();
    return pauses.isEmpty()
        ? Set.of()
        : pauses.stream()
            .filter(pause -> pause.holdsAt(now))
            .map(ModelPause::model)
            .filter(model -> !ask.evenPaused().contains(model))
            .collect(Collectors.toSet());
  }

  private List<LeasedTask> leaseIn(
      Transaction tx, LeaseRequest ask, LongPredicate room, Instant now) {
    List<QueueName> paused = tx.queues().paused(ask.tenant());
    List<QueueName> open =
        paused.isEmpty()
            ? ask.queues()
            : ask.queues().stream().filter(queue -> !paused.contains(queue)).toList();
    if (open.isEmpty()) {
      return List.of();
    }
    ModelFilter models = ask.models().without(pausedModels(tx, ask, now));
    List<Submission> ready =
        models.isEmpty()
            ? List.of()
            : tx.tasks().nextReady(ask.tenant(), open, models, ask.max(), ask.maxCharacters());
    if (ready.isEmpty()) {
      return List.of();
    }
    long nowMillis = now.toEpochMilli();
    long until = now.plus(ask.lease()).toEpochMilli();
    List<Transition> leases = new ArrayList<>(ready.size());
    List<LeasedTask> leased = new ArrayList<>(ready.size());
    long length = 0;
    boolean cut = false;
    for (Submission submission : ready) {
      if (!room.test(submission.length())) {
        cut = true;
        break;
      }
      length += submission.length();
      TaskRow before = submission.row();
      TaskRow row = before.with(before.leaseState().leased(ask.worker(), until, nowMillis));
      leases.add(Transition.of(before, row, TaskEvent.Kind.LEASED, now));
      leased.add(new LeasedTask(row, submission.prompt()));
    }
    if (leases.isEmpty()) {
      throw new BatonException(
          ErrorCode.OVERLOADED, "too many large prompts are being handed out; try again later");
    }
    transitions.applyAll(tx, leases);
    if (cut || length >= TaskRows.READY_TEXT_MAX) {
      // This caller was woken for more than it got, so somebody else has to look after the rest.
      open.forEach(queue -> tx.readied(ask.tenant(), queue, 1));
    }
    return leased;
  }
}
