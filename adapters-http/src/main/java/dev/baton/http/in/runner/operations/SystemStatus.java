package dev.baton.http.in.runner.operations;

import dev.baton.http.in.json.Doc;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the server as a whole is. */
record SystemStatus(
    @Doc("How it is.") ServiceStatus.Level status,
    @Doc(value = "Of the server.", example = "1.0.0") String version,
    @Doc(value = "Seconds.", example = "86400") long uptime,
    @Doc(
            value = "How each part is, by name.",
            example = "{\"database\":\"healthy\",\"openai\":\"healthy\",\"scheduler\":\"healthy\"}")
        Map<String, ServiceStatus.Level> services,
    @Doc("Now: it was looked at for this answer.") Instant lastHealthCheck,
    @Doc("Extension. Facts of the database.") Storage storage) {

  /** The facts that an operator asks for first. */
  @Doc(value = "", name = "StorageStatus")
  record Storage(
      @Doc("What a stored change survives: power-loss or process-crash.") String durability,
      @Doc("Of the file.") int schemaVersion,
      @Doc("Of its disk.") long freeBytes,
      @Doc("Seconds that the next task has waited.") Duration queueAgeSeconds,
      @Doc("Seconds that the oldest lease has been held.") Duration oldestLeaseSeconds,
      @Doc("What made it stop writing, if anything did.") @Nullable String lastError,
      @Doc("Seconds that the clock of leases is ahead of the wall clock; negative: behind it.")
          long clockAheadSeconds) {}
}
