package dev.baton.http.in.runner.batch;

import static dev.baton.http.in.api.Schemas.anyObject;
import static dev.baton.http.in.api.Schemas.array;
import static dev.baton.http.in.api.Schemas.bool;
import static dev.baton.http.in.api.Schemas.integer;
import static dev.baton.http.in.api.Schemas.string;
import static dev.baton.http.in.api.Schemas.with;

import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.Docs.Members;
import dev.baton.http.in.runner.shared.Fields;
import dev.baton.http.in.runner.shared.PageRequest;
import dev.baton.http.in.runner.task.TaskDocs;
import java.util.List;
import java.util.Map;

/** The schemas, examples and pages of batches. */
public final class BatchDocs {
  public static final String PATH_NOT_ALLOWED =
      "a path has to lie below files.root, and to lead through no link";

  private static final String TAG = "batches";
  private static final Map<String, Object> STATUS =
      Docs.words("Where the batch is in its life.", BatchViews.STATUSES);
  private static final Map<String, Object> PROGRESS =
      new Members()
          .add("total", count("All its tasks."))
          .add("completed", count("With an answer."))
          .add("failed", count("Ended without one, cancelled ones included."))
          .add("pending", count("Not over, running ones included."))
          .add("running", count("Extension. Leased now."))
          .add("cancelled", count("Extension. Called off."))
          .object("total", "completed", "failed", "pending");
  public static final Map<String, Object> CONFIG =
      new Members()
          .add("model", string("Who is to answer."))
          .add("temperature", Map.of("type", "number", "minimum", 0, "maximum", 2))
          .add("maxTokens", integer("The longest answer.", 1, Integer.MAX_VALUE))
          .add("maxRetries", integer("Attempts after the first.", 0, BatchConfig.RETRIES_MAX))
          .add(
              "maxConcurrency",
              integer("Tasks that may run at once.", 1, BatchConfig.CONCURRENCY_MAX))
          .add("priority", Docs.words("How early.", Fields.PRIORITIES))
          .add("deadline", Docs.instant("Dead at this instant without an answer."))
          .add("queue", string("Where its tasks wait."))
          .object();
  private static final Map<String, Object> FORM =
      new Members()
          .add("id", string("Kept as given; made when absent."))
          .add("name", string("For people.", 0, NewBatch.NAME_MAX))
          .add("description", string("For people.", 0, NewBatch.DESCRIPTION_MAX))
          .add("config", string("The config, in JSON."))
          .add(
              "file",
              with(
                  string("Rows: CSV, or JSON Lines when its name ends in .jsonl."),
                  "format",
                  "binary"))
          .object("file");
  private static final Map<String, Object> TASK =
      new Members()
          .add("id", string("Its id."))
          .add("status", TaskDocs.STATUS)
          .add("result", Map.of("type", List.of("string", "null")))
          .add("error", TaskDocs.ERROR)
          .object("id", "status", "result");
  private static final Map<String, Object> LINE =
      new Members()
          .add("id", string("Its id."))
          .add("name", string("For people."))
          .add("status", STATUS)
          .add("progress", PROGRESS)
          .add("createdAt", Docs.instant("When it was made."))
          .add("completedAt", Docs.instant("When it ended."))
          .object("id", "name", "status", "progress", "createdAt");
  private static final Map<String, Object> BATCH =
      new Members()
          .add("id", string("Its id."))
          .add("name", string("For people."))
          .add("description", string("For people."))
          .add("status", STATUS)
          .add("progress", PROGRESS)
          .add("tasks", array(TASK, PageRequest.LIMIT_MAX))
          .add("config", CONFIG)
          .add("createdAt", Docs.instant("When it was made."))
          .add("startedAt", Docs.instant("When it was started first."))
          .add("completedAt", Docs.instant("When it ended."))
          .add(
              "waiting",
              with(
                  TaskDocs.WAITING,
                  "description",
                  "Extension. What its task that is to go next waits for; absent when none waits."))
          .object("id", "name", "status", "progress", "createdAt");
  private static final Map<String, Object> DONE =
      TaskDocs.example("total", 2, "completed", 2, "failed", 0, "pending", 0);
  private static final Map<String, Object> LINE_EXAMPLE =
      TaskDocs.example(
          "id",
          "batch-001",
          "name",
          "Creative Writing Tasks",
          "status",
          "running",
          "progress",
          DONE,
          "createdAt",
          Docs.TIME);

  private BatchDocs() {}

  private static Map<String, Object> count(String description) {
    return integer(description, 0, Integer.MAX_VALUE);
  }

  private static RouteDoc.Builder unknown(RouteDoc.Builder doc) {
    Docs.id(doc, "The batch.");
    return Docs.refused(doc, 404, "BATCH_NOT_FOUND", "there is no such batch.", "Batch not found");
  }

  private static RouteDoc.Builder state(RouteDoc.Builder doc) {
    return Docs.refused(
        unknown(doc),
        409,
        "INVALID_STATE",
        "the batch is in a state that does not allow this.",
        "batch batch-001 is completed and can't be started");
  }

  static RouteDoc create() {
    RouteDoc.Builder doc =
        Docs.seed(TAG, "createBatch", "Create a batch")
            .description(
                "Takes all tasks in or none: from tasks, from the rows of an inputFile under the"
                    + " server's files.root, or from csv. It waits to be executed, unless"
                    + " autoExecute is true.")
            .bodyOrForm(
                new Members()
                    .add("id", string("Kept as given; made when absent."))
                    .add("name", string("For people.", 0, NewBatch.NAME_MAX))
                    .add("description", string("For people.", 0, NewBatch.DESCRIPTION_MAX))
                    .add("tasks", array(TaskDocs.NEW_TASK, BatchReader.TASKS_MAX))
                    .add("inputFile", string("CSV, or JSON Lines when it ends in .jsonl."))
                    .add("csv", string("Extension. Rows, with a header row."))
                    .add("config", CONFIG)
                    .add("maxConcurrency", integer("As in config.", 1, BatchConfig.CONCURRENCY_MAX))
                    .add("priority", Docs.words("As in config.", Fields.PRIORITIES))
                    .add("deadline", Docs.instant("As in config."))
                    .add("idempotencyKey", string("As the header Idempotency-Key.", 1, 255))
                    .add("autoExecute", bool("Extension. True: it is started at once."))
                    .object(),
                TaskDocs.example(
                    "id",
                    "batch-001",
                    "name",
                    "Creative Writing Tasks",
                    "tasks",
                    List.of(Map.of("id", "task-001", "prompt", "Write a haiku"))),
                FORM);
    Docs.answer(
        doc,
        201,
        new Members()
            .add("id", string("Its id."))
            .add("status", STATUS)
            .add("taskCount", count("Its tasks."))
            .add("createdAt", Docs.instant("When it was made."))
            .object("id", "status", "taskCount", "createdAt"),
        TaskDocs.example(
            "id", "batch-001", "status", "pending", "taskCount", 2, "createdAt", Docs.TIME),
        "");
    Docs.invalid(doc);
    Docs.refused(
        doc, 403, "PATH_NOT_ALLOWED", "the path is not below files.root.", PATH_NOT_ALLOWED);
    Docs.refused(doc, 404, "FILE_NOT_FOUND", "there is no such file.", "there is no such file");
    Docs.refused(doc, 409, "CONFLICT", "an id is taken.", "batch batch-001 exists");
    return Docs.refused(doc, 413, "PAYLOAD_TOO_LARGE", "the body is too large.", "too large")
        .build();
  }

  static RouteDoc list() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "findBatches", "List batches")
            .description(
                "Extension. Without their tasks; newest first unless it is sorted otherwise.")
            .query("status", "Only batches in this state.", STATUS);
    PageRequest.document(doc, PageRequest.NAMED);
    Docs.answer(
        doc,
        200,
        new Members()
            .add("batches", array(LINE, PageRequest.LIMIT_MAX))
            .add("pagination", Docs.PAGINATION)
            .object("batches", "pagination"),
        TaskDocs.example("batches", List.of(LINE_EXAMPLE), "pagination", Docs.PAGINATION_EXAMPLE),
        "");
    return Docs.invalid(doc).build();
  }

  static RouteDoc get() {
    RouteDoc.Builder doc =
        Docs.seed(TAG, "readBatch", "Get a batch")
            .description(
                "The batch with its counts, which are kept and not counted, and its first tasks.")
            .query(
                "taskLimit",
                "How many of its tasks to show, 0 to 100.",
                integer("Tasks.", 0, PageRequest.LIMIT_MAX));
    Docs.answer(doc, 200, BATCH, LINE_EXAMPLE, "");
    return unknown(doc).build();
  }

  static RouteDoc edit() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "updateBatch", "Change a batch")
            .description(
                "Extension. Also while it runs: a new priority or deadline is taken on by all its"
                    + " tasks that wait, a new concurrency at once.")
            .body(
                new Members()
                    .add("name", string("For people."))
                    .add("description", string("For people."))
                    .add("maxConcurrency", integer("At once.", 1, BatchConfig.CONCURRENCY_MAX))
                    .add("priority", Docs.words("How early.", Fields.PRIORITIES))
                    .add("deadline", Docs.instant("Dead without an answer; null: never."))
                    .add(
                        "config",
                        anyObject("maxConcurrency, priority and deadline, as at its making."))
                    .object(),
                TaskDocs.example("maxConcurrency", 20));
    Docs.answer(doc, 200, BATCH, LINE_EXAMPLE, "Batch updated");
    Docs.invalid(doc);
    return state(doc).build();
  }

  static RouteDoc delete() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "deleteBatch", "Delete a batch")
            .description(
                "Extension. Nobody sees it from now on; its tasks and results go page by page.");
    Docs.done(doc, "Batch deleted");
    return unknown(doc).build();
  }

  static RouteDoc tasks() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "findBatchTasks", "List a batch's tasks")
            .description("Extension. In the order of its rows.")
            .query("status", "Only tasks in this state.", TaskDocs.STATUS);
    PageRequest.document(doc, List.of("createdAt"));
    Docs.answer(
        doc,
        200,
        new Members()
            .add("tasks", array(TASK, PageRequest.LIMIT_MAX))
            .add("pagination", Docs.PAGINATION)
            .object("tasks", "pagination"),
        TaskDocs.example(
            "tasks",
            List.of(TaskDocs.example("id", "task-001", "status", "completed", "result", "...")),
            "pagination",
            Docs.PAGINATION_EXAMPLE),
        "");
    Docs.invalid(doc);
    return unknown(doc).build();
  }

  static RouteDoc results() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "readBatchResults", "Download a batch's results")
            .description(
                "Extension. In the order of its rows, also while it runs; as CSV or as JSON Lines,"
                    + " as the parameter format or the header Accept says.")
            .query("format", "Which form.", Docs.words("A form.", List.of("csv", "jsonl")))
            .answer(
                200,
                new RouteDoc.Answer(
                    "The rows, the first of CSV being the header.",
                    string("The file's content."),
                    null,
                    List.of(ResultStream.CSV_TYPE, ResultStream.JSONL_TYPE)));
    Docs.invalid(doc);
    return unknown(doc).build();
  }

  static RouteDoc execute() {
    RouteDoc.Builder doc =
        Docs.seed(TAG, "executeBatch", "Execute a batch")
            .description("Starts it; one that runs already goes on.");
    Docs.answer(
        doc,
        200,
        new Members()
            .add("executionId", string("Names this run."))
            .add("status", STATUS)
            .object("executionId", "status"),
        TaskDocs.example("executionId", "batch-exec-001", "status", "running"),
        "Batch execution started");
    return state(doc).build();
  }

  static RouteDoc change(String operation, String summary, String verb) {
    RouteDoc.Builder doc =
        Docs.extension(TAG, operation, summary)
            .description("Extension. The batch as it stands then; repeating it changes nothing.");
    Docs.answer(doc, 200, LINE, LINE_EXAMPLE, "Batch " + verb);
    return state(doc).build();
  }
}
