package dev.baton.http.in.runner.schedule;

import com.fasterxml.jackson.databind.util.RawValue;
import com.google.common.primitives.Longs;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleRun;
import dev.baton.core.usecase.schedule.DryRun;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.runner.shared.Codes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Schedules and runs in seed 2's words. */
final class ScheduleViews {
  private static final String RUN_PREFIX = "run-";

  private ScheduleViews() {}

  /** What its making answers with. */
  static Map<String, @Nullable Object> created(Schedule schedule) {
    Map<String, @Nullable Object> data = head(schedule);
    data.put("createdAt", Instants.text(schedule.createdAt()));
    data.put("nextRun", schedule.nextRun().map(Instants::text).orElse(null));
    return data;
  }

  static Map<String, @Nullable Object> line(Schedule schedule) {
    Map<String, @Nullable Object> data = head(schedule);
    data.put("lastRun", schedule.lastRun().map(Instants::text).orElse(null));
    data.put("nextRun", schedule.nextRun().map(Instants::text).orElse(null));
    return data;
  }

  private static Map<String, @Nullable Object> head(Schedule schedule) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("id", schedule.id().value());
    data.put("name", schedule.plan().name());
    data.put("schedule", schedule.plan().cron().toString());
    data.put("isActive", schedule.plan().active());
    return data;
  }

  static Map<String, @Nullable Object> all(Schedule schedule) {
    Plan plan = schedule.plan();
    Map<String, @Nullable Object> data = line(schedule);
    data.put("createdAt", Instants.text(schedule.createdAt()));
    data.put("timezone", plan.zone().getId().equals("Z") ? "UTC" : plan.zone().getId());
    data.put("inputFile", plan.files().input());
    data.put("outputFile", plan.files().output().orElse(null));
    data.put("overwrite", plan.files().overwrite());
    data.put("isDryRun", plan.dryRun());
    data.put("missedRuns", plan.rules().missed().name().toLowerCase(Locale.ROOT));
    data.put("overlap", plan.rules().overlap().name().toLowerCase(Locale.ROOT));
    data.put("config", config(plan.config()));
    return data;
  }

  private static Map<String, Object> config(BatchConfig config) {
    Map<String, Object> data = new LinkedHashMap<>();
    config.model().ifPresent(model -> data.put("model", model.value()));
    config.temperature().ifPresent(t -> data.put("temperature", t));
    config.maxTokens().ifPresent(n -> data.put("maxTokens", n));
    config.maxRetries().ifPresent(n -> data.put("maxRetries", n));
    data.put("maxConcurrency", config.maxConcurrency());
    data.put("priority", config.priority().name().toLowerCase(Locale.ROOT));
    data.put("queue", config.queue().value());
    return data;
  }

  /** The number in a run's id; empty for what can't be one. */
  static Optional<Long> seq(String runId) {
    return runId.startsWith(RUN_PREFIX)
        ? Optional.ofNullable(Longs.tryParse(runId.substring(RUN_PREFIX.length())))
            .filter(seq -> runId.equals(RUN_PREFIX + seq))
        : Optional.empty();
  }

  static Map<String, @Nullable Object> run(ScheduleRun run) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("id", RUN_PREFIX + run.seq());
    data.put("status", run.state().name().toLowerCase(Locale.ROOT));
    data.put("scheduledFor", Instants.text(run.nominal()));
    data.put("isManual", run.manual());
    data.put("startedAt", Instants.text(run.startedAt()));
    data.put("completedAt", run.progress().endedAt().map(Instants::text).orElse(null));
    data.put("batchId", run.batch().value());
    data.put("total", run.progress().counts().total());
    data.put("completed", run.progress().counts().completed());
    data.put("failed", run.progress().counts().failed());
    data.put("error", run.progress().error().map(Codes::worded).orElse(null));
    data.put(
        "report", run.progress().report().map(json -> new RawValue(json.strip())).orElse(null));
    return data;
  }

  static Map<String, @Nullable Object> dryRun(DryRun dryRun) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("isDryRun", true);
    data.put("isValid", dryRun.isValid());
    data.put("rows", dryRun.rows());
    data.put("invalidRows", dryRun.invalid());
    data.put("estimatedPromptTokens", dryRun.promptTokens());
    data.put("maxCompletionTokens", dryRun.completionTokens());
    data.put("unboundedRows", dryRun.unbounded());
    data.put("estimatedCost", dryRun.cost().isPresent() ? dryRun.cost().getAsDouble() : null);
    List<Map<String, Object>> problems =
        dryRun.problems().stream()
            .map(
                problem ->
                    Map.<String, Object>of("line", problem.line(), "message", problem.message()))
            .toList();
    data.put("problems", problems);
    return data;
  }
}
