package dev.baton.http.in.runner.batch;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.InvalidRowsException;
import dev.baton.core.domain.error.RowTakenException;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.schedule.ScheduleRun;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.api.Problems;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.runner.shared.Fields;
import dev.baton.http.in.runner.shared.Idempotency;
import dev.baton.http.in.runner.shared.Ids;
import dev.baton.http.in.runner.task.PromptReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;

/** Reads a batch to be made: what it is called, how its tasks are done, and tasks in JSON. */
public final class BatchReader {
  /** Tasks that one JSON body may hold; a file may hold more. */
  public static final int TASKS_MAX = 10_000;

  /** More than may be, so that the answer can say what is wrong with it. */
  private static final int SHAPE_TASKS_MAX = 100_000;

  private static final int CSV_BYTES_MAX = 16 << 20;
  private static final int PATH_MAX = 1_024;

  /** Wrong values that are told of, at most, give or take those of one task. */
  private static final int PROBLEMS_MAX = 20;

  private static final JsonShape CONFIG =
      JsonShape.builder()
          .text("model", 256)
          .number("temperature", 0, (long) Parameters.TEMPERATURE_MAX)
          .integer("maxTokens", 1, Integer.MAX_VALUE)
          .integer("maxRetries", 0, BatchConfig.RETRIES_MAX)
          .integer("maxConcurrency", 1, BatchConfig.CONCURRENCY_MAX)
          .word("priority", Fields.PRIORITIES)
          .text("deadline", Instants.LENGTH_MAX)
          .text("queue", QueueName.MAX_LENGTH)
          .build();

  private static final JsonShape TASK =
      PromptReader.members(JsonShape.builder(), PromptReader.ROW).build();

  static final JsonShape SHAPE =
      JsonShape.builder()
          .text("id", Ids.LENGTH_MAX)
          .text("name", NewBatch.NAME_MAX)
          .text("description", NewBatch.DESCRIPTION_MAX)
          .objects("tasks", TASK, SHAPE_TASKS_MAX)
          .text("inputFile", PATH_MAX)
          .largeText("csv", CSV_BYTES_MAX)
          .object("config", CONFIG)
          .integer("maxConcurrency", 1, BatchConfig.CONCURRENCY_MAX)
          .word("priority", Fields.PRIORITIES)
          .text("deadline", Instants.LENGTH_MAX)
          .text(Idempotency.MEMBER, 255)
          .bool("autoExecute")
          .build();

  private final PromptReader prompts;

  BatchReader(PromptReader prompts) {
    this.prompts = requireNonNull(prompts, "prompts");
  }

  NewBatch batch(Fields fields, Optional<IdempotencyKey> key) {
    return new NewBatch(
        chosen(fields),
        fields.values().text("name").orElse(""),
        fields.values().text("description").orElse(""),
        beside(fields, fields.object("config").map(this::config).orElse(BatchConfig.DEFAULT)),
        key);
  }

  /** What may stand beside the config as well, as it does when the batch is changed. */
  private static BatchConfig beside(Fields fields, BatchConfig config) {
    Optional<Fields> within = fields.object("config");
    for (String name : List.of("maxConcurrency", "priority", "deadline")) {
      if (fields.values().has(name) && within.filter(c -> c.values().has(name)).isPresent()) {
        throw fields.wrong(name, "It is in config, too: once is enough", "value_error");
      }
    }
    return config.with(
        integer(fields, "maxConcurrency").orElse(config.maxConcurrency()),
        fields.priority("priority").orElse(config.priority()),
        fields.instant("deadline").or(config::deadline));
  }

  private static Optional<BatchId> chosen(Fields fields) {
    Optional<String> id = Ids.chosen(fields, "id");
    if (id.isPresent() && id.get().startsWith(ScheduleRun.BATCH_PREFIX)) {
      throw fields.wrong("id", "String should be no name of a schedule's batch", "value_error");
    }
    return id.map(BatchId::new);
  }

  private BatchConfig config(Fields fields) {
    Optional<String> queue = fields.values().text("queue");
    if (queue.isPresent() && !QueueName.isValid(queue.get())) {
      throw fields.wrong(
          "queue",
          "String should be 1 to 64 characters of A-Z a-z 0-9 . _ : -",
          "string_pattern_mismatch");
    }
    Optional<ModelName> model = prompts.model(fields);
    OptionalInt maxTokens = integer(fields, "maxTokens");
    if (model.isPresent()) {
      prompts.checkTokens(fields, model, maxTokens);
    }
    return new BatchConfig(
        model,
        fields.values().number("temperature"),
        maxTokens,
        integer(fields, "maxRetries"),
        fields.priority("priority").orElse(Priority.NORMAL),
        fields.instant("deadline"),
        queue.map(QueueName::new).orElse(QueueName.DEFAULT),
        integer(fields, "maxConcurrency").orElse(BatchConfig.CONCURRENCY_MAX));
  }

  public static OptionalInt integer(Fields fields, String name) {
    var value = fields.values().integer(name);
    return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
  }

  /** Where the rows come from: exactly one of the three is there. */
  static String source(Fields fields) {
    List<String> given = new ArrayList<>();
    for (String name : List.of("tasks", "inputFile", "csv")) {
      if (fields.values().has(name) && !fields.values().isNull(name)) {
        given.add(name);
      }
    }
    if (given.size() != 1) {
      throw fields.wrong(
          given.isEmpty() ? "tasks" : given.get(1),
          "Exactly one of tasks, inputFile and csv should be there",
          given.isEmpty() ? "missing" : "value_error");
    }
    return given.get(0);
  }

  /** The tasks of a batch of this configuration. */
  List<NewTask> tasks(Fields fields, BatchConfig config) {
    List<Fields> given = fields.objects("tasks");
    if (given.isEmpty()) {
      throw fields.wrong("tasks", "List should have at least 1 item", "too_short");
    }
    if (given.size() > TASKS_MAX) {
      throw new BatonException(
          ErrorCode.BATCH_TOO_LARGE,
          "tasks has at most %d items; a file may have more rows".formatted(TASKS_MAX));
    }
    Problems problems = new Problems();
    List<NewTask> tasks = new ArrayList<>(given.size());
    for (Fields task : given) {
      problems.reading(() -> prompts.row(task, config).build()).ifPresent(tasks::add);
      if (problems.isFull(PROBLEMS_MAX)) {
        break;
      }
    }
    problems.check();
    return tasks;
  }

  /** What the core says of rows, said of the items of {@code tasks}. */
  static Throwable inline(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof InvalidRowsException rows) {
      return new FieldErrors(
          rows.code(),
          rows.problems().stream().map(row -> item(row.line(), row.message())).toList());
    }
    if (cause instanceof RowTakenException row) {
      return new FieldErrors(row.code(), List.of(item(row.line(), row.problem())));
    }
    return thrown;
  }

  private static FieldError item(long row, String message) {
    return new FieldError(List.of("body", "tasks", row - 1), message, "value_error");
  }
}
