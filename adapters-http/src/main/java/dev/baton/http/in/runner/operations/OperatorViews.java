package dev.baton.http.in.runner.operations;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.runner.shared.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What operators see of queues, workers and models. */
final class OperatorViews {
  static final int LIST_MAX = 1_000;

  private OperatorViews() {}

  /** All queues. */
  @Doc(value = "", name = "QueueList")
  record Queues(@Doc("By name.") @Bounds(max = LIST_MAX) List<Queue> queues) {
    static Queues of(List<dev.baton.core.usecase.task.Queues.Overview> known) {
      return new Queues(
          known.stream()
              .map(q -> new Queue(q.name(), q.held(), q.ready(), q.leased(), q.paused()))
              .toList());
    }
  }

  /** How many tasks of a queue wait and run. */
  @Doc(value = "", name = "Queue")
  record Queue(
      @Doc(value = "The queue.", example = "default") QueueName name,
      @Doc("Wait for a gate.") long held,
      @Doc("In line.") long ready,
      @Doc("Are worked on.") long leased,
      @Doc("Whether it hands nothing out.") boolean paused) {}

  /** A queue that was paused or resumed. */
  @Doc(value = "", name = "QueueTurn")
  record Turn(
      @Doc(value = "The queue.", example = "default") QueueName name,
      @Doc("Whether it hands nothing out.") boolean paused) {}

  /** Who holds a lease. */
  @Doc(value = "", name = "WorkerList")
  record Workers(@Doc("By name.") @Bounds(max = LIST_MAX) List<Worker> workers) {
    static Workers of(List<TaskRow> leased) {
      return new Workers(
          leased.stream()
              .collect(
                  groupingBy(
                      row -> row.lease().holder().value(),
                      TreeMap::new,
                      mapping(HeldLease::of, toList())))
              .entrySet()
              .stream()
              .map(held -> new Worker(held.getKey(), held.getValue().size(), held.getValue()))
              .toList());
    }
  }

  /** What one worker holds. */
  @Doc(value = "", name = "Worker")
  record Worker(
      @Doc(value = "Its name.", example = "executor") String worker,
      @Doc("Leases.") int count,
      @Doc("Them.") @Bounds(max = LIST_MAX) List<HeldLease> tasks) {}

  /** A lease, as it stands. */
  @Doc(value = "", name = "HeldLease")
  record HeldLease(
      @Doc(value = "The task.", example = "task-001") String taskId,
      @Doc("Names this attempt.") String executionId,
      @Doc("The task's queue.") QueueName queue,
      @Doc("Counted from 1.") int attempt,
      @Doc("When it was granted.") Instant since,
      @Doc("When it ends.") Instant until) {
    private static HeldLease of(TaskRow row) {
      return new HeldLease(
          row.id().value(),
          Ids.execution(row),
          row.terms().queue(),
          row.leaseState().attempts(),
          row.lease().grantedAt(),
          row.lease().expiresAt());
    }
  }

  /** The models that are offered. */
  @Doc(value = "", name = "ModelCatalog")
  record Catalog(
      @Doc("In the configuration's order.") @Bounds(max = LIST_MAX) List<Model> models,
      @Doc("Whether any name is taken.") boolean anyModel,
      @Doc("Those that are not called for now.") @Bounds(max = LIST_MAX) List<Pause> paused) {}

  /** A model with its bounds and prices. */
  @Doc(value = "", name = "Model")
  record Model(
      @Doc(value = "Its name.", example = "gpt-4") String name,
      @Doc(value = "Who runs it.", example = "openai") String provider,
      @Doc(value = "Calls at once.", example = "8") int concurrency,
      @Doc("The longest answer.") OptionalInt maxTokens,
      @Doc("Who is called when it is paused.") @Bounds(max = LIST_MAX) List<String> fallbacks,
      @Doc("Dollars for a million tokens read.") OptionalDouble inputPrice,
      @Doc("Dollars for a million tokens written.") OptionalDouble outputPrice,
      @Doc("Not called before.") Optional<Instant> pausedUntil,
      @Doc("Why it is not called.") Optional<String> pausedReason) {
    static Model of(ModelSpec spec, Optional<ModelPause> pause) {
      return new Model(
          spec.name().value(),
          spec.provider(),
          spec.concurrency(),
          spec.maxTokens(),
          spec.fallbacks().stream().map(ModelName::value).toList(),
          spec.inputPrice(),
          spec.outputPrice(),
          pause.map(ModelPause::until),
          pause.map(ModelPause::reason));
    }
  }

  /** A model that is not called for now. */
  @Doc(value = "", name = "ModelPause")
  record Pause(
      @Doc(value = "The model.", example = "gpt-4") String model,
      @Doc("Not called before.") Instant until,
      @Doc("Why.") String reason) {
    static Pause of(ModelPause pause) {
      return new Pause(pause.model().value(), pause.until(), pause.reason());
    }
  }
}
