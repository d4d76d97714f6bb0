package dev.baton.core.client;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.batch.ResultFormat;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.port.BatchFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a client may ask about batches, wherever the Baton runs, for one tenant chosen when it is
 * made.
 *
 * <p><b>Threads:</b> safe for concurrent use. Every call blocks until its effect is durable; what
 * concerns all tasks of a batch may go on after that.
 *
 * <p><b>Errors:</b> refusals are {@link BatonException}s with the use case's own {@link ErrorCode},
 * {@link ErrorCode#BATCH_NOT_FOUND} and {@link ErrorCode#INVALID_STATE} above all; {@link
 * ErrorCode#STORE_UNAVAILABLE} also means that no server answered.
 *
 * <p>Implementations pass {@code BatchClientContract}.
 */
public interface BatchClient extends AutoCloseable {
  /** Rows that one call may bring. */
  int ROWS_MAX = 10_000;

  /** Batches or rows on one page. */
  int PAGE = 100;

  /**
   * Makes a batch of all rows or none; nothing of it runs before it is started. Refused with {@link
   * ErrorCode#BATCH_EXISTS} when its id is taken. Of an idempotency key a server behind HTTP is
   * told the value: scope and fingerprint are its own.
   *
   * @param rows 1 to {@link #ROWS_MAX}
   */
  Batch create(NewBatch batch, List<NewTask> rows);

  /**
   * As {@link #create(NewBatch, List)}, of the rows of a file, of which little is held in memory:
   * up to a million, read as {@link BatchFiles} has them. The file is left as it is.
   *
   * @throws BatonException of {@link ErrorCode#VALIDATION_FAILED} with the line of a row that can't
   *     be used, of {@link ErrorCode#FILE_NOT_FOUND} when the file can't be read
   */
  Created create(NewBatch batch, Path file, BatchFiles.Format format);

  /** Page {@code page}, counted from 0, of all batches, newest first. */
  List<Batch> list(int page);

  /** The batch as it stands. */
  Batch find(BatchId id);

  /** The batch as it stands, with what was agreed when it was made. */
  Details details(BatchId id);

  Batch start(BatchId id);

  Batch pause(BatchId id);

  Batch resume(BatchId id);

  /** Calls off all its tasks that are not over. */
  Batch cancel(BatchId id);

  /** Lets all its tasks start over that ended without an answer. */
  Batch retry(BatchId id);

  /**
   * Changes a batch, also while it runs; its tasks that wait follow.
   *
   * @throws BatonException of {@link ErrorCode#INVALID_STATE} when it is over
   */
  Batch change(BatchId id, Change change);

  /** Removes a batch with its tasks. */
  void delete(BatchId id);

  /** Page {@code page}, counted from 0, of its rows in their order. */
  List<Row> rows(BatchId id, int page);

  /**
   * Writes how its rows came out, in their order, as a file of {@code format}.
   *
   * @param sink takes the text in pieces, on the calling thread; what it throws ends the call
   */
  void results(BatchId id, ResultFormat format, Consumer<String> sink);

  /** Lets go of what this client opened; a server behind HTTP goes on. */
  @Override
  void close();

  /**
   * What to change of a batch; absent stays as it is.
   *
   * @param maxConcurrency tasks that may run at once, 1 to 1000
   */
  record Change(
      Optional<Integer> maxConcurrency, Optional<Priority> priority, Optional<Instant> deadline) {
    public Change {
      requireNonNull(maxConcurrency, "maxConcurrency");
      requireNonNull(priority, "priority");
      requireNonNull(deadline, "deadline");
    }
  }

  /**
   * A batch that was made of a file.
   *
   * @param unknownColumns columns or members that mean nothing here, some of them: what they say
   *     went into the metadata
   */
  record Created(Batch batch, List<String> unknownColumns) {
    public Created {
      requireNonNull(batch, "batch");
      unknownColumns = List.copyOf(unknownColumns);
    }
  }

  /** A batch with its counts at one instant. */
  record Batch(BatchId id, String name, BatchState state, Counts counts, Instant createdAt) {
    public Batch {
      requireNonNull(id, "id");
      requireNonNull(name, "name");
      requireNonNull(state, "state");
      requireNonNull(counts, "counts");
      requireNonNull(createdAt, "createdAt");
    }
  }

  /**
   * All there is to tell of a batch.
   *
   * @param waiting what its task that is to go next waits for; empty when none waits
   */
  record Details(
      Batch batch, String description, BatchConfig config, Optional<TaskView.Wait> waiting) {
    public Details {
      requireNonNull(batch, "batch");
      requireNonNull(description, "description");
      requireNonNull(config, "config");
      requireNonNull(waiting, "waiting");
    }
  }

  /**
   * How many of its tasks stand where.
   *
   * @param waiting held or ready
   */
  record Counts(long waiting, long leased, long succeeded, long dead, long cancelled) {
    public long over() {
      return succeeded + dead + cancelled;
    }

    public long total() {
      return waiting + leased + over();
    }
  }

  /**
   * A task of a batch.
   *
   * @param answer its text, once there is one
   * @param failure why, of a dead task
   */
  record Row(TaskId task, boolean over, Optional<String> answer, Optional<Failure> failure) {
    public Row {
      requireNonNull(task, "task");
      requireNonNull(answer, "answer");
      requireNonNull(failure, "failure");
    }
  }
}
