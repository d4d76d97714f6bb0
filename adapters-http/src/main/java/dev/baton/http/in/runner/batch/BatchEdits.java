package dev.baton.http.in.runner.batch;

import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.usecase.batch.BatchEdit;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.runner.shared.Fields;
import java.util.List;
import java.util.Optional;

/**
 * Reads what is to change of a batch. Its concurrency, priority and deadline may stand under {@code
 * config}, as when it was made, or beside it.
 */
final class BatchEdits {
  private static final List<String> IMMUTABLE =
      List.of(
          "id",
          "status",
          "tasks",
          "csv",
          "inputFile",
          "outputFile",
          "taskCount",
          "progress",
          "results",
          "createdAt",
          "startedAt",
          "completedAt",
          "executionId",
          "model",
          "queue",
          "owner",
          "tenant",
          "idempotencyKey");
  private static final List<String> IMMUTABLE_CONFIG =
      List.of("model", "temperature", "maxTokens", "maxRetries", "queue");

  static final JsonShape SHAPE =
      members(
          JsonShape.builder()
              .text("name", NewBatch.NAME_MAX)
              .text("description", NewBatch.DESCRIPTION_MAX)
              .object("config", members(JsonShape.builder(), IMMUTABLE_CONFIG)),
          IMMUTABLE);

  private BatchEdits() {}

  private static JsonShape members(JsonShape.Builder shape, List<String> immutable) {
    shape
        .integer("maxConcurrency", 1, BatchConfig.CONCURRENCY_MAX)
        .word("priority", Fields.PRIORITIES)
        .text("deadline", Instants.LENGTH_MAX);
    immutable.forEach(shape::any);
    return shape.build();
  }

  static BatchEdit edit(Fields fields) {
    fields.refuseChange(IMMUTABLE);
    fields.refuseNull("name", "description", "config", "maxConcurrency", "priority");
    BatchEdit beside = config(fields);
    Optional<Fields> config = fields.object("config");
    config.ifPresent(given -> given.refuseChange(IMMUTABLE_CONFIG));
    config.ifPresent(given -> given.refuseNull("maxConcurrency", "priority"));
    BatchEdit inside = config.map(BatchEdits::config).orElse(BatchEdit.NOTHING);
    return new BatchEdit(
        fields.values().text("name"),
        fields.values().text("description"),
        beside.maxConcurrency().or(inside::maxConcurrency),
        beside.priority().or(inside::priority),
        beside.deadline().isMentioned() ? beside.deadline() : inside.deadline());
  }

  private static BatchEdit config(Fields fields) {
    return new BatchEdit(
        Optional.empty(),
        Optional.empty(),
        BatchReader.integer(fields, "maxConcurrency").stream().boxed().findFirst(),
        fields.priority("priority"),
        fields.replacement("deadline", fields.instant("deadline")));
  }
}
