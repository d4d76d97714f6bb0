package dev.baton.core.port;

import dev.baton.core.domain.task.NewTask;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a batch to be made, which can be read more than once: first to check all of them,
 * then to store them. Every pass gives the same rows.
 *
 * <p>Blocks while it reads. Used by one thread at a time. Holds no more than a row in memory,
 * unless the rows came in memory.
 */
public interface BatchInput extends AutoCloseable {

  /** Begins a pass at the first row; the pass before it is over then. */
  Rows rows();

  @Override
  void close();

  /** One pass over the rows. */
  @FunctionalInterface
  interface Rows {

    /** The next row; empty after the last one, and after one that nothing can follow. */
    Optional<Row> next();
  }

  /**
   * A row, or what is wrong with it.
   *
   * @param line where it begins, counted from 1; for rows that were never lines, which row it is
   * @param task empty when it can't be used
   * @param problem a short sentence for the caller, when it can't be used
   * @param others names that mean nothing here, whose values are in the task's metadata
   */
  record Row(long line, Optional<NewTask> task, Optional<String> problem, List<String> others) {
    public Row {
      others = List.copyOf(others);
    }

    public static Row of(long line, NewTask task) {
      return of(line, task, List.of());
    }

    public static Row of(long line, NewTask task, List<String> others) {
      return new Row(line, Optional.of(task), Optional.empty(), others);
    }

    public static Row broken(long line, String problem) {
      return new Row(line, Optional.empty(), Optional.of(problem), List.of());
    }
  }

  /** Rows that are in memory already. */
  static BatchInput of(List<NewTask> tasks) {
    List<NewTask> all = List.copyOf(tasks);
    return new BatchInput() {
      @Override
      public Rows rows() {
        int[] next = {0};
        return () -> {
          int index = next[0];
          if (index >= all.size()) {
            return Optional.empty();
          }
          next[0] = index + 1;
          return Optional.of(Row.of(index + 1, all.get(index)));
        };
      }

      @Override
      public void close() {}
    };
  }
}
