package dev.baton.http.in.runner.batch;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.BatchInput;
import dev.baton.core.usecase.batch.CreatedBatch;
import dev.baton.http.in.api.Handler;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Repeat;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.runner.shared.Bodies;
import dev.baton.http.in.runner.shared.Fields;
import dev.baton.http.in.runner.shared.Idempotency;
import dev.baton.http.in.runner.shared.RunnerContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** {@code POST /batches}: takes many tasks in under one name, all or none. */
final class CreateBatch {
  static final String PATH = RunnerContext.PREFIX + "/batches";
  static final Repeat REPEAT = Repeat.ofObject("POST /batches");
  static final long BODY_MAX = 32L << 20;

  private final RunnerContext kit;
  private final BatchReader reader;

  CreateBatch(RunnerContext kit, BatchReader reader) {
    this.kit = requireNonNull(kit, "kit");
    this.reader = requireNonNull(reader, "reader");
  }

  Route route() {
    Handler json = kit.bodies().reading(BatchReader.SHAPE, this::create);
    UploadBatch uploads = new UploadBatch(kit, reader);
    Handler either =
        request ->
            request.upload().isPresent()
                ? Reply.later(
                    uploads
                        .create(request, request.upload().get())
                        .thenApply(made -> Bodies.naming(reply(made.batch()), made.ignored())))
                : json.handle(request);
    return Route.post(PATH, Permission.of("batches", "write"), either, BatchDocs.create())
        .repeatable(REPEAT)
        .withMaxBody(BODY_MAX)
        .withUpload(kit.settings().uploadMax());
  }

  private Reply create(Request request, Fields fields) {
    Optional<IdempotencyKey> key = Idempotency.of(request, fields, REPEAT);
    NewBatch batch = reader.batch(fields, key);
    CompletableFuture<CreatedBatch> created =
        kit.baton().batches().create(request.tenant(), batch, input(fields, batch));
    if (BatchReader.source(fields).equals("tasks")) {
      created =
          created.exceptionallyCompose(
              thrown -> CompletableFuture.failedFuture(BatchReader.inline(thrown)));
    }
    if (fields.values().bool("autoExecute", false)) {
      created = created.thenCompose(made -> start(request, made));
    }
    return Reply.later(created.thenApply(this::reply));
  }

  /** What opens the rows, on a thread that may block. */
  private Supplier<BatchInput> input(Fields fields, NewBatch batch) {
    String source = BatchReader.source(fields);
    if (source.equals("tasks")) {
      List<NewTask> tasks = reader.tasks(fields, batch.config());
      return () -> BatchInput.of(tasks);
    }
    String text = fields.values().requiredText(source);
    return source.equals("csv")
        ? () -> kit.files().inline(text, BatchFiles.Format.CSV)
        : () -> kit.files().open(text);
  }

  private CompletableFuture<CreatedBatch> start(Request request, CreatedBatch made) {
    return made.replayed()
        ? CompletableFuture.completedFuture(made)
        : kit.baton()
            .batches()
            .start(request.tenant(), made.view().batch().id())
            .thenApply(view -> new CreatedBatch(view, false));
  }

  private Reply reply(CreatedBatch created) {
    Reply reply = kit.envelope().reply(201, BatchViews.Created.of(created.view()), null);
    return created.replayed() ? Idempotency.replayed(reply) : reply;
  }
}
