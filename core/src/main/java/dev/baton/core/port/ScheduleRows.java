package dev.baton.core.port;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.ListOrder;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.domain.schedule.ScheduleRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The schedules of a {@link Transaction} and their runs. No number is given twice, not even when
 * what had it is gone. {@code max} is at least 1.
 */
public interface ScheduleRows {

  /**
   * Adds a schedule, whose id must be free, and numbers it; its own {@code seq} is not looked at.
   */
  Schedule insert(Schedule schedule);

  Optional<Schedule> find(TenantId tenant, ScheduleId id);

  Optional<Schedule> find(long seq);

  /** Writes all but its number, names and time of making. */
  void update(Schedule schedule);

  /** Removes it and its runs. */
  void remove(Schedule schedule);

  /**
   * Which schedules.
   *
   * @param active only those that fire, or only those that do not
   * @param name only those in whose name this text stands, whatever the case of A to Z
   */
  record Filter(Optional<Boolean> active, Optional<String> name) {
    public static final Filter ALL = new Filter(Optional.empty(), Optional.empty());

    public Filter {
      requireNonNull(active, "active");
      requireNonNull(name, "name");
    }
  }

  /**
   * A page of a tenant's schedules.
   *
   * @param skip how many to pass over, at least 0
   */
  List<Schedule> list(TenantId tenant, Filter filter, ListOrder order, long skip, int max);

  /** How many schedules {@link #list} would list in all. */
  long count(TenantId tenant, Filter filter);

  /** Schedules of all tenants that fire at {@code now} or should have, longest due first. */
  List<Schedule> due(Instant now, int max);

  /** When the first of all tenants fires next. */
  Optional<Instant> nextDue();

  /** How many fire, over all tenants. */
  long countActive();

  /** Adds a run and numbers it; its own {@code seq} is not looked at. */
  ScheduleRun insertRun(ScheduleRun run);

  /** Whether this time of this schedule has its run. */
  boolean hasRun(long schedule, Instant nominal, boolean manual);

  /** Writes how far it came; nothing when it is gone. */
  void updateRun(ScheduleRun run);

  Optional<ScheduleRun> findRun(long seq);

  /** Runs of all schedules that are not over, numbered above {@code after}, in order. */
  List<ScheduleRun> openRuns(long after, int max);

  /** How many runs of this schedule are not over. */
  long countOpen(long schedule);

  /** A page of the runs of a schedule, newest first. */
  List<ScheduleRun> runs(long schedule, long skip, int max);

  long countRuns(long schedule);

  /** Removes the oldest runs that are over, until {@code keep} of this schedule are left. */
  void pruneRuns(long schedule, int keep);
}
