package dev.baton.http.in.runner.schedule;

import static dev.baton.http.in.api.Schemas.array;
import static dev.baton.http.in.api.Schemas.bool;
import static dev.baton.http.in.api.Schemas.integer;
import static dev.baton.http.in.api.Schemas.string;

import dev.baton.core.domain.schedule.Cron;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.runner.batch.BatchDocs;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.Docs.Members;
import dev.baton.http.in.runner.shared.PageRequest;
import dev.baton.http.in.runner.task.TaskDocs;
import java.util.List;
import java.util.Map;

/** The schemas, examples and pages of schedules. */
final class ScheduleDocs {
  private static final String TAG = "scheduled-tasks";
  private static final List<String> STATES =
      List.of("pending", "running", "writing", "succeeded", "failed", "skipped");
  private static final Map<String, Object> TEXT_OR_NULL = Map.of("type", List.of("string", "null"));
  private static final Map<String, Object> LINE =
      new Members()
          .add("id", string("Its id."))
          .add("name", string("For people."))
          .add("schedule", string("Its cron expression."))
          .add("isActive", bool("Whether it fires."))
          .add("lastRun", TEXT_OR_NULL)
          .add("nextRun", TEXT_OR_NULL)
          .object("id", "name", "schedule", "isActive");
  private static final Map<String, Object> RUN =
      new Members()
          .add("id", string("Its id."))
          .add("status", Docs.words("How far it came.", STATES))
          .add("scheduledFor", Docs.instant("When it was due."))
          .add("isManual", bool("Whether somebody asked for it."))
          .add("startedAt", Docs.instant("When it was noticed."))
          .add("completedAt", TEXT_OR_NULL)
          .add("batchId", string("The batch that it makes."))
          .add("total", count("Rows."))
          .add("completed", count("With an answer."))
          .add("failed", count("Without one."))
          .add("error", TEXT_OR_NULL)
          .add(
              "report",
              Map.of(
                  "type",
                  List.of("object", "null"),
                  "additionalProperties",
                  true,
                  "description",
                  "Of a dry run: as the reply of dry-run."))
          .object("id", "status", "scheduledFor");
  private static final Map<String, Object> LINE_EXAMPLE =
      TaskDocs.example(
          "id",
          "sched-001",
          "name",
          "Daily Report Generator",
          "schedule",
          "0 9 * * *",
          "isActive",
          true,
          "nextRun",
          Docs.TIME);
  private static final Map<String, Object> RUN_EXAMPLE =
      TaskDocs.example("id", "run-1", "status", "pending", "scheduledFor", Docs.TIME);

  private ScheduleDocs() {}

  private static Map<String, Object> count(String description) {
    return integer(description, 0, Integer.MAX_VALUE);
  }

  private static Members members() {
    return new Members()
        .add("name", string("For people.", 1, Plan.NAME_MAX))
        .add("schedule", string("Cron, 5 fields or 6 with a second.", 1, Cron.LENGTH_MAX))
        .add("timezone", string("Extension. Whose time it speaks of; UTC when absent."))
        .add("inputFile", string("Under the server's files.root."))
        .add("outputFile", string("Results; {date} and {run} are filled in."))
        .add("overwrite", bool("Extension. Whether a file may be replaced; true when absent."))
        .add("isDryRun", bool("Checks and estimates, and asks no model."))
        .add("isActive", bool("Whether it fires; true when absent."))
        .add("missedRuns", Docs.words("Extension. Firings missed.", ScheduleReader.MISSED))
        .add("overlap", Docs.words("Extension. A run is not over.", ScheduleReader.OVERLAPS))
        .add("config", BatchDocs.CONFIG);
  }

  private static RouteDoc.Builder unknown(RouteDoc.Builder doc) {
    Docs.id(doc, "The scheduled task.");
    return Docs.refused(
        doc,
        404,
        "SCHEDULED_TASK_NOT_FOUND",
        "there is no such scheduled task.",
        "Scheduled task not found");
  }

  private static RouteDoc.Builder files(RouteDoc.Builder doc) {
    Docs.invalid(doc);
    Docs.refused(
        doc,
        403,
        "PATH_NOT_ALLOWED",
        "a path is not below files.root.",
        BatchDocs.PATH_NOT_ALLOWED);
    return Docs.refused(doc, 409, "FILE_EXISTS", "the output is there.", "this file exists");
  }

  static RouteDoc create() {
    RouteDoc.Builder doc =
        Docs.seed(TAG, "createSchedule", "Create a scheduled task")
            .description("Makes a batch of a file's rows, again and again.")
            .body(
                members().object("name", "schedule", "inputFile"),
                TaskDocs.example(
                    "name",
                    "Daily Report Generator",
                    "schedule",
                    "0 9 * * *",
                    "inputFile",
                    "tasks.csv"));
    Docs.answer(doc, 201, LINE, LINE_EXAMPLE, "");
    return Docs.refused(files(doc), 429, "LIMIT_EXCEEDED", "there are too many.", "10000 are there")
        .build();
  }

  static RouteDoc list() {
    RouteDoc.Builder doc =
        Docs.seed(TAG, "findSchedules", "List scheduled tasks")
            .description("Newest first.")
            .query("isActive", "Only those that fire, or do not.", bool("Whether it fires."))
            .query("name", "Only those in whose name this stands.", string("A part of a name."));
    PageRequest.document(doc, PageRequest.NAMED);
    Docs.answer(
        doc,
        200,
        new Members()
            .add("tasks", array(LINE, PageRequest.LIMIT_MAX))
            .add("pagination", Docs.PAGINATION)
            .object("tasks", "pagination"),
        TaskDocs.example("tasks", List.of(LINE_EXAMPLE), "pagination", Docs.PAGINATION_EXAMPLE),
        "");
    return Docs.invalid(doc).build();
  }

  static RouteDoc get() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "readSchedule", "Get a scheduled task")
            .description("Extension. All that it was made with.");
    Docs.answer(doc, 200, LINE, LINE_EXAMPLE, "");
    return unknown(doc).build();
  }

  static RouteDoc change() {
    RouteDoc.Builder doc =
        Docs.seed(TAG, "updateSchedule", "Update a scheduled task")
            .description("What is absent stays as it is; members of config too.")
            .body(members().object(), TaskDocs.example("schedule", "0 12 * * *"));
    Docs.answer(doc, 200, LINE, LINE_EXAMPLE, "Scheduled task updated");
    return unknown(files(doc)).build();
  }

  static RouteDoc delete() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "deleteSchedule", "Delete a scheduled task")
            .description("Extension. With its history; a batch that it made goes on.");
    Docs.done(doc, "Scheduled task deleted");
    return unknown(doc).build();
  }

  static RouteDoc active(String operation, String summary, boolean active) {
    RouteDoc.Builder doc =
        Docs.seed(TAG, operation, summary).description("Repeating it changes nothing.");
    Docs.answer(
        doc,
        200,
        new Members()
            .add("id", string("Its id."))
            .add("isActive", bool("Whether it fires."))
            .object("id", "isActive"),
        TaskDocs.example("id", "sched-001", "isActive", active),
        ScheduleRoutes.message(active));
    return unknown(doc).build();
  }

  static RouteDoc run() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "runSchedule", "Run a scheduled task now")
            .description("Extension. Also one that is disabled.");
    Docs.answer(doc, 202, RUN, RUN_EXAMPLE, "Scheduled task started");
    Docs.refused(unknown(doc), 429, "LIMIT_EXCEEDED", "too many runs wait.", "too many runs");
    return doc.build();
  }

  static RouteDoc dryRun() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "rehearseSchedule", "Estimate a run")
            .description("Extension. Checks every row, and asks no model; nothing is kept.");
    Docs.answer(
        doc,
        200,
        new Members()
            .add("isDryRun", bool("True."))
            .add("isValid", bool("Whether a batch could be made."))
            .add("rows", count("Rows of the input."))
            .add("invalidRows", count("Rows that can't be used."))
            .add("estimatedPromptTokens", count("For all prompts."))
            .add("maxCompletionTokens", count("For answers that are bounded."))
            .add("unboundedRows", count("Rows whose answers are not."))
            .add("estimatedCost", Map.of("type", List.of("number", "null")))
            .add("problems", array(Map.of("type", "object"), PageRequest.LIMIT_MAX))
            .object("isDryRun", "isValid", "rows"),
        TaskDocs.example("isDryRun", true, "isValid", true, "rows", 2),
        "");
    Docs.refused(
        doc,
        403,
        "PATH_NOT_ALLOWED",
        "the path is not below files.root.",
        BatchDocs.PATH_NOT_ALLOWED);
    Docs.id(doc, "The scheduled task.");
    return Docs.refused(
            doc,
            404,
            "SCHEDULED_TASK_NOT_FOUND",
            "there is no such scheduled task, or no such file (FILE_NOT_FOUND).",
            "Scheduled task not found")
        .build();
  }

  static RouteDoc readRun() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "readScheduleRun", "Get a run of a scheduled task")
            .description("Extension. A run has its number for good.");
    Docs.path(doc, "runId", "The run.");
    Docs.answer(doc, 200, RUN, RUN_EXAMPLE, "");
    return Docs.refused(
            unknown(doc),
            404,
            "SCHEDULED_TASK_NOT_FOUND",
            "there is no such scheduled task, or it has no such run (NOT_FOUND).",
            "Run not found")
        .build();
  }

  static RouteDoc runs() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "findScheduleRuns", "List the runs of a scheduled task")
            .description("Extension. Newest first.");
    PageRequest.document(doc, List.of("createdAt"));
    Docs.answer(
        doc,
        200,
        new Members()
            .add("runs", array(RUN, PageRequest.LIMIT_MAX))
            .add("pagination", Docs.PAGINATION)
            .object("runs", "pagination"),
        TaskDocs.example("runs", List.of(RUN_EXAMPLE), "pagination", Docs.PAGINATION_EXAMPLE),
        "");
    Docs.invalid(doc);
    return unknown(doc).build();
  }
}
