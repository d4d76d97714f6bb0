package dev.baton.core;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.client.BatchClient;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.usecase.batch.BatchEdit;
import dev.baton.core.usecase.batch.BatchView;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.core.usecase.batch.ResultLines;
import dev.baton.core.usecase.task.Replacement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A {@link BatchClient} in this process, over a {@link Baton} that it owns. Thread-safe. */
public final class LocalBatchClient implements BatchClient {
  private final Baton baton;
  private final TenantId tenant;

  public LocalBatchClient(Baton baton, TenantId tenant) {
    this.baton = requireNonNull(baton, "baton");
    this.tenant = requireNonNull(tenant, "tenant");
  }

  @Override
  public Batch create(NewBatch batch, List<NewTask> rows) {
    checkArgument(!rows.isEmpty() && rows.size() <= ROWS_MAX, "1 to %s rows", ROWS_MAX);
    return batch(Baton.await(baton.batches().create(tenant, batch, rows)).view());
  }

  @Override
  public Batch create(NewBatch batch, Path file, BatchFiles.Format format) {
    return batch(
        Baton.await(baton.batches().create(tenant, batch, () -> baton.files().local(file, format)))
            .view());
  }

  @Override
  public List<Batch> list(int page) {
    baton.doWhatIsDue();
    return Baton.await(
            baton.batches().list(tenant, EnumSet.allOf(BatchState.class), (long) page * PAGE, PAGE))
        .views()
        .stream()
        .map(LocalBatchClient::batch)
        .toList();
  }

  @Override
  public Batch find(BatchId id) {
    return batch(view(id));
  }

  private BatchView view(BatchId id) {
    baton.doWhatIsDue();
    return Baton.await(baton.batches().find(tenant, id))
        .orElseThrow(
            () -> new BatonException(ErrorCode.BATCH_NOT_FOUND, "there is no batch " + id));
  }

  @Override
  public Details details(BatchId id) {
    BatchView view = view(id);
    // Two reads: between them it may have moved on, and then the wait is the newer truth.
    return new Details(
        batch(view),
        view.batch().about().description(),
        view.batch().about().config(),
        Baton.await(baton.insight().whyWaiting(tenant, id)).map(LocalTaskClient::wait));
  }

  @Override
  public Batch start(BatchId id) {
    return batch(Baton.await(baton.batches().start(tenant, id)));
  }

  @Override
  public Batch pause(BatchId id) {
    return batch(Baton.await(baton.batches().pause(tenant, id)));
  }

  @Override
  public Batch resume(BatchId id) {
    return batch(Baton.await(baton.batches().resume(tenant, id)));
  }

  @Override
  public Batch cancel(BatchId id) {
    return batch(Baton.await(baton.batches().cancel(tenant, id)));
  }

  @Override
  public Batch retry(BatchId id) {
    return batch(Baton.await(baton.batches().retry(tenant, id)));
  }

  @Override
  public Batch change(BatchId id, Change change) {
    BatchEdit edit =
        new BatchEdit(
            Optional.empty(),
            Optional.empty(),
            change.maxConcurrency(),
            change.priority(),
            Replacement.given(change.deadline()));
    return batch(Baton.await(baton.batches().edit(tenant, id, edit)));
  }

  @Override
  public void delete(BatchId id) {
    Baton.await(baton.batches().delete(tenant, id));
  }

  @Override
  public List<Row> rows(BatchId id, int page) {
    List<TaskRow> tasks =
        Baton.await(
            baton
                .batches()
                .tasks(tenant, id, EnumSet.allOf(TaskState.Kind.class), (long) page * PAGE, PAGE));
    List<Row> rows = new ArrayList<>(tasks.size());
    for (int from = 0; from < tasks.size(); from++) {
      List<Batches.Outcome> some =
          Baton.await(baton.batches().outcomes(tenant, tasks.subList(from, tasks.size())));
      some.forEach(outcome -> rows.add(row(outcome)));
      from += Math.max(0, some.size() - 1);
    }
    return rows;
  }

  @Override
  public void results(BatchId id, BatchFiles.Format format, Consumer<String> sink) {
    boolean csv = format == BatchFiles.Format.CSV;
    List<Batches.Outcome> page = Baton.await(baton.batches().outcomes(tenant, id, 0, PAGE));
    if (csv) {
      sink.accept(ResultLines.csvHeader());
    }
    while (!page.isEmpty()) {
      for (Batches.Outcome outcome : page) {
        sink.accept(
            csv
                ? ResultLines.csv(outcome, baton.models())
                : ResultLines.jsonl(outcome, baton.models()));
      }
      long last = page.get(page.size() - 1).row().seq();
      page = Baton.await(baton.batches().outcomes(tenant, id, last, PAGE));
    }
  }

  private static Row row(Batches.Outcome outcome) {
    return new Row(
        outcome.row().id(),
        outcome.row().state().isTerminal(),
        outcome.result().flatMap(Result::completion).map(Completion::content),
        outcome.result().flatMap(Result::failure));
  }

  private static Batch batch(BatchView view) {
    Tally tally = view.tally();
    return new Batch(
        view.batch().id(),
        view.batch().about().name(),
        view.batch().state(),
        new Counts(
            tally.held() + tally.ready(),
            tally.leased(),
            tally.succeeded(),
            tally.dead(),
            tally.cancelled()),
        view.batch().about().createdAt());
  }

  @Override
  public void close() {
    baton.close();
  }
}
