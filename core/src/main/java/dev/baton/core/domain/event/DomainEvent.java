package dev.baton.core.domain.event;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.schedule.ScheduleId;
import java.time.Instant;

/** A fact of the log, written in the transaction of the change that it tells. */
public sealed interface DomainEvent {

  TenantId tenant();

  Instant at();

  /**
   * Something happened to a task.
   *
   * @param attempt the attempt it concerns, 0 before the first
   */
  public record TaskEvent(
      TenantId tenant, TaskId taskId, TaskEvent.Kind kind, int attempt, Instant at)
      implements DomainEvent {

    public TaskEvent {
      requireNonNull(tenant, "tenant");
      requireNonNull(taskId, "taskId");
      requireNonNull(kind, "kind");
      requireNonNull(at, "at");
    }

    /** What happened. The order is part of the stored form: append only. */
    public enum Kind {
      SUBMITTED,
      /** A gate opened, or the start time came. */
      READIED,
      LEASED,
      SUCCEEDED,
      /** The attempt failed; another one follows. */
      FAILED,
      /** The lease ran out. */
      EXPIRED,
      /** Its holder gave it back. */
      RELEASED,
      /** No attempt is left, the failure is permanent, or the deadline passed. */
      DIED,
      CANCELLED,
      REDRIVEN,
      EDITED,
      /** It was ready, and its gate closed. */
      HELD
    }
  }

  /** Something happened to a batch. */
  public record BatchEvent(TenantId tenant, BatchId batchId, BatchEvent.Kind kind, Instant at)
      implements DomainEvent {

    public BatchEvent {
      requireNonNull(tenant, "tenant");
      requireNonNull(batchId, "batchId");
      requireNonNull(kind, "kind");
      requireNonNull(at, "at");
    }

    /** What happened. The order is part of the stored form: append only. */
    public enum Kind {
      /** All its rows are stored. */
      CREATED,
      /** A run began. */
      STARTED,
      /** A run ended, with at least one answer. */
      COMPLETED,
      /** A run ended without any answer. */
      FAILED,
      CANCELLED,
      PAUSED,
      RESUMED,
      EDITED,
      DELETED
    }
  }

  /**
   * A run of a schedule is over.
   *
   * @param run names this run among those of its schedule
   */
  public record ScheduleEvent(
      TenantId tenant, ScheduleId scheduleId, String run, ScheduleEvent.Kind kind, Instant at)
      implements DomainEvent {

    public ScheduleEvent {
      requireNonNull(tenant, "tenant");
      requireNonNull(scheduleId, "scheduleId");
      requireNonNull(run, "run");
      requireNonNull(kind, "kind");
      requireNonNull(at, "at");
    }

    /** What happened. The order is part of the stored form: append only. */
    public enum Kind {
      /** Its results are written, or its estimate is. */
      EXECUTED,
      /** Its batch could not be made, has no answer, or its results could not be written. */
      FAILED
    }
  }

  /**
   * Something that people should look at.
   *
   * @param kind a word for machines, such as {@code webhook.disabled}
   * @param message for people, up to {@link #MESSAGE_MAX} characters
   */
  public record AlertEvent(TenantId tenant, String kind, String message, Instant at)
      implements DomainEvent {
    public static final int MESSAGE_MAX = 2_000;

    public AlertEvent {
      requireNonNull(tenant, "tenant");
      requireNonNull(kind, "kind");
      requireNonNull(at, "at");
      checkArgument(message.length() <= MESSAGE_MAX, "a message is up to %s", MESSAGE_MAX);
    }

    /** An alert whose message is cut where it is too long. */
    public static AlertEvent of(TenantId tenant, String kind, String message, Instant at) {
      int end = Math.min(message.length(), MESSAGE_MAX);
      return new AlertEvent(tenant, kind, message.substring(0, end), at);
    }
  }
}
