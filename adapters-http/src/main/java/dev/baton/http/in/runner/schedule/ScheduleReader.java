package dev.baton.http.in.runner.schedule;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.schedule.Cron;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.runner.batch.BatchReader;
import dev.baton.http.in.runner.shared.Fields;
import dev.baton.http.in.runner.task.PromptReader;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads plans: all of one, or what is to change of it. */
final class ScheduleReader {
  static final List<String> MISSED = List.of("once", "none", "all");
  static final List<String> OVERLAPS = List.of("skip", "queue", "allow");

  /** More than a cron expression may have, so that the core says what is wrong with it. */
  private static final int CRON_LENGTH_MAX = 32_768;

  private static final int ZONE_LENGTH_MAX = 64;

  private static final JsonShape CONFIG =
      JsonShape.builder()
          .text("model", 256)
          .number("temperature", 0, (long) Parameters.TEMPERATURE_MAX)
          .integer("maxTokens", 1, Integer.MAX_VALUE)
          .integer("maxRetries", 0, BatchConfig.RETRIES_MAX)
          .integer("maxConcurrency", 1, BatchConfig.CONCURRENCY_MAX)
          .word("priority", Fields.PRIORITIES)
          .text("queue", QueueName.MAX_LENGTH)
          .build();

  static final JsonShape CREATE = members().require("name", "schedule", "inputFile").build();
  static final JsonShape CHANGE =
      members().any("id").any("createdAt").any("lastRun").any("nextRun").build();

  private static final List<String> IMMUTABLE = List.of("id", "createdAt", "lastRun", "nextRun");

  private final PromptReader prompts;

  ScheduleReader(PromptReader prompts) {
    this.prompts = requireNonNull(prompts, "prompts");
  }

  private static JsonShape.Builder members() {
    return JsonShape.builder()
        .text("name", Plan.NAME_MAX)
        .text("schedule", CRON_LENGTH_MAX)
        .text("timezone", ZONE_LENGTH_MAX)
        .text("inputFile", Plan.PATH_MAX)
        .text("outputFile", Plan.PATH_MAX)
        .bool("overwrite")
        .bool("isDryRun")
        .bool("isActive")
        .word("missedRuns", MISSED)
        .word("overlap", OVERLAPS)
        .object("config", CONFIG);
  }

  Plan plan(Fields fields) {
    return new Plan(
        fields.filled("name").orElseThrow(),
        Cron.parse(fields.values().requiredText("schedule")),
        zone(fields).orElse(ZoneOffset.UTC),
        new Plan.Files(
            fields.filled("inputFile").orElseThrow(),
            fields.filled("outputFile"),
            fields.values().bool("overwrite", true)),
        fields
            .object("config")
            .map(given -> config(given, BatchConfig.DEFAULT))
            .orElse(BatchConfig.DEFAULT),
        fields.values().bool("isDryRun", false),
        fields.values().bool("isActive", true),
        rules(fields, Plan.Rules.DEFAULT));
  }

  /** What a plan is like with the members that are there. */
  Plan changed(Fields fields, Plan plan) {
    Optional<String> output =
        fields.values().isNull("outputFile")
            ? Optional.empty()
            : fields.filled("outputFile").or(() -> plan.files().output());
    return new Plan(
        fields.filled("name").orElse(plan.name()),
        fields.values().text("schedule").map(Cron::parse).orElse(plan.cron()),
        zone(fields).orElse(plan.zone()),
        new Plan.Files(
            fields.filled("inputFile").orElse(plan.files().input()),
            output,
            fields.values().bool("overwrite", plan.files().overwrite())),
        fields.object("config").map(given -> config(given, plan.config())).orElse(plan.config()),
        fields.values().bool("isDryRun", plan.dryRun()),
        fields.values().bool("isActive", plan.active()),
        rules(fields, plan.rules()));
  }

  /** Refuses what nobody may change, and to take away what every plan has. */
  static void checkChangeable(Fields fields) {
    fields.refuseChange(IMMUTABLE);
    fields.refuseNull(
        "name",
        "schedule",
        "timezone",
        "inputFile",
        "overwrite",
        "isDryRun",
        "isActive",
        "missedRuns",
        "overlap",
        "config");
  }

  private static Optional<ZoneId> zone(Fields fields) {
    return fields.values().text("timezone").map(name -> zone(fields, name));
  }

  private static ZoneId zone(Fields fields, String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw fields.wrong(
          "timezone", "Input should be a time zone such as Europe/Berlin", "value_error");
    }
  }

  private static Plan.Rules rules(Fields fields, Plan.Rules otherwise) {
    return new Plan.Rules(
        fields
            .values()
            .text("missedRuns")
            .map(word -> Plan.Missed.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(otherwise.missed()),
        fields
            .values()
            .text("overlap")
            .map(word -> Plan.Overlap.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(otherwise.overlap()));
  }

  private BatchConfig config(Fields fields, BatchConfig otherwise) {
    Optional<String> queue = fields.values().text("queue");
    if (queue.isPresent() && !QueueName.isValid(queue.get())) {
      throw fields.wrong(
          "queue",
          "String should be 1 to 64 characters of A-Z a-z 0-9 . _ : -",
          "string_pattern_mismatch");
    }
    Optional<ModelName> model = prompts.model(fields).or(otherwise::model);
    OptionalDouble temperature = fields.values().number("temperature");
    OptionalInt given = BatchReader.integer(fields, "maxTokens");
    OptionalInt tokens = given.isPresent() ? given : otherwise.maxTokens();
    if (model.isPresent()) {
      prompts.checkTokens(fields, model, tokens);
    }
    OptionalInt retries = BatchReader.integer(fields, "maxRetries");
    return new BatchConfig(
        model,
        temperature.isPresent() ? temperature : otherwise.temperature(),
        tokens,
        retries.isPresent() ? retries : otherwise.maxRetries(),
        fields.priority("priority").orElse(otherwise.priority()),
        Optional.empty(),
        queue.map(QueueName::new).orElse(otherwise.queue()),
        BatchReader.integer(fields, "maxConcurrency").orElse(otherwise.maxConcurrency()));
  }
}
