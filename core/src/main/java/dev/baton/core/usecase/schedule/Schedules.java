package dev.baton.core.usecase.schedule;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.ListOrder;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.domain.schedule.ScheduleRun;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.ScheduleRows.Filter;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.Transaction;
import dev.baton.core.usecase.task.TaskIds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Files that become batches at set times: kept, changed, listed, asked for now. Thread-safe. */
public final class Schedules {
  /** Schedules of one tenant. */
  public static final int TENANT_MAX = 10_000;

  /** Schedules or runs on one page. */
  public static final int PAGE_MAX = 1_000;

  private final Store store;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final BatchFiles files;
  private final Executor readers;

  /**
   * @param random must be safe for use by several threads
   * @param readers runs what looks at files, which may block; refuses what it can't take
   */
  public Schedules(
      Store store,
      InstantSource clock,
      RandomGenerator random,
      BatchFiles files,
      Executor readers) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
    this.random = requireNonNull(random, "random");
    this.files = requireNonNull(files, "files");
    this.readers = requireNonNull(readers, "readers");
  }

  /**
   * Keeps a plan under an id of ours. Its input need not be there yet.
   *
   * @throws BatonException in the future: of {@link ErrorCode#LIMIT_EXCEEDED} above {@link
   *     #TENANT_MAX}, and what {@link BatchFiles} refuses its paths with
   */
  public CompletableFuture<Schedule> create(TenantId tenant, Plan plan) {
    ScheduleId id = new ScheduleId("sched-" + TaskIds.next(clock.instant(), random).value());
    return checked(plan)
        .thenCompose(
            good ->
                store.write(
                    Urgency.SUBMIT,
                    tx -> {
                      if (tx.schedules().count(tenant, Filter.ALL) >= TENANT_MAX) {
                        throw new BatonException(
                            ErrorCode.LIMIT_EXCEEDED,
                            "at most %d schedules are allowed".formatted(TENANT_MAX));
                      }
                      Instant now = clock.instant();
                      return tx.schedules()
                          .insert(
                              new Schedule(
                                  0,
                                  tenant,
                                  id,
                                  good,
                                  now,
                                  Optional.empty(),
                                  Schedule.next(good, now)));
                    }));
  }

  /**
   * Checks what a run would ask, and asks no model.
   *
   * @throws BatonException in the future: of {@link ErrorCode#SCHEDULE_NOT_FOUND}, and what the
   *     input is refused with
   */
  public CompletableFuture<DryRun> dryRun(TenantId tenant, ScheduleId id, DryRuns dryRuns) {
    return store
        .read(tx -> required(tx, tenant, id))
        .thenCompose(
            schedule -> reading(() -> dryRuns.run(tenant, schedule.plan(), clock.instant())));
  }

  private CompletableFuture<Plan> checked(Plan plan) {
    return reading(
        () -> {
          checkInput(plan.files().input());
          plan.files()
              .output()
              .ifPresent(
                  path ->
                      files.checkOutput(
                          ScheduleNames.sample(path),
                          plan.files().input(),
                          plan.files().overwrite()));
          return plan;
        });
  }

  private void checkInput(String path) {
    try {
      files.open(path).close();
    } catch (BatonException e) {
      // It may come later.
      if (e.code() != ErrorCode.FILE_NOT_FOUND) {
        throw e;
      }
    }
  }

  private <R> CompletableFuture<R> reading(Supplier<R> job) {
    try {
      return CompletableFuture.supplyAsync(job, readers);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          new BatonException(ErrorCode.OVERLOADED, "too many files are being read; try again"));
    }
  }

  public CompletableFuture<Optional<Schedule>> find(TenantId tenant, ScheduleId id) {
    return store.read(tx -> tx.schedules().find(tenant, id));
  }

  private static Schedule required(Transaction tx, TenantId tenant, ScheduleId id) {
    return tx.schedules()
        .find(tenant, id)
        .orElseThrow(
            () -> new BatonException(ErrorCode.SCHEDULE_NOT_FOUND, "Scheduled task not found"));
  }

  /** A page of schedules, and how many there are on all pages. */
  public record Listed(List<Schedule> schedules, long total) {}

  /**
   * A page of schedules, newest first.
   *
   * @param skip how many to pass over
   * @param max 1 to {@link #PAGE_MAX}
   */
  public CompletableFuture<Listed> list(TenantId tenant, Filter filter, long skip, int max) {
    return list(tenant, filter, ListOrder.NEWEST_FIRST, skip, max);
  }

  /** As {@link #list(TenantId, Filter, long, int)}, in another order. */
  public CompletableFuture<Listed> list(
      TenantId tenant, Filter filter, ListOrder order, long skip, int max) {
    checkArgument(max >= 1 && max <= PAGE_MAX, "1 to %s schedules on a page", PAGE_MAX);
    return store.read(
        tx ->
            new Listed(
                tx.schedules().list(tenant, filter, order, skip, max),
                tx.schedules().count(tenant, filter)));
  }

  /**
   * Changes a plan. It fires anew from now on when its times were changed, and not because of
   * anything else.
   *
   * @param change may be called more than once
   * @throws BatonException in the future: of {@link ErrorCode#SCHEDULE_NOT_FOUND}, and what {@link
   *     BatchFiles} refuses new paths with
   */
  public CompletableFuture<Schedule> change(
      TenantId tenant, ScheduleId id, UnaryOperator<Plan> change) {
    return store
        .read(tx -> required(tx, tenant, id))
        .thenCompose(
            found -> {
              Plan changed = change.apply(found.plan());
              return changed.files().equals(found.plan().files())
                  ? CompletableFuture.completedFuture(changed)
                  : checked(changed);
            })
        .thenCompose(
            good ->
                store.write(
                    Urgency.CARRY,
                    tx -> {
                      Schedule before = required(tx, tenant, id);
                      Schedule after = before.planned(change.apply(before.plan()), clock.instant());
                      tx.schedules().update(after);
                      return after;
                    }));
  }

  /** Lets it fire, or not; it may be so already. */
  public CompletableFuture<Schedule> setActive(TenantId tenant, ScheduleId id, boolean active) {
    return change(tenant, id, plan -> plan.active(active));
  }

  /** Removes it with its history; a batch that it made goes on as any other. */
  public CompletableFuture<Schedule> delete(TenantId tenant, ScheduleId id) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          Schedule schedule = required(tx, tenant, id);
          tx.schedules().remove(schedule);
          return schedule;
        });
  }

  /**
   * Asks for a run now, whether it fires or not. It waits for runs that are not over, unless they
   * may overlap.
   *
   * @throws BatonException in the future: of {@link ErrorCode#SCHEDULE_NOT_FOUND}, and of {@link
   *     ErrorCode#LIMIT_EXCEEDED} when {@link Plan.Overlap#QUEUED_MAX} runs are not over
   */
  public CompletableFuture<ScheduleRun> runNow(TenantId tenant, ScheduleId id) {
    return store.write(
        Urgency.SUBMIT,
        tx -> {
          Schedule schedule = required(tx, tenant, id);
          if (tx.schedules().countOpen(schedule.seq()) >= Plan.Overlap.QUEUED_MAX) {
            throw new BatonException(
                ErrorCode.LIMIT_EXCEEDED, "too many runs of this schedule are not over");
          }
          Instant now = clock.instant();
          Instant nominal = Instant.ofEpochMilli(now.toEpochMilli());
          while (tx.schedules().hasRun(schedule.seq(), nominal, true)) {
            nominal = nominal.plusMillis(1);
          }
          tx.schedules().update(schedule.ran(nominal));
          return tx.schedules()
              .insertRun(
                  new ScheduleRun(
                      0,
                      tenant,
                      schedule.seq(),
                      nominal,
                      true,
                      now,
                      ScheduleRun.Progress.of(ScheduleRun.State.PENDING)));
        });
  }

  /** A page of runs, and how many there are on all pages. */
  public record Runs(Schedule schedule, List<ScheduleRun> runs, long total) {}

  /** A page of the history, newest first. */
  public CompletableFuture<Runs> runs(TenantId tenant, ScheduleId id, long skip, int max) {
    checkArgument(max >= 1 && max <= PAGE_MAX, "1 to %s runs on a page", PAGE_MAX);
    return store.read(
        tx -> {
          Schedule schedule = required(tx, tenant, id);
          return new Runs(
              schedule,
              tx.schedules().runs(schedule.seq(), skip, max),
              tx.schedules().countRuns(schedule.seq()));
        });
  }

  /**
   * One run of the history; empty when the schedule has none of this number.
   *
   * @param seq see {@link ScheduleRun#seq}
   */
  public CompletableFuture<Optional<ScheduleRun>> run(TenantId tenant, ScheduleId id, long seq) {
    return store.read(
        tx -> {
          Schedule schedule = required(tx, tenant, id);
          return tx.schedules().findRun(seq).filter(run -> run.schedule() == schedule.seq());
        });
  }

  /**
   * What there is to do.
   *
   * @param active schedules that fire, of all tenants
   * @param nextRun when the first of them does
   * @param openRuns runs that are not over, {@link #PAGE_MAX} at most
   */
  public record Outlook(long active, Optional<Instant> nextRun, long openRuns) {}

  public CompletableFuture<Outlook> outlook() {
    return store.read(
        tx ->
            new Outlook(
                tx.schedules().countActive(),
                tx.schedules().nextDue(),
                tx.schedules().openRuns(0, PAGE_MAX).size()));
  }
}
