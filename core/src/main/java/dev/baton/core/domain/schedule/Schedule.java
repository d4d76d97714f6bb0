package dev.baton.core.domain.schedule;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * A plan that is kept.
 *
 * @param seq its number in the order of making, unique in the store
 * @param lastRun the nominal time of its last run; empty before the first
 * @param nextRun when it fires next; empty while it does not
 */
public record Schedule(
    long seq,
    TenantId tenant,
    ScheduleId id,
    Plan plan,
    Instant createdAt,
    Optional<Instant> lastRun,
    Optional<Instant> nextRun) {

  public Schedule {
    requireNonNull(tenant, "tenant");
    requireNonNull(id, "id");
    requireNonNull(plan, "plan");
    requireNonNull(createdAt, "createdAt");
    requireNonNull(lastRun, "lastRun");
    requireNonNull(nextRun, "nextRun");
  }

  /** The same under another plan; where its times are others it fires next after {@code now}. */
  public Schedule planned(Plan changed, Instant now) {
    boolean sameTimes =
        changed.cron().equals(plan.cron())
            && changed.zone().equals(plan.zone())
            && changed.active() == plan.active();
    return new Schedule(
        seq, tenant, id, changed, createdAt, lastRun, sameTimes ? nextRun : next(changed, now));
  }

  /** When a plan fires next; empty when it does not fire. */
  public static Optional<Instant> next(Plan plan, Instant now) {
    return plan.active() ? Optional.of(plan.cron().next(now, plan.zone())) : Optional.empty();
  }

  /** Somebody asked for a run. */
  public Schedule ran(Instant at) {
    return new Schedule(seq, tenant, id, plan, createdAt, Optional.of(at), nextRun);
  }

  /** What was due is done: it fires next after {@code now}. */
  public Schedule fired(Optional<Instant> last, Instant now) {
    return new Schedule(seq, tenant, id, plan, createdAt, last.or(this::lastRun), next(plan, now));
  }
}
