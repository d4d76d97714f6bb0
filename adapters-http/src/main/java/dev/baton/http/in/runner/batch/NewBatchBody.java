package dev.baton.http.in.runner.batch;

import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.schedule.ScheduleRun;
import dev.baton.core.domain.task.Priority;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.Body;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Declared;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.json.JsonValues;
import dev.baton.http.in.runner.shared.Ids;
import dev.baton.http.in.runner.shared.ModelCheck;
import dev.baton.http.in.runner.task.PromptReader;
import dev.baton.http.in.runner.task.TaskDocs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A batch to be made. Its concurrency, priority and deadline may stand beside its config. */
@Doc(value = "A batch with its tasks, or with what holds their rows.", name = "NewBatch")
record NewBatchBody(
    @Doc(value = "Kept as given; made when absent.", example = "batch-001")
        @Bounds(min = 1, max = Ids.LENGTH_MAX, pattern = Schemas.NAME)
        Optional<String> id,
    @Doc(value = "For people.", example = "Creative Writing Tasks") @Bounds(max = NewBatch.NAME_MAX)
        Optional<String> name,
    @Doc("For people.") @Bounds(max = NewBatch.DESCRIPTION_MAX) Optional<String> description,
    @Doc("At most 10,000; a file may have more.")
        @Declared(Row.class)
        @Bounds(max = LISTED_TASKS_MAX)
        Optional<List<JsonValues>> tasks,
    @Doc("CSV, or JSON Lines when it ends in .jsonl.") @Bounds(max = PATH_MAX)
        Optional<String> inputFile,
    @Doc("Extension. Rows, with a header row.") @Bounds(max = CSV_BYTES_MAX, bytes = true)
        Optional<String> csv,
    @Doc("How its tasks are done.") Optional<BatchConfigBody> config,
    @Doc("As in config.") @Bounds(min = 1, max = BatchConfig.CONCURRENCY_MAX)
        OptionalInt maxConcurrency,
    @Doc("As in config.") Optional<Priority> priority,
    @Doc("As in config.") Optional<Instant> deadline,
    @Doc("As the header Idempotency-Key.") @Bounds(max = 255) Optional<String> idempotencyKey,
    @Doc("Extension. True: it is started at once.") Optional<Boolean> autoExecute) {
  /** More than may be, so that the answer can say what is wrong with it. */
  static final int LISTED_TASKS_MAX = 100_000;

  static final int CSV_BYTES_MAX = 16 << 20;
  static final int PATH_MAX = 1_024;

  static final Body<NewBatchBody> BODY = Body.of(NewBatchBody.class);

  /** A task, whose members the core declares. */
  static final class Row implements Declared.Declaration {
    @Override
    public JsonShape shape() {
      return PromptReader.ROW;
    }

    @Override
    public Map<String, Object> schema() {
      return TaskDocs.ROW;
    }
  }

  NewBatchBody {
    Ids.checkChosen(id);
    if (id.filter(chosen -> chosen.startsWith(ScheduleRun.BATCH_PREFIX)).isPresent()) {
      throw FieldErrors.invalid(
          "String should be no name of a schedule's batch", "value_error", "id");
    }
    config.ifPresent(
        inside -> {
          once(
              "maxConcurrency",
              maxConcurrency.isPresent() && inside.tasks().maxConcurrency().isPresent());
          once("priority", priority.isPresent() && inside.tasks().priority().isPresent());
          once("deadline", deadline.isPresent() && inside.deadline().isPresent());
        });
  }

  private static void once(String member, boolean twice) {
    if (twice) {
      throw FieldErrors.invalid("It is in config, too: once is enough", "value_error", member);
    }
  }

  /** Refuses it unless exactly one member says where the rows come from. */
  void checkSource() {
    List<String> given =
        Stream.of(
                tasks.map(list -> "tasks"),
                inputFile.map(path -> "inputFile"),
                csv.map(rows -> "csv"))
            .flatMap(Optional::stream)
            .toList();
    if (given.size() != 1) {
      throw FieldErrors.invalid(
          "Exactly one of tasks, inputFile and csv should be there",
          given.isEmpty() ? "missing" : "value_error",
          "body",
          given.isEmpty() ? "tasks" : given.get(1));
    }
  }

  NewBatch toCore(ModelCheck models, Optional<IdempotencyKey> key) {
    BatchConfig inside = config.map(given -> given.toCore(models)).orElse(BatchConfig.DEFAULT);
    return new NewBatch(
        id.map(BatchId::new),
        name.orElse(""),
        description.orElse(""),
        inside.with(
            maxConcurrency.orElse(inside.maxConcurrency()),
            priority.orElse(inside.priority()),
            deadline.or(inside::deadline)),
        key);
  }
}
