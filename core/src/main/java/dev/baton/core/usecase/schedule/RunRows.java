package dev.baton.core.usecase.schedule;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.BatchInput;
import dev.baton.core.usecase.batch.Batches;
import java.util.Optional;

/**
 * The rows of a schedule's file, as one of its runs takes them. Every run reads the same names, and
 * a name stands for one task: each run adds its own ending, and takes it off again when it writes
 * results. Not safe for use by several threads, as {@link BatchInput} is not.
 */
final class RunRows implements BatchInput {
  private final BatchInput file;
  private final String ending;

  /**
   * @param run the run's number in the store
   */
  RunRows(BatchInput file, long run) {
    this.file = requireNonNull(file, "file");
    this.ending = ending(run);
  }

  private static String ending(long run) {
    return ".run" + run;
  }

  @Override
  public Rows rows() {
    Rows rows = file.rows();
    return () -> rows.next().map(this::named);
  }

  private Row named(Row row) {
    Optional<TaskId> id = row.task().flatMap(NewTask::id);
    if (id.isEmpty()) {
      return row;
    }
    String name = id.get().value() + ending;
    return TaskId.isValid(name)
        ? Row.of(row.line(), row.task().get().withId(Optional.of(new TaskId(name))))
        : Row.broken(
            row.line(),
            "id is longer than the %s characters that a schedule's rows may have"
                .formatted(TaskId.MAX_LENGTH - ending.length()));
  }

  @Override
  public void close() {
    file.close();
  }

  /** The outcome under the name that its row has in the file. */
  static Batches.Outcome asInFile(Batches.Outcome outcome, long run) {
    TaskRow row = outcome.row();
    String name = row.id().value();
    if (!name.endsWith(ending(run))) {
      return outcome;
    }
    TaskId before = new TaskId(name.substring(0, name.length() - ending(run).length()));
    return new Batches.Outcome(
        new TaskRow(row.seq(), row.tenant(), before, row.terms(), row.leaseState()),
        outcome.prompt(),
        outcome.result());
  }
}
