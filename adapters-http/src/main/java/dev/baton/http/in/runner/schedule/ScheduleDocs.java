package dev.baton.http.in.runner.schedule;

import static dev.baton.http.in.api.Schemas.bool;
import static dev.baton.http.in.api.Schemas.string;

import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.PageRequest;
import java.util.List;

/** What is said of the routes of schedules. */
final class ScheduleDocs {
  private static final String TAG = "scheduled-tasks";

  private ScheduleDocs() {}

  static String message(boolean active) {
    return active ? "Scheduled task enabled" : "Scheduled task disabled";
  }

  private static RouteDoc.Builder unknown(RouteDoc.Builder doc) {
    Docs.id(doc, "The scheduled task.");
    return Docs.refused(doc, 404, "SCHEDULED_TASK_NOT_FOUND", "there is no such scheduled task.");
  }

  private static RouteDoc.Builder files(RouteDoc.Builder doc) {
    Docs.invalid(doc);
    Docs.refused(doc, 403, "PATH_NOT_ALLOWED", "a path is not below files.root.");
    return Docs.refused(doc, 409, "FILE_EXISTS", "the output is there.");
  }

  static RouteDoc create() {
    RouteDoc.Builder doc =
        Docs.seed(TAG, "createSchedule", "Create a scheduled task")
            .description("Makes a batch of a file's rows, again and again.")
            .body(NewSchedule.BODY.schema());
    Docs.answer(doc, 201, ScheduleView.Created.class, "");
    return Docs.refused(files(doc), 429, "LIMIT_EXCEEDED", "there are too many.").build();
  }

  static RouteDoc list() {
    RouteDoc.Builder doc =
        Docs.seed(TAG, "findSchedules", "List scheduled tasks")
            .description("Newest first.")
            .query("isActive", "Only those that fire, or do not.", bool("Whether it fires."))
            .query("name", "Only those in whose name this stands.", string("A part of a name."));
    PageRequest.document(doc, PageRequest.NAMED);
    Docs.answer(doc, 200, ScheduleView.Page.class, "");
    return Docs.invalid(doc).build();
  }

  static RouteDoc get() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "readSchedule", "Get a scheduled task")
            .description("Extension. All that it was made with.");
    Docs.answer(doc, 200, ScheduleView.class, "");
    return unknown(doc).build();
  }

  static RouteDoc change() {
    RouteDoc.Builder doc =
        Docs.seed(TAG, "updateSchedule", "Update a scheduled task")
            .description("What is absent stays as it is; members of config too.")
            .body(ScheduleEdit.BODY.schema());
    Docs.answer(doc, 200, ScheduleView.class, "Scheduled task updated");
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
    Docs.answer(doc, 200, ScheduleView.Active.class, message(active));
    return unknown(doc).build();
  }

  static RouteDoc run() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "runSchedule", "Run a scheduled task now")
            .description("Extension. Also one that is disabled.");
    Docs.answer(doc, 202, RunView.class, "Scheduled task started");
    Docs.refused(unknown(doc), 429, "LIMIT_EXCEEDED", "too many runs wait.");
    return doc.build();
  }

  static RouteDoc dryRun() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "rehearseSchedule", "Estimate a run")
            .description("Extension. Checks every row, and asks no model; nothing is kept.");
    Docs.answer(doc, 200, DryRunView.class, "");
    Docs.refused(doc, 403, "PATH_NOT_ALLOWED", "the path is not below files.root.");
    Docs.id(doc, "The scheduled task.");
    return Docs.refused(
            doc,
            404,
            "SCHEDULED_TASK_NOT_FOUND",
            "there is no such scheduled task, or no such file (FILE_NOT_FOUND).")
        .build();
  }

  static RouteDoc readRun() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "readScheduleRun", "Get a run of a scheduled task")
            .description("Extension. A run has its number for good.");
    Docs.path(doc, "runId", "The run.");
    Docs.answer(doc, 200, RunView.class, "");
    return Docs.refused(
            unknown(doc),
            404,
            "SCHEDULED_TASK_NOT_FOUND",
            "there is no such scheduled task, or it has no such run (NOT_FOUND).")
        .build();
  }

  static RouteDoc runs() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "findScheduleRuns", "List the runs of a scheduled task")
            .description("Extension. Newest first.");
    PageRequest.document(doc, List.of("createdAt"));
    Docs.answer(doc, 200, RunView.Page.class, "");
    Docs.invalid(doc);
    return unknown(doc).build();
  }
}
