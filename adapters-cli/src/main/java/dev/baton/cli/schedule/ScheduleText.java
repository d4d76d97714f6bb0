package dev.baton.cli.schedule;

import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Values;
import dev.baton.core.client.ScheduleClient.Kept;
import dev.baton.core.client.ScheduleClient.Line;
import dev.baton.core.client.ScheduleClient.Run;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.schedule.Plan;
import java.util.Map;

/** Schedules and runs as the commands show them. */
final class ScheduleText {

  private ScheduleText() {}

  static Map<String, Object> json(Line line) {
    return new Jsons.Members()
        .put("scheduleId", line.id().value())
        .put("name", line.name())
        .put("cron", line.cron())
        .put("active", line.active())
        .putText("lastRun", line.lastRun())
        .putText("nextRun", line.nextRun())
        .toMap();
  }

  static Map<String, Object> json(Kept kept) {
    Plan plan = kept.plan();
    return new Jsons.Members()
        .put("scheduleId", kept.id().value())
        .put("name", plan.name())
        .put("cron", plan.cron().toString())
        .put("zone", zone(plan))
        .put("active", plan.active())
        .put("input", plan.files().input())
        .put("output", plan.files().output())
        .put("overwrite", plan.files().overwrite())
        .put("dryRun", plan.dryRun())
        .put("missed", Values.word(plan.rules().missed()))
        .put("overlap", Values.word(plan.rules().overlap()))
        .put("config", json(plan.config()))
        .put("createdAt", kept.createdAt().toString())
        .putText("lastRun", kept.lastRun())
        .putText("nextRun", kept.nextRun())
        .toMap();
  }

  static String zone(Plan plan) {
    return plan.zone().getId().equals("Z") ? "UTC" : plan.zone().getId();
  }

  private static Map<String, Object> json(BatchConfig config) {
    Jsons.Members members =
        new Jsons.Members()
            .putText("model", config.model())
            .put("maxConcurrency", config.maxConcurrency())
            .put("priority", Values.word(config.priority()))
            .put("queue", config.queue().value());
    config.temperature().ifPresent(t -> members.put("temperature", t));
    config.maxTokens().ifPresent(n -> members.put("maxTokens", n));
    config.maxRetries().ifPresent(n -> members.put("maxRetries", n));
    return members.toMap();
  }

  static Map<String, Object> json(Run run) {
    return new Jsons.Members()
        .put("runId", run.id())
        .put("status", Values.word(run.progress().state()))
        .put("scheduledFor", run.nominal().toString())
        .put("manual", run.manual())
        .put("startedAt", run.startedAt().toString())
        .putText("endedAt", run.progress().endedAt())
        .put("batchId", run.batch().value())
        .put("total", run.progress().counts().total())
        .put("completed", run.progress().counts().completed())
        .put("failed", run.progress().counts().failed())
        .put("error", run.progress().error())
        .toMap();
  }

  /** When it fires, in a sentence. */
  static String fires(Kept kept) {
    return kept.nextRun()
        .map(at -> "schedule " + kept.id() + " fires next at " + at)
        .orElse("schedule " + kept.id() + " is disabled");
  }

  /** A schedule for people. */
  static String text(Kept kept) {
    Plan plan = kept.plan();
    return String.join(
        "\n",
        "schedule: " + kept.id(),
        "name:     " + plan.name(),
        "cron:     " + plan.cron() + " (" + zone(plan) + ")",
        "next run: " + kept.nextRun().map(Object::toString).orElse("none: it is disabled"),
        "last run: " + kept.lastRun().map(Object::toString).orElse("none yet"),
        "input:    " + plan.files().input(),
        "output:   " + plan.files().output().orElse("none: results stay in the database"),
        "asks:     " + (plan.dryRun() ? "no model: each run is a dry one" : asks(plan.config())),
        "missed:   " + Values.word(plan.rules().missed()),
        "overlap:  " + Values.word(plan.rules().overlap()));
  }

  private static String asks(BatchConfig config) {
    return "%s, queue %s, priority %s, %d at once"
        .formatted(
            config.model().map(model -> "model " + model).orElse("the default model"),
            config.queue(),
            Values.word(config.priority()),
            config.maxConcurrency());
  }
}
