package dev.baton.http.out.client;

import static com.google.common.base.Preconditions.checkArgument;

import dev.baton.core.client.BatchClient;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.port.BatchFiles;
import dev.baton.http.out.client.Calls.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A {@link BatchClient} behind HTTP, spoken to in seed 2's dialect. Thread-safe. */
final class HttpBatchClient implements BatchClient {
  private static final String API = "/api/v1/batches";
  private static final Reading<HttpAdminClient.Done, Boolean> DONE =
      new Reading<>(HttpAdminClient.Done.class, HttpAdminClient.Done::checked);

  private final Calls calls;

  HttpBatchClient(Calls calls) {
    this.calls = calls;
  }

  @Override
  public Batch create(NewBatch batch, List<NewTask> rows) {
    checkArgument(!rows.isEmpty() && rows.size() <= ROWS_MAX, "1 to %s rows", ROWS_MAX);
    BatchId id =
        calls.post(API, BatchBody.of(batch, rows), new Reading<>(Made.class, Made::toCore));
    return find(id);
  }

  @Override
  public Batch create(NewBatch batch, Path file, BatchFiles.Format format) {
    String config = Calls.written(BatchBody.config(batch.config()));
    BatchId id =
        calls.upload(
            API,
            BatchForm.of(batch, config, file, format),
            batch.idempotencyKey().map(IdempotencyKey::value),
            new Reading<>(Made.class, Made::toCore));
    return find(id);
  }

  @Override
  public List<Batch> list(int page) {
    return calls.get(
        API + "?limit=" + PAGE + "&page=" + (page + 1),
        new Reading<>(Listed.class, Listed::toCore));
  }

  @Override
  public Batch find(BatchId id) {
    return found(id, new Reading<>(Found.class, Found::toCore));
  }

  @Override
  public Details details(BatchId id) {
    return found(id, new Reading<>(BatchWire.class, BatchWire::toCore));
  }

  private <W, T> T found(BatchId id, Reading<W, T> reading) {
    return calls.get(path(id) + "?taskLimit=0", reading);
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
    calls.post(path(id) + verb, Map.of(), DONE);
    return find(id);
  }

  @Override
  public Batch change(BatchId id, Change change) {
    calls.patch(path(id), BatchBody.of(change), DONE);
    return find(id);
  }

  @Override
  public void delete(BatchId id) {
    calls.delete(path(id), DONE);
  }

  @Override
  public List<Row> rows(BatchId id, int page) {
    return calls.get(
        path(id) + "/tasks?limit=" + PAGE + "&page=" + (page + 1),
        new Reading<>(Rows.class, Rows::toCore));
  }

  @Override
  public void results(BatchId id, BatchFiles.Format format, Consumer<String> sink) {
    calls.text(path(id) + "/results?format=" + format.name().toLowerCase(Locale.ROOT), sink);
  }

  private static String path(BatchId id) {
    return API + "/" + Calls.encoded(id.value());
  }

  @Override
  public void close() {
    calls.close();
  }

  record Made(MadeData data) {
    BatchId toCore() {
      return new BatchId(data.id());
    }
  }

  record MadeData(String id) {}

  record Listed(ListedData data) {
    List<Batch> toCore() {
      return data.batches().stream().map(BatchWire.BatchOf::toCore).toList();
    }
  }

  record ListedData(List<BatchWire.BatchOf> batches) {}

  record Found(BatchWire.BatchOf data) {
    Batch toCore() {
      return data.toCore();
    }
  }

  record Rows(RowsData data) {
    List<Row> toCore() {
      return data.tasks().stream().map(RowOf::toCore).toList();
    }
  }

  record RowsData(List<RowOf> tasks) {}

  record RowOf(String id, String status, @Nullable String result, @Nullable ErrorOf error) {
    Row toCore() {
      boolean over = status.equals("completed") || status.equals("failed");
      return new Row(
          new TaskId(id),
          over,
          Optional.ofNullable(result),
          Optional.ofNullable(error).map(ErrorOf::toCore));
    }
  }

  record ErrorOf(String code, String message) {
    Failure toCore() {
      return new Failure(code, message, false);
    }
  }
}
