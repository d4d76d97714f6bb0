package dev.baton.http.out.client;

import static com.google.common.base.Preconditions.checkArgument;

import dev.baton.core.client.BatchClient;
import dev.baton.core.client.TaskView;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.batch.ResultFormat;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.port.BatchFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** A {@link BatchClient} behind HTTP, spoken to in seed 2's dialect. Thread-safe. */
final class HttpBatchClient implements BatchClient {
  private static final String API = "/api/v1/batches";
  private static final Reading<BatchId> MADE = Reading.value(BatchId.class, "/data/id");

  private final Calls calls;

  HttpBatchClient(Calls calls) {
    this.calls = calls;
  }

  @Override
  public Batch create(NewBatch batch, List<NewTask> rows) {
    checkArgument(!rows.isEmpty() && rows.size() <= ROWS_MAX, "1 to %s rows", ROWS_MAX);
    return find(calls.post(API, Bodies.batch(batch, rows), MADE));
  }

  @Override
  public Created create(NewBatch batch, Path file, BatchFiles.Format format) {
    String config = ClientJson.write(batch.config());
    MadeOf made =
        calls.upload(
            API,
            BatchForm.of(batch, config, file, format),
            batch.idempotencyKey().map(IdempotencyKey::value),
            Reading.value(MadeOf.class, "/data"));
    return new Created(find(made.id()), made.unknownColumns().orElse(List.of()));
  }

  @Override
  public List<Batch> list(int page) {
    return calls.get(API + Calls.page(PAGE, page), Reading.wires(BatchOf.class, "/data/batches"));
  }

  @Override
  public Batch find(BatchId id) {
    return calls.get(path(id) + "?taskLimit=0", Reading.wire(BatchOf.class, "/data"));
  }

  @Override
  public Details details(BatchId id) {
    return calls.get(path(id) + "?taskLimit=0", Reading.wire(DetailsOf.class, "/data"));
  }

  @Override
  public Batch start(BatchId id) {
    return moved(id, "/execute");
  }

  @Override
  public Batch pause(BatchId id) {
    return moved(id, "/pause");
  }

  @Override
  public Batch resume(BatchId id) {
    return moved(id, "/resume");
  }

  @Override
  public Batch cancel(BatchId id) {
    return moved(id, "/cancel");
  }

  @Override
  public Batch retry(BatchId id) {
    return moved(id, "/retry");
  }

  private Batch moved(BatchId id, String verb) {
    calls.act(path(id) + verb);
    return find(id);
  }

  @Override
  public Batch change(BatchId id, Change change) {
    calls.patch(path(id), Bodies.change(change), Reading.DONE);
    return find(id);
  }

  @Override
  public void delete(BatchId id) {
    calls.delete(path(id));
  }

  @Override
  public List<Row> rows(BatchId id, int page) {
    return calls.get(
        path(id) + "/tasks" + Calls.page(PAGE, page), Reading.wires(RowOf.class, "/data/tasks"));
  }

  @Override
  public void results(BatchId id, ResultFormat format, Consumer<String> sink) {
    calls.text(path(id) + "/results?format=" + format.name().toLowerCase(Locale.ROOT), sink);
  }

  private static String path(BatchId id) {
    return Calls.path(API + "/%s", id);
  }

  @Override
  public void close() {
    calls.close();
  }

  record MadeOf(BatchId id, Optional<List<String>> unknownColumns) {}

  record BatchOf(BatchId id, String name, String status, Progress progress, Instant createdAt)
      implements Wire<Batch> {
    @Override
    public Batch toCore() {
      BatchState state =
          status.equals("pending")
              ? BatchState.CREATED
              : BatchState.valueOf(status.toUpperCase(Locale.ROOT));
      return new Batch(id, name, state, progress.toCore(), createdAt);
    }
  }

  record DetailsOf(
      BatchId id,
      String name,
      Optional<String> description,
      String status,
      Progress progress,
      BatchConfig config,
      Instant createdAt,
      Optional<TaskView.Wait> waiting)
      implements Wire<Details> {
    @Override
    public Details toCore() {
      return new Details(
          new BatchOf(id, name, status, progress, createdAt).toCore(),
          description.orElse(""),
          config,
          waiting);
    }
  }

  /** Here pending counts those that run, and failed those that were cancelled. */
  record Progress(long completed, long failed, long pending, long running, long cancelled) {
    Counts toCore() {
      return new Counts(pending - running, running, completed, failed - cancelled, cancelled);
    }
  }

  record RowOf(TaskId id, String status, Optional<String> result, Optional<Failure> error)
      implements Wire<Row> {
    @Override
    public Row toCore() {
      return new Row(id, status.equals("completed") || status.equals("failed"), result, error);
    }
  }
}
