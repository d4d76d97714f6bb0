package dev.baton.core.usecase.webhook;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.event.DomainEvent.AlertEvent;
import dev.baton.core.domain.event.DomainEvent.ScheduleEvent;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.EventListener;
import dev.baton.core.port.Store.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Calls for people: puts what they should look at into the log, once in {@link #QUIET} per kind and
 * what it is about. Also listens to the log for schedules that failed, leases that ran out in
 * numbers and, where it is told how many tasks are too many, for tasks that pile up. Thread-safe.
 */
public final class Alerts implements EventListener {
  /** How long nothing more is said of the same kind. */
  public static final Duration QUIET = Duration.ofMinutes(10);

  /** So many leases that ran out within {@link #EXPIRIES_WITHIN} are worth a word. */
  public static final int EXPIRIES_MANY = 100;

  public static final Duration EXPIRIES_WITHIN = Duration.ofMinutes(1);

  private static final int LOOKS_PER_BACKLOG = 10;

  /** Kinds after which a task may be ready that was not. */
  private static final Set<TaskEvent.Kind> CAME =
      EnumSet.of(
          TaskEvent.Kind.SUBMITTED,
          TaskEvent.Kind.READIED,
          TaskEvent.Kind.EXPIRED,
          TaskEvent.Kind.RELEASED,
          TaskEvent.Kind.REDRIVEN);

  private final Store store;
  private final InstantSource clock;

  @GuardedBy("this")
  private final Map<String, Instant> said = new LinkedHashMap<>();

  @GuardedBy("this")
  private Instant expiriesSince = Instant.MIN;

  @GuardedBy("this")
  private int expiries;

  /** How many have come since the backlog was looked at last, by tenant. */
  @GuardedBy("this")
  private final Map<TenantId, Long> come = new LinkedHashMap<>();

  /** 0: none is watched for. */
  private volatile long backlog;

  public Alerts(Store store, InstantSource clock) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * Logs an alert of {@link TenantId#DEFAULT}, who runs the server; false when one of its kind was
   * logged lately. When the store refuses, the next of its kind is tried again.
   *
   * @param kind a word for machines
   */
  public CompletableFuture<Boolean> raise(String kind, String message) {
    return raise(TenantId.DEFAULT, kind, "", message);
  }

  /** Calls for people because the store refused what it must not. */
  public void refused(BatonException refusal) {
    var unused = raise("storage.refused", "the store refused upkeep: " + refusal.getMessage());
  }

  /** Calls for people because a model can't be asked. */
  public void paused(ModelPause pause) {
    ModelName model = pause.model();
    var unused =
        raise(
            TenantId.DEFAULT,
            "model.paused",
            model.value(),
            "model %s is paused until %s: %s".formatted(model, pause.until(), pause.reason()));
  }

  /** Calls for people because a provider failed so often that it is left alone. */
  public void circuitOpened(String provider, ModelPause pause) {
    var unused =
        raise(
            TenantId.DEFAULT,
            "circuit.opened",
            provider,
            "the circuit of provider %s is open; model %s is paused until %s"
                .formatted(provider, pause.model(), pause.until()));
  }

  /**
   * From now on calls for people when a tenant has so many ready tasks; noticed up to a tenth late.
   *
   * @param ready at least 1
   */
  public void watchBacklog(long ready) {
    checkArgument(ready >= 1, "a backlog is at least one task");
    backlog = ready;
  }

  private CompletableFuture<Boolean> raise(
      TenantId tenant, String kind, String about, String message) {
    Instant now = clock.instant();
    String key = tenant + " " + kind + " " + about;
    if (!isNews(key, now)) {
      return CompletableFuture.completedFuture(false);
    }
    return store
        .write(
            Urgency.CARRY,
            tx -> {
              tx.log(AlertEvent.of(tenant, kind, message, now));
              return true;
            })
        .whenComplete(
            (logged, refused) -> {
              if (refused != null) {
                forget(key, now);
              }
            });
  }

  private synchronized boolean isNews(String key, Instant now) {
    said.values().removeIf(at -> !at.plus(QUIET).isAfter(now));
    return said.putIfAbsent(key, now) == null;
  }

  private synchronized void forget(String key, Instant at) {
    said.remove(key, at);
  }

  @Override
  public void onEvents(List<LoggedEvent> events) {
    tenantsToLookAt(events).forEach(this::lookAtBacklog);
    for (LoggedEvent logged : events) {
      if (logged.event() instanceof ScheduleEvent schedule
          && schedule.kind() == ScheduleEvent.Kind.FAILED) {
        var unused =
            raise(
                schedule.tenant(),
                "schedule.failed",
                schedule.scheduleId().value(),
                "schedule %s: run %s failed".formatted(schedule.scheduleId(), schedule.run()));
      } else if (logged.event() instanceof TaskEvent task
          && task.kind() == TaskEvent.Kind.EXPIRED
          && areMany(task.at())) {
        var unused =
            raise(
                "leases.expired",
                "%s leases or more ran out within %s s: workers crash or stall"
                    .formatted(EXPIRIES_MANY, EXPIRIES_WITHIN.toSeconds()));
      }
    }
  }

  /** Those of whom enough tasks came since the last look. */
  private List<TenantId> tenantsToLookAt(List<LoggedEvent> events) {
    if (backlog == 0) {
      return List.of();
    }
    List<TenantId> due = new ArrayList<>();
    synchronized (this) {
      for (LoggedEvent logged : events) {
        if (logged.event() instanceof TaskEvent task && CAME.contains(task.kind())) {
          come.merge(task.tenant(), 1L, Long::sum);
        }
      }
      come.forEach(
          (tenant, count) -> {
            if (count >= Math.max(1, backlog / LOOKS_PER_BACKLOG)) {
              due.add(tenant);
            }
          });
      due.forEach(come::remove);
    }
    return due;
  }

  private void lookAtBacklog(TenantId tenant) {
    long most = backlog;
    var unused =
        store
            .read(tx -> tx.counts().of(tenant).ready())
            .thenCompose(
                ready ->
                    ready < most
                        ? CompletableFuture.completedFuture(false)
                        : raise(
                            tenant,
                            "queue.backlog",
                            "",
                            "%s tasks are ready and no worker takes them; the limit is %s"
                                .formatted(ready, most)));
  }

  private synchronized boolean areMany(Instant at) {
    if (expiriesSince.isBefore(at.minus(EXPIRIES_WITHIN))) {
      expiriesSince = at;
      expiries = 0;
    }
    expiries++;
    return expiries == EXPIRIES_MANY;
  }
}
