package dev.baton.core.domain.task;

import static com.google.common.base.Preconditions.checkState;

import dev.baton.core.domain.id.FencingToken;
import dev.baton.core.domain.id.WorkerId;
import org.jspecify.annotations.Nullable;

/**
 * The part of a task that every move changes, kept narrow because it is written most often. The
 * methods are the moves; each checks that {@link TaskState.Kind#mayBecome} allows it and throws
 * {@link IllegalStateException} if not, for asking is the caller's duty.
 *
 * <p>Instants are epoch milliseconds, 0 for none.
 *
 * @param attempts leases granted and not given back
 * @param token the newest fencing token issued or voided; 0 before the first lease. Settling needs
 *     the newest one; whatever ends a lease other than its expiry moves it on
 * @param holder who has the task, or had it last
 * @param leasedAt when the newest lease began; none when it was given back or the task redriven
 * @param leaseUntil when the newest lease ends or ended
 * @param startAt held until then
 * @param inGate whether it occupies a place behind its gate
 * @param changedAt the last move
 */
public record LeaseState(
    TaskState.Kind state,
    int attempts,
    long token,
    @Nullable WorkerId holder,
    long leasedAt,
    long leaseUntil,
    long startAt,
    boolean inGate,
    long changedAt) {

  /** A task that starts out in {@code state}, which is held or ready. */
  public static LeaseState submitted(TaskState.Kind state, long startAt, boolean inGate, long now) {
    return new LeaseState(state, 0, 0, null, 0, 0, startAt, inGate, now);
  }

  /** One more attempt, under a new token. */
  public LeaseState leased(WorkerId newHolder, long until, long now) {
    check(TaskState.Kind.LEASED);
    return new LeaseState(
        TaskState.Kind.LEASED, attempts + 1, token + 1, newHolder, now, until, 0, inGate, now);
  }

  /** A heartbeat never shortens a lease, so a delayed one cannot cut a newer one short. */
  public LeaseState extended(long until, long now) {
    checkState(state == TaskState.Kind.LEASED, "only a leased task is extended, was %s", state);
    return new LeaseState(
        state, attempts, token, holder, leasedAt, Math.max(leaseUntil, until), 0, inGate, now);
  }

  /** The answer is in. */
  public LeaseState succeeded(long now) {
    return ended(TaskState.Kind.SUCCEEDED, now);
  }

  /** No further attempt. */
  public LeaseState dead(long now) {
    return ended(TaskState.Kind.DEAD, now);
  }

  /** Called off. */
  public LeaseState cancelled(long now) {
    return ended(TaskState.Kind.CANCELLED, now);
  }

  /**
   * Back to waiting after its holder said so, which voids its token.
   *
   * @param counted whether the attempt stays counted: a failure does, a release does not
   */
  public LeaseState givenBack(Waiting waiting, boolean counted, long now) {
    check(waiting.state());
    return new LeaseState(
        waiting.state(),
        counted ? attempts : attempts - 1,
        token + 1,
        null,
        0,
        0,
        waiting.startAt(),
        waiting.inGate(),
        now);
  }

  /** Back to waiting after its lease ran out; the token stays good until the next lease. */
  public LeaseState expired(long now) {
    check(TaskState.Kind.READY);
    return new LeaseState(
        TaskState.Kind.READY, attempts, token, holder, leasedAt, leaseUntil, 0, inGate, now);
  }

  /** From waiting to waiting: a gate opened or closed, a start time came or moved. */
  public LeaseState waiting(Waiting waiting, long now) {
    checkState(!state.isTerminal() && state != TaskState.Kind.LEASED, "%s does not wait", state);
    return new LeaseState(
        waiting.state(),
        attempts,
        token,
        holder,
        leasedAt,
        leaseUntil,
        waiting.startAt(),
        waiting.inGate(),
        now);
  }

  /** A task that is over starts over with all its attempts. */
  public LeaseState redriven(Waiting waiting, long now) {
    checkState(state.isTerminal(), "%s is not over", state);
    check(waiting.state());
    return new LeaseState(
        waiting.state(), 0, token + 1, null, 0, 0, waiting.startAt(), waiting.inGate(), now);
  }

  /** Whether it was ever leased: from then on what it waits for is counted, not named. */
  public boolean isTried() {
    return token > 0;
  }

  /** Whether a settle under {@code named} is by the newest holder of a task that is not over. */
  public boolean isCurrent(FencingToken named) {
    return !state.isTerminal() && isNewest(named);
  }

  /** Whether {@code named} is the newest token and was granted: one that was voided never was. */
  public boolean isNewest(FencingToken named) {
    return named.value() == token && leasedAt != 0;
  }

  private LeaseState ended(TaskState.Kind end, long now) {
    check(end);
    return new LeaseState(end, attempts, token, holder, leasedAt, leaseUntil, 0, false, now);
  }

  private void check(TaskState.Kind next) {
    checkState(state.mayBecome(next), "no move leads from %s to %s", state, next);
  }

  /** How a task waits: ready, or held until an instant (0: for its gate alone). */
  public record Waiting(TaskState.Kind state, long startAt, boolean inGate) {
    public Waiting {
      checkState(
          state == TaskState.Kind.HELD || state == TaskState.Kind.READY, "%s is no wait", state);
    }
  }
}
