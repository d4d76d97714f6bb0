package dev.baton.http.in.runner.task;

import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.runner.shared.Pagination;
import dev.baton.http.in.runner.shared.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A task in a list, without its texts. */
@Doc("A task without its texts.")
record TaskLine(
    @Doc(value = "Its id.", example = "task-001") String id,
    @Doc("Where it is in its life.") TaskStatus status,
    @Doc("Who is to answer.") Optional<String> model,
    @Doc("How far ahead of others it goes.") Priority priority,
    @Doc("Where it waits.") String queue,
    @Doc("Its batch.") Optional<String> batchId,
    @Doc("Extension. Fails at this instant without an answer.") Optional<Instant> deadline,
    @Doc("Leases that count.") @Bounds(max = Integer.MAX_VALUE) int attempts,
    @Doc("When it was submitted.") Instant createdAt,
    @Doc("When the last attempt began.") Optional<Instant> startedAt,
    @Doc("When it was over.") Optional<Instant> completedAt) {

  /** One page of them. */
  @Doc(value = "", name = "TaskPage")
  record Page(
      @Doc("The tasks.") List<TaskLine> tasks, @Doc("Which page this is.") Pagination pagination) {}

  static TaskLine of(TaskRow row) {
    return new TaskLine(
        row.id().value(),
        TaskStatus.of(row.leaseState().state()),
        row.terms().model().map(ModelName::value),
        row.terms().priority(),
        row.terms().queue().value(),
        row.terms().batch().map(batch -> batch.value()),
        row.terms().deadline(),
        row.leaseState().attempts(),
        row.terms().submittedAt(),
        startedAt(row),
        completedAt(row));
  }

  private static Optional<Instant> startedAt(TaskRow row) {
    long at = row.leaseState().leasedAt();
    return at > 0 ? Optional.of(Instant.ofEpochMilli(at)) : Optional.empty();
  }

  private static Optional<Instant> completedAt(TaskRow row) {
    return row.leaseState().state().isTerminal()
        ? Optional.of(Instant.ofEpochMilli(row.leaseState().changedAt()))
        : Optional.empty();
  }
}
