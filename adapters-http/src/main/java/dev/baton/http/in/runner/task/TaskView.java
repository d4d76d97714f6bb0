package dev.baton.http.in.runner.task;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.usecase.insight.Wait;
import dev.baton.core.usecase.task.Settling;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.json.Holds;
import dev.baton.http.in.json.RawArray;
import dev.baton.http.in.json.RawObject;
import dev.baton.http.in.runner.shared.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** All that is known of a task. */
@Doc(value = "All that is known of a task.", name = "Task")
record TaskView(
    @JsonUnwrapped TaskLine line,
    @Doc(value = "What is asked.", example = "Write a haiku about programming") String prompt,
    @Doc("The answer.") Optional<TaskResult> result,
    @Doc("Why there is none.") Optional<TaskError> error,
    @Doc("Extension. Answers that do not count, oldest first; absent without any.")
        @Bounds(max = Settling.ALTERNATIVES_MAX)
        Optional<List<TaskResult>> alternatives,
    @Doc("Extension. Where it is held until then.") Optional<Instant> startAt,
    @Doc("Extension. False while it waits to be executed; absent in a batch.")
        Optional<Boolean> autoExecute,
    @Doc("Extension. Leases until it fails.") @Bounds(min = 1, max = RetryPolicy.UNLIMITED)
        int maxAttempts,
    @Doc("What the model is sent.") @Bounds(max = Messages.MAX) @Holds(Message.class)
        Optional<RawArray> messages,
    @Doc("How freely to answer.") @Bounds(max = (long) Parameters.TEMPERATURE_MAX)
        OptionalDouble temperature,
    @Doc("The longest answer.") @Bounds(min = 1, max = Integer.MAX_VALUE) OptionalInt maxTokens,
    @Doc("Extension. What else a model is told.") Optional<RawObject> options,
    @Doc("Extension. Whether the pieces of the answer are kept.") boolean stream,
    @Doc("Your own object.") RawObject metadata,
    @Doc("The X-Request-ID of the request that made it.") Optional<String> requestId,
    @Doc("Extension. What it waits for, if it does.") Optional<TaskWait> waiting) {

  /** A task of which it is not asked where it came from and why it waits. */
  static TaskView of(Task task) {
    return of(task, Optional.empty(), Optional.empty());
  }

  static TaskView of(Task task, Optional<String> requestId, Optional<Wait> wait) {
    TaskRow row = task.row();
    Terms terms = row.terms();
    Parameters asked = task.prompt().parameters();
    return new TaskView(
        TaskLine.of(row),
        task.prompt().text(),
        task.completion().map(TaskResult::of),
        error(task),
        alternatives(task),
        startAt(row),
        autoExecute(terms),
        terms.retry().maxAttempts(),
        asked.messages().map(messages -> new RawArray(messages.json())),
        asked.temperature(),
        asked.maxTokens(),
        Optional.of(asked.options()).filter(o -> !o.isEmpty()).map(o -> new RawObject(o.json())),
        asked.stream(),
        new RawObject(task.prompt().metadata().json()),
        requestId,
        wait.map(TaskWait::of));
  }

  private static Optional<TaskError> error(Task task) {
    return task.row().leaseState().state() == Kind.CANCELLED
        ? Optional.of(TaskError.CANCELLED)
        : task.failure().map(TaskError::of);
  }

  private static Optional<List<TaskResult>> alternatives(Task task) {
    return task.alternatives().isEmpty()
        ? Optional.empty()
        : Optional.of(task.alternatives().stream().map(TaskResult::of).toList());
  }

  /** Only while it lies ahead. */
  private static Optional<Instant> startAt(TaskRow row) {
    long at = row.leaseState().startAt();
    return at > 0 ? Optional.of(Instant.ofEpochMilli(at)) : Optional.empty();
  }

  private static Optional<Boolean> autoExecute(Terms terms) {
    return terms.batch().isPresent()
        ? Optional.empty()
        : Optional.of(terms.gate().filter(GateId.MANUAL::equals).isEmpty());
  }

  /** Whether the task waits, for whatever it may be. */
  static boolean isPending(Task task) {
    return TaskStatus.of(task.row().leaseState().state()) == TaskStatus.PENDING;
  }

  /** The reply with the name of this version of the task. */
  static Reply tagged(Reply reply, Task task) {
    return reply.withHeader("ETag", '"' + task.version() + '"');
  }
}
