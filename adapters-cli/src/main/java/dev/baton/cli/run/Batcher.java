package dev.baton.cli.run;

import dev.baton.cli.shared.Patience;
import dev.baton.cli.shared.Texts;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Submits rows in lists that are bounded in number and in bytes. For one thread. */
final class Batcher {
  private static final int ROWS_MAX = 500;
  private static final long BYTES_MAX = 4L * 1024 * 1024;

  private final TaskClient server;
  private final Patience patience;
  private final RunOptions options;
  private final List<Submitted> rows = new ArrayList<>();
  private long bytes;

  Batcher(TaskClient server, Patience patience, RunOptions options) {
    this.server = server;
    this.patience = patience;
    this.options = options;
  }

  /** A row with its task's id. */
  record Submitted(Row row, TaskId id) {}

  void add(Row row, TaskId id) {
    Prompt prompt = row.item().orElseThrow().task().prompt();
    rows.add(new Submitted(row, id));
    bytes += Texts.utf8Length(prompt.text()) + prompt.length() - prompt.text().length();
  }

  boolean isFull() {
    return rows.size() >= ROWS_MAX || bytes >= BYTES_MAX;
  }

  /**
   * Submits what was added; returns what is stored now.
   *
   * @param refused is told of rows that the server does not take, one by one
   */
  List<Submitted> submit(BiConsumer<Submitted, BatonException> refused) {
    List<Submitted> batch = List.copyOf(rows);
    rows.clear();
    bytes = 0;
    if (batch.isEmpty()) {
      return batch;
    }
    try {
      put(batch);
      return batch;
    } catch (BatonException e) {
      if (!isAboutARow(e.code())) {
        throw e;
      }
      return oneByOne(batch, refused);
    }
  }

  /** A list is taken whole or not at all, so the row that is refused must be found. */
  private List<Submitted> oneByOne(
      List<Submitted> batch, BiConsumer<Submitted, BatonException> refused) {
    List<Submitted> taken = new ArrayList<>(batch.size());
    for (Submitted submitted : batch) {
      try {
        put(List.of(submitted));
        taken.add(submitted);
      } catch (BatonException e) {
        if (!isAboutARow(e.code())) {
          throw e;
        }
        refused.accept(submitted, e);
      }
    }
    return taken;
  }

  private void put(List<Submitted> batch) {
    List<NewTask> tasks = batch.stream().map(this::task).toList();
    List<TaskClient.Receipt> unused = patience.tell(() -> server.put(tasks));
  }

  private NewTask task(Submitted submitted) {
    NewTask task = submitted.row().item().orElseThrow().task();
    // The id names the row already, and better than its key: it changes with what the row says.
    return task.toBuilder()
        .id(submitted.id())
        .idempotencyKey(null)
        .queue(task.queue().orElse(options.queue()))
        .priority(task.priority().orElse(options.priority()))
        .retry(task.retry().orElse(RetryPolicy.DEFAULT.withMaxAttempts(options.maxAttempts())))
        .build();
  }

  private static boolean isAboutARow(ErrorCode code) {
    return code == ErrorCode.VALIDATION_FAILED
        || code == ErrorCode.MODEL_NOT_SUPPORTED
        || code == ErrorCode.PAYLOAD_TOO_LARGE
        || code == ErrorCode.MALFORMED_BODY
        || code == ErrorCode.TASK_EXISTS;
  }
}
