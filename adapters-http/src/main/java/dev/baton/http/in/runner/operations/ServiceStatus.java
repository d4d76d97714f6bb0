package dev.baton.http.in.runner.operations;

import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How one part of the server is, and what there is to say of it. */
record ServiceStatus(
    @Doc(value = "As asked.", example = "database") String service,
    @Doc("How it is.") Level status,
    @Doc("Its own: which members there are depends on the service.") Details details) {

  /** How a part is, best first. */
  @Doc(value = "", name = "HealthLevel")
  enum Level {
    HEALTHY,
    DEGRADED,
    UNHEALTHY
  }

  /** What there is to say of a part. */
  @Doc(value = "", name = "ServiceDetails")
  sealed interface Details {}

  /** Of the store, when it was asked for this reply. */
  record Database(
      @Doc(value = "To the database.", example = "5") int connectionCount,
      @Doc(value = "Seconds of a query.", example = "0.02") double queryTime,
      @Doc("What went wrong last.") @Nullable String lastError,
      @Doc("What a stored change survives: power-loss or process-crash.") String durability,
      @Doc("Of the file.") int schemaVersion,
      @Doc("Of its disk.") long freeBytes,
      @Doc("Seconds that the next task has waited.") Duration queueAgeSeconds,
      @Doc("Seconds that the oldest lease has been held.") Duration oldestLeaseSeconds,
      @Doc("What is wrong with it.") @Bounds(max = 100) List<String> faults)
      implements Details {}

  /** Of all providers of models. */
  record Providers(
      @Doc("Whether there is any.") boolean configured,
      @Doc("How many models are offered.") int models,
      @Doc("Models that are not called for now.") @Bounds(max = 1_000)
          List<OperatorViews.Pause> paused,
      @Doc("What went wrong last.") @Nullable String lastError,
      @Doc("Where nobody is asked: what to do.") @Nullable String hint)
      implements Details {}

  /** Of the server's own worker. */
  record Executor(
      @Doc("Whether there is one.") boolean enabled,
      @Doc("Tasks that it works on.") OptionalInt inHand)
      implements Details {}

  /** Of the scheduler, while the store does not answer. */
  record Clock(@Doc("The server's time.") Instant clock) implements Details {}

  /** Of the scheduler. */
  record Scheduler(
      @Doc("The server's time.") Instant clock,
      @Doc("Schedules that run.") long activeSchedules,
      @Doc("Runs that are not over.") long openRuns,
      @Doc("When the next one is due.") @Nullable Instant nextRun,
      @Doc("Seconds since what is due should have been done.") Duration lateSeconds,
      @Doc("What went wrong last.") @Nullable String lastError)
      implements Details {}

  /** Of webhooks, while the store does not answer. */
  record WebhookSetting(@Doc("Whether any are served.") boolean configured) implements Details {}

  /** Of webhooks. */
  record Webhooks(
      @Doc("Whether any are served.") boolean configured,
      @Doc("Webhooks that are told.") long enabled,
      @Doc("Webhooks that are not.") long disabled,
      @Doc("Messages that wait.") long pending,
      @Doc("Seconds since what is due should have been done.") Duration lateSeconds,
      @Doc("What went wrong last.") @Nullable String lastError)
      implements Details {}
}
