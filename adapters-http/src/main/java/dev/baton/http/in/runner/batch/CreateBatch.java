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
import dev.baton.http.in.api.Repeat;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.Strictness;
import dev.baton.http.in.runner.shared.Idempotency;
import dev.baton.http.in.runner.shared.ModelCheck;
import dev.baton.http.in.runner.shared.Resource;
import dev.baton.http.in.runner.shared.RunnerContext;
import dev.baton.http.in.runner.task.PromptReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** {@code POST /batches}: takes many tasks in under one name, all or none. */
final class CreateBatch {
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

  Route route(Resource batches) {
    Handler json = kit.bodies().reading(NewBatchBody.BODY, this::create);
    UploadBatch uploads = new UploadBatch(kit, models);
    Handler either =
        request ->
            request.upload().isPresent()
                ? Reply.later(
                    uploads
                        .create(request, request.upload().get())
                        .thenApply(
                            made ->
                                Strictness.naming(
                                    reply(made.batch()),
                                    Strictness.IGNORED_MEMBERS,
                                    made.ignored())))
                : json.handle(request);
    return batches
        .post(BatchRoutes.PATH, "createBatch", "Create a batch")
        .description(
            "Takes all tasks in or none: from tasks, from the rows of an inputFile under the"
                + " server's files.root, or from csv. It waits to be executed, unless autoExecute"
                + " is true.")
        .bodyOrForm(
            UploadBatch.JSON_BODY,
            Map.of("id", "batch-001", "tasks", List.of(Map.of("prompt", "Write a haiku"))),
            UploadBatch.FORM,
            kit.settings().uploadMax())
        .maxBody(BODY_MAX)
        .repeatable(REPEAT)
        .refused(403, "PATH_NOT_ALLOWED", "the path is not below files.root.")
        .refused(404, "FILE_NOT_FOUND", "there is no such file.")
        .refused(409, "CONFLICT", "an id is taken.")
        .created(BatchViews.Created.class)
        .handled(either);
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
      Set<String> others = InlineTasks.others(body.tasks().get());
      created = created.thenApply(made -> made.replayed() ? made : made.naming(others));
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
            .thenApply(view -> new CreatedBatch(view, false, made.others()));
  }

  private Reply reply(CreatedBatch created) {
    Reply reply = kit.envelope().reply(201, BatchViews.Created.of(created), null);
    return created.replayed() ? Idempotency.replayed(reply) : reply;
  }
}
