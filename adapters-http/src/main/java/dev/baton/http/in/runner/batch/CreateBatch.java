package dev.baton.http.in.runner.batch;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.batch.BatchConfig;
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
import dev.baton.http.in.runner.shared.Idempotency;
import dev.baton.http.in.runner.shared.ModelCheck;
import dev.baton.http.in.runner.shared.RunnerContext;
import dev.baton.http.in.runner.task.PromptReader;
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
  private final ModelCheck models;
  private final InlineTasks inline;

  CreateBatch(RunnerContext kit) {
    this.kit = requireNonNull(kit, "kit");
    this.models = new ModelCheck(kit.baton().models());
    this.inline = new InlineTasks(new PromptReader(models));
  }

  Route route() {
    Handler json = kit.bodies().reading(NewBatchBody.BODY, this::create);
    UploadBatch uploads = new UploadBatch(kit, models);
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

  private Reply create(Request request, NewBatchBody body) {
    Optional<IdempotencyKey> key = Idempotency.of(request, body.idempotencyKey(), REPEAT);
    NewBatch batch = body.toCore(models, key);
    body.checkSource();
    CompletableFuture<CreatedBatch> created =
        kit.baton().batches().create(request.tenant(), batch, input(body, batch.config()));
    if (body.tasks().isPresent()) {
      created =
          created.exceptionallyCompose(
              thrown -> CompletableFuture.failedFuture(InlineTasks.refusal(thrown)));
    }
    if (body.autoExecute().orElse(false)) {
      created = created.thenCompose(made -> start(request, made));
    }
    return Reply.later(created.thenApply(this::reply));
  }

  /** What opens the rows, on a thread that may block. */
  private Supplier<BatchInput> input(NewBatchBody body, BatchConfig config) {
    if (body.tasks().isPresent()) {
      List<NewTask> tasks = inline.read(body.tasks().get(), config);
      return () -> BatchInput.of(tasks);
    }
    return body.csv().isPresent()
        ? () -> kit.files().inline(body.csv().get(), BatchFiles.Format.CSV)
        : () -> kit.files().open(body.inputFile().orElseThrow());
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
