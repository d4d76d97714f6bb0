package dev.baton.http.in.runner.batch;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.usecase.batch.BatchView;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.core.usecase.batch.CreatedBatch;
import dev.baton.core.usecase.insight.Wait;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.runner.shared.PageRequest;
import dev.baton.http.in.runner.shared.Pagination;
import dev.baton.http.in.runner.shared.TaskStatus;
import dev.baton.http.in.runner.task.TaskError;
import dev.baton.http.in.runner.task.TaskWait;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Batches as this dialect shows them. */
final class BatchViews {

  private BatchViews() {}

  /** How far a batch is; pending includes what runs, so that the seed's sum is true. */
  @Doc(value = "", name = "BatchProgress")
  record Progress(
      @Doc(value = "All its tasks.", example = "2") long total,
      @Doc(value = "With an answer.", example = "2") long completed,
      @Doc(value = "Ended without one, cancelled ones included.", example = "0") long failed,
      @Doc(value = "Not over, running ones included.", example = "0") long pending,
      @Doc("Extension. Leased now.") long running,
      @Doc("Extension. Called off.") long cancelled) {
    private static Progress of(Tally tally) {
      return new Progress(
          tally.total(),
          tally.succeeded(),
          tally.dead() + tally.cancelled(),
          tally.open(),
          tally.leased(),
          tally.cancelled());
    }
  }

  /** A batch in a list. */
  @Doc(value = "A batch without its tasks.", name = "BatchLine")
  record Line(
      @Doc(value = "Its id.", example = "batch-001") String id,
      @Doc(value = "For people.", example = "Creative Writing Tasks") String name,
      @Doc(value = "Where it is in its life.", example = "running") BatchStatus status,
      @Doc("How far it is.") Progress progress,
      @Doc("When it was made.") Instant createdAt,
      @Doc("When it ended.") Optional<Instant> completedAt) {
    static Line of(BatchView view) {
      Batch batch = view.batch();
      return new Line(
          batch.id().value(),
          batch.about().name(),
          BatchStatus.of(batch.state()),
          Progress.of(view.tally()),
          batch.about().createdAt(),
          batch.run().finishedAt());
    }
  }

  /** One page of batches. */
  @Doc(value = "", name = "BatchPage")
  record Page(
      @Doc("The batches.") @Bounds(max = PageRequest.LIMIT_MAX) List<Line> batches,
      @Doc("Which page this is.") Pagination pagination) {}

  /** A batch. */
  @Doc(value = "A batch, with its first tasks.", name = "Batch")
  record Whole(
      @JsonUnwrapped Line line,
      @Doc("For people.") Optional<String> description,
      @Doc("Its first ones, in the order of its rows.") @Bounds(max = PageRequest.LIMIT_MAX)
          Optional<List<Task>> tasks,
      @Doc("How its tasks are done.") BatchConfigBody config,
      @Doc("When it was started first.") Optional<Instant> startedAt,
      @Doc("Extension. What its task that is to go next waits for; absent when none waits.")
          Optional<TaskWait> waiting) {

    /**
     * @param tasks absent where they are not shown
     */
    static Whole of(BatchView view, Optional<List<Batches.Outcome>> tasks, Optional<Wait> waiting) {
      Batch batch = view.batch();
      return new Whole(
          Line.of(view),
          Optional.of(batch.about().description()).filter(text -> !text.isEmpty()),
          tasks.map(first -> first.stream().map(Task::of).toList()),
          BatchConfigBody.of(batch.about().config()),
          batch.run().startedAt(),
          waiting.map(TaskWait::of));
    }
  }

  /** A task within its batch: its result is the answer's text. */
  @Doc(value = "", name = "BatchTask")
  record Task(
      @Doc(value = "Its id.", example = "task-001") String id,
      @Doc(value = "Where it is in its life.", example = "completed") TaskStatus status,
      @Doc("The answer's text.") @Nullable String result,
      @Doc("Why there is no answer.") Optional<TaskError> error) {
    static Task of(Batches.Outcome outcome) {
      return new Task(
          outcome.row().id().value(),
          TaskStatus.of(outcome.row().state()),
          outcome.result().flatMap(Result::completion).map(Completion::content).orElse(null),
          outcome.result().flatMap(Result::failure).map(TaskError::of));
    }
  }

  /** One page of a batch's tasks. */
  @Doc(value = "", name = "BatchTaskPage")
  record Tasks(
      @Doc("In the order of its rows.") @Bounds(max = PageRequest.LIMIT_MAX) List<Task> tasks,
      @Doc("Which page this is.") Pagination pagination) {
    static Tasks of(List<Batches.Outcome> outcomes, Pagination pagination) {
      return new Tasks(outcomes.stream().map(Task::of).toList(), pagination);
    }
  }

  /** One that was made. */
  @Doc(value = "", name = "CreatedBatch")
  record Created(
      @Doc(value = "Its id.", example = "batch-001") String id,
      @Doc(value = "Where it is in its life.", example = "pending") BatchStatus status,
      @Doc(value = "Its tasks.", example = "2") long taskCount,
      @Doc("When it was made.") Instant createdAt,
      @Doc(
              "Extension. Columns or members of its rows that mean nothing here, the first 20: what"
                  + " they say went into the metadata. Absent when there are none.")
          Optional<List<String>> unknownColumns) {
    static Created of(CreatedBatch made) {
      Line line = Line.of(made.view());
      return new Created(
          line.id,
          line.status,
          line.progress.total,
          line.createdAt,
          Optional.of(made.others()).filter(names -> !names.isEmpty()));
    }
  }

  /** One that was started. */
  @Doc(value = "", name = "StartedBatch")
  record Started(
      @Doc(value = "Names this run.", example = "batch-exec-001") String executionId,
      @Doc(value = "Where it is in its life.", example = "running") BatchStatus status) {
    static Started of(BatchView view) {
      return new Started(view.batch().executionId(), BatchStatus.of(view.batch().state()));
    }
  }
}
