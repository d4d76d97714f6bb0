package dev.baton.core.usecase.schedule;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.BatchInput;
import dev.baton.core.usecase.batch.Batches;
import java.util.Optional;

/**
 * The rows of a schedule's file, as one of its runs takes them. Every run reads the same ids and
 * idempotency keys, and each of these stands for one task: a run adds its own ending to ids, and
 * takes it off again when it writes results; its keys have a scope of their own. Not safe for use
 * by several threads, as {@link BatchInput} is not.
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
    if (row.task().isEmpty()) {
      return row;
    }
    NewTask task = keyed(row.task().get());
    if (task.id().isEmpty()) {
      return Row.of(row.line(), task, row.others());
    }
    String name = task.id().get().value() + ending;
    return TaskId.isValid(name)
        ? Row.of(row.line(), task.withId(Optional.of(new TaskId(name))), row.others())
        : Row.broken(
            row.line(),
            "id is longer than the %s characters that a schedule's rows may have"
                .formatted(TaskId.MAX_LENGTH - ending.length()));
  }

  /** Keys are compared within their scope, which a run has to itself. */
  private NewTask keyed(NewTask task) {
    return task.idempotencyKey()
        .map(key -> new IdempotencyKey(key.scope() + ending, key.value(), key.fingerprint()))
        .map(task::withIdempotencyKey)
        .orElse(task);
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
