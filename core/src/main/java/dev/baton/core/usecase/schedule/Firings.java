package dev.baton.core.usecase.schedule;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.event.DomainEvent.ScheduleEvent;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleRun;
import dev.baton.core.domain.schedule.ScheduleRun.Progress;
import dev.baton.core.domain.schedule.ScheduleRun.State;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.Transaction;
import dev.baton.core.usecase.batch.BatchLife;
import dev.baton.core.usecase.batch.BatchView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What schedules do when their time comes: one run per schedule and time, made in the transaction
 * that moves the schedule on, and how far each run came. Thread-safe.
 */
public final class Firings {
  /** Runs kept of one schedule. */
  public static final int RUNS_KEPT = 1_000;

  /** A firing that is noticed so late is still on time. */
  public static final Duration GRACE = Duration.ofMinutes(5);

  private static final int PAGE = 100;
  private static final int ERROR_MAX = 1_000;
  private static final Duration FIRST_LOOK = Duration.ofHours(1);

  private final Store store;
  private final InstantSource clock;

  public Firings(Store store, InstantSource clock) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
  }

  /** Makes the runs of a page of schedules that are due: whether more may be due. */
  public CompletableFuture<Boolean> fire() {
    return store
        .read(tx -> !tx.schedules().due(clock.instant(), 1).isEmpty())
        .thenCompose(
            due ->
                due
                    ? store.write(Urgency.CARRY, this::firePage)
                    : CompletableFuture.completedFuture(false));
  }

  private boolean firePage(Transaction tx) {
    Instant now = clock.instant();
    List<Schedule> due = tx.schedules().due(now, PAGE);
    due.forEach(schedule -> fire(tx, schedule, now));
    return due.size() == PAGE;
  }

  private static void fire(Transaction tx, Schedule schedule, Instant now) {
    List<Instant> times = chosen(schedule, now);
    long open = tx.schedules().countOpen(schedule.seq());
    boolean skips = schedule.plan().rules().overlap() == Plan.Overlap.SKIP && open > 0;
    Optional<Instant> last = Optional.empty();
    for (Instant nominal : times) {
      if (tx.schedules().hasRun(schedule.seq(), nominal, false)) {
        continue;
      }
      Progress progress = Progress.of(State.PENDING);
      if (skips) {
        progress = Progress.skipped(now, "the run before it was not over");
      } else if (open >= Plan.Overlap.QUEUED_MAX) {
        progress = Progress.skipped(now, "too many runs before it were not over");
      } else {
        last = Optional.of(nominal);
        open++;
      }
      tx.schedules()
          .insertRun(
              new ScheduleRun(0, schedule.tenant(), schedule.seq(), nominal, false, now, progress));
    }
    tx.schedules().update(schedule.fired(last, now));
    tx.schedules().pruneRuns(schedule.seq(), RUNS_KEPT);
  }

  /** The times that get a run, oldest first. */
  private static List<Instant> chosen(Schedule schedule, Instant now) {
    List<Instant> times = due(schedule, now);
    Instant latest = times.get(times.size() - 1);
    return switch (schedule.plan().rules().missed()) {
      case ONCE -> List.of(latest);
      case NONE -> latest.plus(GRACE).isBefore(now) ? List.of() : List.of(latest);
      case ALL -> times;
    };
  }

  /** Its latest times up to now, looking back no further than needed. */
  private static List<Instant> due(Schedule schedule, Instant now) {
    Instant first = schedule.nextRun().orElseThrow();
    Duration look = FIRST_LOOK;
    while (true) {
      Instant from = now.minus(look);
      boolean all = !from.isAfter(first);
      Deque<Instant> times = new ArrayDeque<>();
      Instant at = all ? first : next(schedule, from);
      for (; !at.isAfter(now); at = next(schedule, at)) {
        times.addLast(at);
        if (times.size() > Plan.Missed.ALL_MAX) {
          times.removeFirst();
        }
      }
      if (all || times.size() == Plan.Missed.ALL_MAX) {
        return new ArrayList<>(times);
      }
      look = look.multipliedBy(4);
    }
  }

  private static Instant next(Schedule schedule, Instant after) {
    return schedule.plan().cron().next(after, schedule.plan().zone());
  }

  /**
   * A run that is not over.
   *
   * @param batch empty while it has none, or when somebody removed it
   */
  public record OpenRun(ScheduleRun run, Schedule schedule, Optional<BatchView> batch) {}

  /** Runs that are not over, numbered above {@code after}, in order. */
  public CompletableFuture<List<OpenRun>> open(long after) {
    return store.read(
        tx -> {
          List<OpenRun> work = new ArrayList<>();
          for (ScheduleRun run : tx.schedules().openRuns(after, PAGE)) {
            Optional<Batch> batch = BatchLife.visible(tx, run.tenant(), run.batch());
            work.add(
                new OpenRun(
                    run,
                    tx.schedules().find(run.schedule()).orElseThrow(),
                    batch.map(found -> BatchView.of(tx, found))));
          }
          return work;
        });
  }

  /** Records how far a run came; false when it is gone or over, and nothing is to be done. */
  public CompletableFuture<Boolean> advance(ScheduleRun run, Progress progress) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          Optional<ScheduleRun> known =
              tx.schedules().findRun(run.seq()).filter(found -> !found.state().isOver());
          known.ifPresent(found -> advance(tx, found, progress));
          return known.isPresent();
        });
  }

  private void advance(Transaction tx, ScheduleRun run, Progress progress) {
    tx.schedules().updateRun(run.with(progress));
    if (!progress.state().isOver()) {
      return;
    }
    Schedule schedule = tx.schedules().find(run.schedule()).orElseThrow();
    boolean failed = progress.state() == State.FAILED;
    Instant now = clock.instant();
    tx.log(
        new ScheduleEvent(
            run.tenant(),
            schedule.id(),
            "run-" + run.seq(),
            failed ? ScheduleEvent.Kind.FAILED : ScheduleEvent.Kind.EXECUTED,
            now));
  }

  /** A failure of this run, with its reason cut where it is too long. */
  public Progress failure(ScheduleRun.Counts counts, String reason) {
    String kept = reason.substring(0, Math.min(reason.length(), ERROR_MAX));
    return Progress.failed(clock.instant(), counts, kept);
  }

  public Progress success(ScheduleRun.Counts counts, Optional<String> report) {
    return Progress.succeeded(clock.instant(), counts, report);
  }
}
