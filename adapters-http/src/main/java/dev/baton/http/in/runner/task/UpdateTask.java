package dev.baton.http.in.runner.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.input.Member;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.usecase.task.TaskEdit;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.Fields;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.json.TaskMembers;
import dev.baton.http.in.runner.shared.Bodies;
import dev.baton.http.in.runner.shared.Ids;
import dev.baton.http.in.runner.shared.NotEditable;
import dev.baton.http.in.runner.shared.Resource;
import dev.baton.http.in.runner.shared.RunnerContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** {@code PATCH /tasks/{id}}: changes a task that nobody holds. */
final class UpdateTask {
  private static final List<String> IMMUTABLE =
      List.of(
          "id",
          "status",
          "result",
          "error",
          "createdAt",
          "startedAt",
          "completedAt",
          "owner",
          "tenant",
          "attempts",
          "batchId",
          "queue",
          "requestId",
          "idempotencyKey");
  private static final JsonShape SHAPE = shape();

  private final RunnerContext kit;
  private final PromptReader prompts;

  UpdateTask(RunnerContext kit, PromptReader prompts) {
    this.kit = requireNonNull(kit, "kit");
    this.prompts = requireNonNull(prompts, "prompts");
  }

  private static JsonShape shape() {
    JsonShape.Builder shape =
        PromptReader.CHANGE_MEMBERS
            .declare(JsonShape.builder())
            .text(Member.MODEL.spelling(), Member.MODEL.max())
            .text("startAt", Instants.LENGTH_MAX)
            .text("deadline", Instants.LENGTH_MAX);
    IMMUTABLE.forEach(shape::any);
    return shape.build();
  }

  Route route(Resource tasks) {
    return tasks
        .patch(TaskDocs.TASK, "updateTask", "Update a task")
        .description(
            "Changes what is given and leaves the rest; null takes messages, model, temperature,"
                + " maxTokens, options, startAt or deadline away. Metadata are a JSON merge patch."
                + " Only a pending task can be changed.")
        .header(
            "If-Match",
            "The ETag of the task as you read it: 412 if it has changed since.",
            Schemas.string("An ETag."))
        .body(TaskDocs.CHANGES)
        .maxBody(Bodies.PROMPT_MAX)
        .refused(409, "TASK_NOT_EDITABLE", "somebody works on it, or it is over.")
        .refused(412, "PRECONDITION_FAILED", "it has changed since it was read.")
        .answer(200, TaskView.class, "Task updated successfully")
        .handled(kit.bodies().reading(SHAPE, this::update));
  }

  private Reply update(Request request, Fields fields) {
    fields.refuseChange(IMMUTABLE);
    fields.refuseNull(List.of("prompt", "priority", "stream"));
    Changes changes = Changes.of(fields);
    return Reply.later(
        priority(request, fields)
            .thenCompose(priority -> change(request, fields, changes, priority))
            .exceptionallyCompose(UpdateTask::notEditable)
            .thenApply(
                task ->
                    TaskView.tagged(
                        kit.envelope().ok(TaskView.of(task), "Task updated successfully"), task)));
  }

  /** The one that is given, or else that of the metadata, unless the task was given another. */
  private CompletableFuture<Optional<Priority>> priority(Request request, Fields fields) {
    Optional<Priority> told = PromptReader.CHANGE_MEMBERS.changes(fields).priority();
    if (told.isEmpty() || fields.values().has("priority")) {
      return CompletableFuture.completedFuture(told);
    }
    return kit.baton()
        .tasks()
        .find(request.tenant(), Ids.task(request))
        .thenApply(task -> told.filter(metadata -> task.filter(UpdateTask::wasGiven).isEmpty()));
  }

  /** Whether its priority is another than the metadata, its batch or nobody at all says. */
  private static boolean wasGiven(Task task) {
    Terms terms = task.row().terms();
    Optional<Priority> told = TaskMembers.priority(task.prompt().metadata());
    boolean ofItsBatch = told.isEmpty() && terms.batch().isPresent();
    return !ofItsBatch && terms.priority() != told.orElse(Priority.NORMAL);
  }

  private CompletableFuture<Task> change(
      Request request, Fields fields, Changes changes, Optional<Priority> priority) {
    TaskEdit edit =
        new TaskEdit(
            (old, model) -> changed(changes.of(old), fields, model),
            fields.replacement("model", prompts.model(fields)),
            priority,
            fields.replacement("startAt", fields.typed("startAt", Instant.class)),
            fields.replacement("deadline", fields.typed("deadline", Instant.class)),
            EntityTags.required(request));
    return kit.baton().control().edit(request.tenant(), Ids.task(request), edit);
  }

  /** The bound of its model holds for what the task will be like, whichever of the two changed. */
  private Prompt changed(Prompt prompt, Fields fields, Optional<ModelName> model) {
    if (fields.mentions("model") || fields.values().has("maxTokens")) {
      prompts.checkTokens(fields, model, prompt.parameters().maxTokens());
    }
    return prompt;
  }

  /** A state that does not allow it has a code of its own here. */
  private static <T> CompletableFuture<T> notEditable(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    boolean state =
        cause instanceof BatonException refused && refused.code() == ErrorCode.INVALID_STATE;
    return CompletableFuture.failedFuture(
        state ? new NotEditable(String.valueOf(requireNonNull(cause).getMessage())) : thrown);
  }

  /** What the body says of a prompt: what it does not mention stays, null takes away. */
  private record Changes(Fields fields, Optional<String> text, Parameters given) {

    static Changes of(Fields fields) {
      return new Changes(
          fields,
          fields.filled("prompt"),
          PromptReader.CHANGE_MEMBERS.changes(fields).prompt().parameters());
    }

    Prompt of(Prompt old) {
      Parameters before = old.parameters();
      return new Prompt(
          text.orElse(old.text()),
          fields.mentions("metadata") ? patched(old.metadata()) : old.metadata(),
          new Parameters(
              either("messages", before).messages(),
              either("temperature", before).temperature(),
              either("maxTokens", before).maxTokens(),
              either("options", before).options(),
              either("stream", before).stream()));
    }

    private Parameters either(String member, Parameters before) {
      return fields.mentions(member) ? given : before;
    }

    private Metadata patched(Metadata old) {
      return fields
          .values()
          .text("metadata")
          .map(patch -> new Metadata(MergePatch.applied(old.json(), patch)))
          .orElse(Metadata.EMPTY);
    }
  }
}
