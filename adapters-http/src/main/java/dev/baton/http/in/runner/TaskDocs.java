package dev.baton.http.in.runner;

import static dev.baton.http.in.server.Schemas.anyObject;
import static dev.baton.http.in.server.Schemas.integer;
import static dev.baton.http.in.server.Schemas.string;

import dev.baton.core.domain.task.Usage;
import dev.baton.http.in.runner.Docs.Members;
import java.util.Map;

/** The schemas of tasks. */
final class TaskDocs {
  static final Map<String, Object> STATUS =
      Docs.words("Where the task is in its life.", TaskViews.STATUSES);

  private static final Map<String, Object> USAGE =
      new Members()
          .add("promptTokens", integer("Tokens read.", 0, Usage.MAX))
          .add("completionTokens", integer("Tokens written.", 0, Usage.MAX))
          .add("totalTokens", integer("Both together.", 0, Usage.MAX))
          .object();
  static final Map<String, Object> RESULT =
      new Members().add("content", string("The answer.")).add("usage", USAGE).object("content");
  static final Map<String, Object> ERROR =
      new Members()
          .add("code", string("A stable word in capitals."))
          .add("message", string("For people."))
          .object("code", "message");
  static final Map<String, Object> TASK =
      new Members()
          .add("id", Docs.ID)
          .add("prompt", string("What is asked."))
          .add("status", STATUS)
          .add("result", RESULT)
          .add("error", ERROR)
          .add("model", string("Who is to answer."))
          .add("metadata", anyObject("As it was given."))
          .add("batchId", Docs.ID)
          .add("attempts", integer("Leases that count.", 0, Integer.MAX_VALUE))
          .add("createdAt", Docs.instant("When it was submitted."))
          .add("startedAt", Docs.instant("When the last attempt began."))
          .add("completedAt", Docs.instant("When it was over."))
          .object("id", "status", "createdAt");

  private TaskDocs() {}
}
