package dev.baton.core.usecase.task;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.id.FencingToken;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.GiveBacks;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.LeaseState.Waiting;
import dev.baton.core.domain.task.Rank;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Touches;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Ends leases: with the answer, with a failure, or by giving back. Whoever does not name the newest
 * token changes nothing, and an answer once stored is never replaced. Thread-safe; holds no state.
 */
public final class Settling {
  /** Settlements that one call may bring. */
  public static final int BATCH_MAX = 1_000;

  /** Answers kept beside the one that counts. */
  public static final int ALTERNATIVES_MAX = 10;

  /** UTF-16 units of an answer that is kept beside the one that counts; larger ones are dropped. */
  public static final int ALTERNATIVE_LENGTH_MAX = 1 << 20;

  private final Store store;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Counters counters;
  private final Transitions transitions;
  private final Endings endings;
  private final Duration headStart;

  /**
   * @param random safe for use by several threads
   * @param headStart of a priority step, see {@link Settings}
   */
  public Settling(
      Store store,
      InstantSource clock,
      RandomGenerator random,
      Counters counters,
      Transitions transitions,
      Duration headStart) {
    this.headStart = requireNonNull(headStart, "headStart");
    this.transitions = requireNonNull(transitions, "transitions");
    this.endings = new Endings(transitions);
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
    this.random = requireNonNull(random, "random");
    this.counters = requireNonNull(counters, "counters");
  }

  /**
   * As {@link #settle(TenantId, List)}, for one; a refusal is thrown as a {@link BatonException}.
   */
  public CompletableFuture<Settled> settle(TenantId tenant, Settlement settlement) {
    return settle(tenant, List.of(settlement))
        .thenApply(
            list -> {
              Settled settled = list.get(0);
              if (!settled.kind().isAccepted()) {
                throw new BatonException(settled.kind().refusal(), TaskRefusals.message(settled));
              }
              return settled;
            });
  }

  /**
   * Settles each on its own: the answer tells of each, in order, what became of it, and one that is
   * refused keeps no other from being done. Repeating a call is harmless.
   *
   * @param settlements 1 to {@link #BATCH_MAX}
   * @throws BatonException of {@link ErrorCode#VALIDATION_FAILED}, and nothing is settled, if an
   *     answer has text that can't be kept to the letter: a NUL or half a surrogate pair
   */
  public CompletableFuture<List<Settled>> settle(TenantId tenant, List<Settlement> settlements) {
    checkArgument(
        !settlements.isEmpty() && settlements.size() <= BATCH_MAX,
        "1 to %s settlements at once",
        BATCH_MAX);
    List<Touches.TaskRef> touched = new ArrayList<>(settlements.size());
    for (Settlement settlement : settlements) {
      checkKeepable(settlement);
      touched.add(new Touches.TaskRef(tenant, settlement.taskId()));
    }
    double jitter = random.nextDouble();
    return store
        .write(
            Urgency.CARRY,
            new Touches(touched),
            tx -> new Call(tx, clock.instant(), jitter).settle(tenant, settlements))
        .thenApply(
            settled -> {
              count(settlements, settled);
              return settled;
            });
  }

  private static void checkKeepable(Settlement settlement) {
    if (settlement instanceof Settlement.Complete complete) {
      complete
          .completion()
          .problem()
          .ifPresent(
              problem -> {
                throw new BatonException(ErrorCode.VALIDATION_FAILED, "the answer: " + problem);
              });
    }
  }

  private void count(List<Settlement> settlements, List<Settled> settled) {
    int answered = 0;
    int failed = 0;
    for (int i = 0; i < settled.size(); i++) {
      if (settled.get(i).kind() == Settled.Kind.DONE) {
        answered += settlements.get(i) instanceof Settlement.Complete ? 1 : 0;
        failed += settlements.get(i) instanceof Settlement.Fail ? 1 : 0;
      }
    }
    counters.answered(answered);
    counters.failed(failed);
  }

  /** One call in one transaction. */
  private final class Call {
    private final Transaction tx;
    private final Instant now;
    private final double jitter;

    Call(Transaction tx, Instant now, double jitter) {
      this.tx = tx;
      this.now = now;
      this.jitter = jitter;
    }

    List<Settled> settle(TenantId tenant, List<Settlement> settlements) {
      List<TaskId> ids = new ArrayList<>(settlements.size());
      for (Settlement settlement : settlements) {
        ids.add(settlement.taskId());
      }
      Map<TaskId, TaskRow> rows = tx.tasks().find(tenant, ids);
      List<Settled> settled = new ArrayList<>(settlements.size());
      for (Settlement settlement : settlements) {
        TaskId id = settlement.taskId();
        Settled.Kind kind = settle(tenant, rows, current(rows, id), settlement);
        settled.add(new Settled(id, kind));
      }
      return settled;
    }

    /** Who leaves a gate lets another in, which may be one that this call settles as well. */
    private @Nullable TaskRow current(Map<TaskId, TaskRow> rows, TaskId id) {
      TaskRow row = rows.get(id);
      return row == null || row.terms().gate().isEmpty()
          ? row
          : tx.tasks().find(row.seq()).orElseThrow();
    }

    private Settled.Kind settle(
        TenantId tenant, Map<TaskId, TaskRow> rows, @Nullable TaskRow row, Settlement settlement) {
      if (row == null) {
        boolean deleted = tx.removals().isBuried(tenant, settlement.taskId());
        return deleted ? Settled.Kind.CANCELLED : Settled.Kind.UNKNOWN;
      }
      if (settlement instanceof Settlement.Complete complete) {
        return complete(rows, row, complete);
      }
      Settled.Kind refused = refusal(row, settlement);
      if (refused != null) {
        return refused;
      }
      TaskRow moved =
          settlement instanceof Settlement.Fail fail
              ? fail(row, fail)
              : release(row, (Settlement.Release) settlement);
      rows.put(row.id(), moved);
      return Settled.Kind.DONE;
    }

    private Settled.Kind complete(
        Map<TaskId, TaskRow> rows, TaskRow row, Settlement.Complete complete) {
      boolean newest = complete.token().map(row.leaseState()::isNewest).orElse(true);
      return switch (row.state()) {
        case HELD, READY, LEASED -> {
          if (!newest) {
            yield Settled.Kind.LEASE_LOST;
          }
          rows.put(row.id(), succeed(row, complete.completion()));
          yield Settled.Kind.DONE;
        }
        case SUCCEEDED -> newest ? again(row, complete.completion()) : Settled.Kind.LEASE_LOST;
        case CANCELLED -> Settled.Kind.CANCELLED;
        case DEAD -> Settled.Kind.OVER;
      };
    }

    private TaskRow succeed(TaskRow row, Completion completion) {
      TaskRow moved = row.with(row.leaseState().succeeded(now.toEpochMilli()));
      tx.answers().insert(List.of(Result.of(row.seq(), completion, now)));
      return transitions.apply(tx, Transition.succeeded(row, moved, completion, now));
    }

    /** The task has its answer: the same one is a replay, another one is kept beside it. */
    private Settled.Kind again(TaskRow row, Completion completion) {
      Completion first = tx.answers().result(row.seq()).orElseThrow().completion().orElseThrow();
      if (first.content().equals(completion.content())) {
        return Settled.Kind.REPLAYED;
      }
      if (completion.content().length() > ALTERNATIVE_LENGTH_MAX) {
        return Settled.Kind.ALTERNATIVE;
      }
      boolean known =
          tx.answers().alternatives(row.seq()).stream()
              .anyMatch(other -> other.content().equals(completion.content()));
      if (!known) {
        tx.answers().addAlternative(row.seq(), completion, now, ALTERNATIVES_MAX);
      }
      return Settled.Kind.ALTERNATIVE;
    }

    /** Why a failure or a release cannot be taken; null when it can. */
    private Settled.@Nullable Kind refusal(TaskRow row, Settlement settlement) {
      FencingToken token = settlement.token().orElseThrow();
      if (row.state() == Kind.LEASED && row.leaseState().isCurrent(token)) {
        return null;
      }
      Attempt.Outcome sought =
          settlement instanceof Settlement.Fail ? Attempt.Outcome.FAILED : Attempt.Outcome.RELEASED;
      boolean doneBefore =
          tx.answers().attempts(row.seq()).stream()
              .anyMatch(a -> a.lease().token().equals(token) && a.outcome() == sought);
      if (doneBefore) {
        return Settled.Kind.REPLAYED;
      }
      return row.state() == Kind.CANCELLED ? Settled.Kind.CANCELLED : Settled.Kind.LEASE_LOST;
    }

    private TaskRow fail(TaskRow row, Settlement.Fail fail) {
      addAttempt(row, Attempt.Outcome.FAILED, Optional.of(fail.failure()));
      RetryPolicy retry = row.terms().retry();
      int attempts = row.leaseState().attempts();
      if (!fail.failure().retryable() || !retry.allowsAttemptAfter(attempts)) {
        return endings.die(tx, row, Endings.lastFailure(fail.failure()), now);
      }
      Duration rest = fail.retryAfter().orElseGet(() -> retry.backoffAfter(attempts, jitter));
      return giveBack(row, rest, true, TaskEvent.Kind.FAILED);
    }

    private TaskRow release(TaskRow row, Settlement.Release release) {
      int before = release.reason().map(why -> givenBackBefore(row, why)).orElse(0);
      if (before >= GiveBacks.MAX) {
        Failure last = endless(release.reason().orElseThrow());
        addAttempt(row, Attempt.Outcome.FAILED, Optional.of(last));
        return endings.die(tx, row, last, now);
      }
      addAttempt(row, Attempt.Outcome.RELEASED, release.reason());
      return before + 1 < GiveBacks.YIELDS_FROM
          ? giveBack(row, release.delay(), false, TaskEvent.Kind.RELEASED)
          : yieldPlace(row, release.delay());
    }

    private int givenBackBefore(TaskRow row, Failure why) {
      return GiveBacks.before(
          tx.answers().attempts(row.seq()), row.leaseState().attempts(), why.code());
    }

    private static Failure endless(Failure why) {
      return Failure.permanent(
          why.code(),
          "given back %d times for this reason; the last time: %s"
              .formatted(GiveBacks.MAX, why.message()));
    }

    /** Behind the others of its line; and out of its gate, where that holds others back. */
    private TaskRow yieldPlace(TaskRow row, Duration rest) {
      long startAt = now.plus(rest).toEpochMilli();
      TaskRow last = row.with(row.terms().withRank(Rank.behind(now, headStart)));
      Waiting waiting = Gatekeeper.yielding(tx, row, startAt, now);
      TaskRow moved = last.with(row.leaseState().givenBack(waiting, false, now.toEpochMilli()));
      return transitions.apply(tx, Transition.of(row, moved, TaskEvent.Kind.RELEASED, now));
    }

    private TaskRow giveBack(TaskRow row, Duration rest, boolean counted, TaskEvent.Kind event) {
      Waiting waiting = Gatekeeper.reenter(tx, row, now.plus(rest).toEpochMilli(), now);
      LeaseState leaseState = row.leaseState().givenBack(waiting, counted, now.toEpochMilli());
      TaskRow moved = row.with(leaseState);
      return transitions.apply(tx, Transition.of(row, moved, event, now));
    }

    private void addAttempt(TaskRow row, Attempt.Outcome outcome, Optional<Failure> failure) {
      tx.answers().addAttempt(row.seq(), Endings.attempt(row, outcome, failure, now));
    }
  }
}
