package dev.baton.http.in.runner.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.usecase.task.Submitted;
import dev.baton.http.in.api.Repeat;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.json.Fields;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.runner.shared.Bodies;
import dev.baton.http.in.runner.shared.Idempotency;
import dev.baton.http.in.runner.shared.Ids;
import dev.baton.http.in.runner.shared.Resource;
import dev.baton.http.in.runner.shared.RunnerContext;
import java.util.Optional;
import java.util.function.Function;

/** {@code POST /tasks}: takes one task in. */
final class CreateTask {
  private static final Repeat REPEAT = Repeat.ofObject("POST /tasks");
  private static final JsonShape SHAPE =
      PromptReader.TASK_MEMBERS
          .declare(JsonShape.builder())
          .text("batchId", Ids.LENGTH_MAX)
          .text(Idempotency.MEMBER, 255)
          .bool("autoExecute")
          .build();

  private final RunnerContext kit;
  private final PromptReader prompts;

  CreateTask(RunnerContext kit, PromptReader prompts) {
    this.kit = requireNonNull(kit, "kit");
    this.prompts = requireNonNull(prompts, "prompts");
  }

  Route route(Resource tasks) {
    return tasks
        .post(TaskDocs.TASKS, "createTask", "Create a task")
        .description(
            "Takes one task in and answers once it is stored durably. A task that is in no batch"
                + " runs by itself, unless autoExecute is false; a task of a batch waits for its"
                + " batch. Where there are messages, they are what the model is sent and the prompt"
                + " is a label.")
        .body(TaskDocs.NEW_TASK)
        .maxBody(Bodies.PROMPT_MAX)
        .repeatable(REPEAT)
        .refused(404, "BATCH_NOT_FOUND", "there is no such batch.")
        .refused(409, "CONFLICT", "the id is taken, or the batch is over (INVALID_STATE).")
        .refused(
            413, "PAYLOAD_TOO_LARGE", "the prompt is larger than 1 MiB, or the body is too large.")
        .answer(201, TaskReplies.Created.class, "Task created successfully")
        .handled(kit.bodies().reading(SHAPE, this::create));
  }

  private Reply create(Request request, Fields fields) {
    Optional<IdempotencyKey> key =
        Idempotency.of(request, fields.values().text(Idempotency.MEMBER), REPEAT);
    NewTask task = read(request, fields, key);
    return Reply.later(
        kit.baton()
            .submissions()
            .submit(request.tenant(), task)
            .thenApply(submitted -> reply(submitted, key.isPresent())));
  }

  private NewTask read(Request request, Fields fields, Optional<IdempotencyKey> key) {
    Optional<BatchId> batch = batch(fields);
    boolean held =
        batch.isEmpty() && !fields.values().bool("autoExecute", kit.settings().autoExecute());
    return prompts
        .task(fields)
        .batch(batch.orElse(null))
        .gate(gate(batch, held).orElse(null))
        .idempotencyKey(key.orElse(null))
        .requestId(request.id())
        .build();
  }

  private static Optional<GateId> gate(Optional<BatchId> batch, boolean held) {
    return batch.map(BatchId::gate).or(() -> held ? Optional.of(GateId.MANUAL) : Optional.empty());
  }

  /** An id that no batch can have is just unknown. */
  private static Optional<BatchId> batch(Fields fields) {
    Function<String, BatchId> known =
        id -> {
          if (!BatchId.isValid(id)) {
            throw new BatonException(ErrorCode.BATCH_NOT_FOUND, "Batch not found");
          }
          return new BatchId(id);
        };
    return fields.values().text("batchId").map(known);
  }

  /** What exists already was made by this very request, or else its id is taken. */
  private Reply reply(Submitted submitted, boolean keyed) {
    if (submitted.replayed() && !keyed) {
      throw new BatonException(ErrorCode.TASK_EXISTS, "Task " + submitted.id() + " exists already");
    }
    Reply reply =
        kit.envelope().reply(201, TaskReplies.Created.of(submitted), "Task created successfully");
    return submitted.replayed() ? Idempotency.replayed(reply) : reply;
  }
}
