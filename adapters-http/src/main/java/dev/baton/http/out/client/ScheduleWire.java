package dev.baton.http.out.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.client.ScheduleClient.Kept;
import dev.baton.core.client.ScheduleClient.Line;
import dev.baton.core.client.ScheduleClient.Report;
import dev.baton.core.client.ScheduleClient.Run;
import dev.baton.core.domain.error.InvalidRowsException.Problem;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.schedule.Cron;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.domain.schedule.ScheduleRun;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What servers send of schedules, by the names of the wire; see {@link Wire}. */
final class ScheduleWire {

  private ScheduleWire() {}

  record Made(MadeData data) {
    ScheduleId toCore() {
      return new ScheduleId(data.id());
    }
  }

  record MadeData(String id) {}

  record Listed(ListedData data) {
    List<Line> toCore() {
      return data.tasks().stream().map(LineOf::toCore).toList();
    }
  }

  record ListedData(List<LineOf> tasks) {}

  record LineOf(
      String id,
      String name,
      String schedule,
      boolean isActive,
      @Nullable Instant lastRun,
      @Nullable Instant nextRun) {
    Line toCore() {
      return new Line(
          new ScheduleId(id),
          name,
          schedule,
          isActive,
          Optional.ofNullable(lastRun),
          Optional.ofNullable(nextRun));
    }
  }

  record Found(KeptOf data) {
    Kept toCore() {
      return data.toCore();
    }
  }

  record KeptOf(
      String id,
      String name,
      String schedule,
      boolean isActive,
      @Nullable Instant lastRun,
      @Nullable Instant nextRun,
      Instant createdAt,
      String timezone,
      String inputFile,
      @Nullable String outputFile,
      boolean overwrite,
      boolean isDryRun,
      String missedRuns,
      String overlap,
      ConfigWire config) {
    Kept toCore() {
      Plan plan =
          new Plan(
              name,
              Cron.parse(schedule),
              timezone.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(timezone),
              new Plan.Files(inputFile, Optional.ofNullable(outputFile), overwrite),
              config.toCore(),
              isDryRun,
              isActive,
              new Plan.Rules(
                  Wire.constant(Plan.Missed.class, missedRuns),
                  Wire.constant(Plan.Overlap.class, overlap)));
      return new Kept(
          new ScheduleId(id),
          plan,
          createdAt,
          Optional.ofNullable(lastRun),
          Optional.ofNullable(nextRun));
    }
  }

  record Started(RunOf data) {
    Run toCore() {
      return data.toCore();
    }
  }

  record Runs(RunsData data) {
    List<Run> toCore() {
      return data.runs().stream().map(RunOf::toCore).toList();
    }
  }

  record RunsData(List<RunOf> runs) {}

  record RunOf(
      String id,
      String status,
      Instant scheduledFor,
      boolean isManual,
      Instant startedAt,
      @Nullable Instant completedAt,
      String batchId,
      long total,
      long completed,
      long failed,
      @Nullable String error,
      @Nullable JsonNode report) {
    Run toCore() {
      return new Run(
          id,
          scheduledFor,
          isManual,
          startedAt,
          new BatchId(batchId),
          new ScheduleRun.Progress(
              Wire.constant(ScheduleRun.State.class, status),
              Optional.ofNullable(completedAt),
              new ScheduleRun.Counts(total, completed, failed),
              Optional.ofNullable(error),
              Optional.ofNullable(report)
                  .filter(given -> !given.isNull())
                  .map(JsonNode::toString)));
    }
  }

  record Dry(DryOf data) {
    Report toCore() {
      return data.toCore();
    }
  }

  record DryOf(
      boolean isValid,
      long rows,
      long invalidRows,
      List<ProblemOf> problems,
      long estimatedPromptTokens,
      long maxCompletionTokens,
      long unboundedRows,
      @Nullable Double estimatedCost) {
    Report toCore() {
      return new Report(
          isValid,
          rows,
          invalidRows,
          problems.stream().map(ProblemOf::toCore).toList(),
          estimatedPromptTokens,
          maxCompletionTokens,
          unboundedRows,
          estimatedCost == null ? OptionalDouble.empty() : OptionalDouble.of(estimatedCost));
    }
  }

  record ProblemOf(long line, String message) {
    Problem toCore() {
      return new Problem(line, message);
    }
  }
}
