package dev.baton.http.in.runner.batch;

import static dev.baton.http.in.api.Schemas.integer;
import static dev.baton.http.in.api.Schemas.string;

import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.json.Components;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.PageRequest;
import dev.baton.http.in.runner.shared.TaskStatus;
import java.util.List;
import java.util.Map;

/** The schemas, examples and pages of batches. */
final class BatchDocs {
  private static final String TAG = "batches";

  private BatchDocs() {}

  private static RouteDoc.Builder unknown(RouteDoc.Builder doc) {
    Docs.id(doc, "The batch.");
    return Docs.refused(doc, 404, "BATCH_NOT_FOUND", "there is no such batch.");
  }

  private static RouteDoc.Builder state(RouteDoc.Builder doc) {
    return Docs.refused(
        unknown(doc), 409, "INVALID_STATE", "the batch is in a state that does not allow this.");
  }

  static RouteDoc create() {
    RouteDoc.Builder doc =
        Docs.seed(TAG, "createBatch", "Create a batch")
            .description(
                "Takes all tasks in or none: from tasks, from the rows of an inputFile under the"
                    + " server's files.root, or from csv. It waits to be executed, unless"
                    + " autoExecute is true.")
            .bodyOrForm(
                NewBatchBody.BODY.schema(),
                Map.of("id", "batch-001", "tasks", List.of(Map.of("prompt", "Write a haiku"))),
                Components.ref(UploadBatch.Parts.class));
    Docs.answer(doc, 201, BatchViews.Created.class, "");
    Docs.invalid(doc);
    Docs.refused(doc, 403, "PATH_NOT_ALLOWED", "the path is not below files.root.");
    Docs.refused(doc, 404, "FILE_NOT_FOUND", "there is no such file.");
    Docs.refused(doc, 409, "CONFLICT", "an id is taken.");
    return Docs.refused(doc, 413, "PAYLOAD_TOO_LARGE", "the body is too large.").build();
  }

  static RouteDoc list() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "findBatches", "List batches")
            .description(
                "Extension. Without their tasks; newest first unless it is sorted otherwise.")
            .query("status", "Only batches in this state.", Components.ref(BatchStatus.class));
    PageRequest.document(doc, PageRequest.NAMED);
    Docs.answer(doc, 200, BatchViews.Page.class, "");
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
    Docs.answer(doc, 200, BatchViews.Whole.class, "");
    return unknown(doc).build();
  }

  static RouteDoc edit() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "updateBatch", "Change a batch")
            .description(
                "Extension. Also while it runs: a new priority or deadline is taken on by all its"
                    + " tasks that wait, a new concurrency at once.")
            .body(BatchChange.BODY.schema());
    Docs.answer(doc, 200, BatchViews.Whole.class, "Batch updated");
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
            .query("status", "Only tasks in this state.", Components.ref(TaskStatus.class));
    PageRequest.document(doc, List.of("createdAt"));
    Docs.answer(doc, 200, BatchViews.Tasks.class, "");
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
                    ResultStream.CSV_TYPE,
                    ResultStream.JSONL_TYPE));
    Docs.invalid(doc);
    return unknown(doc).build();
  }

  static RouteDoc execute() {
    RouteDoc.Builder doc =
        Docs.seed(TAG, "executeBatch", "Execute a batch")
            .description("Starts it; one that runs already goes on.");
    Docs.answer(doc, 200, BatchViews.Started.class, "Batch execution started");
    return state(doc).build();
  }

  static RouteDoc change(String operation, String summary, String verb) {
    RouteDoc.Builder doc =
        Docs.extension(TAG, operation, summary)
            .description("Extension. The batch as it stands then; repeating it changes nothing.");
    Docs.answer(doc, 200, BatchViews.Line.class, "Batch " + verb);
    return state(doc).build();
  }
}
