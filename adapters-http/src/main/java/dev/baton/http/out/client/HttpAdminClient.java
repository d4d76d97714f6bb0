package dev.baton.http.out.client;

import dev.baton.core.client.AdminClient;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.http.out.client.Calls.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An {@link AdminClient} behind HTTP, spoken to in seed 2's dialect. Thread-safe. */
final class HttpAdminClient implements AdminClient {
  private static final String API = "/api/v1";
  private static final Reading<Done, Boolean> DONE = new Reading<>(Done.class, Done::checked);

  private final Calls calls;

  HttpAdminClient(Calls calls) {
    this.calls = calls;
  }

  @Override
  public List<Queue> queues() {
    return calls.get(API + "/queues", new Reading<>(Queues.class, Queues::toCore));
  }

  @Override
  public void pause(QueueName queue) {
    calls.post(API + "/queues/" + Calls.encoded(queue.value()) + "/pause", Map.of(), DONE);
  }

  @Override
  public void resume(QueueName queue) {
    calls.post(API + "/queues/" + Calls.encoded(queue.value()) + "/resume", Map.of(), DONE);
  }

  @Override
  public List<Held> held() {
    return calls.get(API + "/workers", new Reading<>(Workers.class, Workers::toCore));
  }

  @Override
  public Catalog models() {
    return calls.get(API + "/models", new Reading<>(Models.class, Models::toCore));
  }

  @Override
  public void run(TaskId id, boolean force) {
    calls.post(task(id) + "/execute", Map.of("force", force), DONE);
  }

  @Override
  public void delete(TaskId id) {
    calls.delete(task(id), DONE);
  }

  private static String task(TaskId id) {
    return API + "/tasks/" + Calls.encoded(id.value());
  }

  @Override
  public void close() {
    calls.close();
  }

  record Done(boolean success) {
    boolean checked() {
      if (!success) {
        throw new IllegalArgumentException("not done");
      }
      return true;
    }
  }

  record Queues(QueuesData data) {
    List<Queue> toCore() {
      return data.queues().stream().map(QueueOf::toCore).toList();
    }
  }

  record QueuesData(List<QueueOf> queues) {}

  record QueueOf(String name, long held, long ready, long leased, boolean paused) {
    Queue toCore() {
      return new Queue(new QueueName(name), held, ready, leased, paused);
    }
  }

  record Models(ModelsData data) {
    Catalog toCore() {
      return new Catalog(data.models().stream().map(ModelOf::toCore).toList(), data.anyModel());
    }
  }

  record ModelsData(List<ModelOf> models, boolean anyModel) {}

  record ModelOf(
      String name,
      String provider,
      int concurrency,
      @Nullable Integer maxTokens,
      List<String> fallbacks,
      @Nullable Double inputPrice,
      @Nullable Double outputPrice,
      @Nullable Instant pausedUntil,
      @Nullable String pausedReason) {
    Offered toCore() {
      ModelName model = new ModelName(name);
      ModelSpec spec =
          new ModelSpec(
              model,
              provider,
              concurrency,
              maxTokens == null ? OptionalInt.empty() : OptionalInt.of(maxTokens),
              fallbacks.stream().map(ModelName::new).toList(),
              price(inputPrice),
              price(outputPrice));
      String reason = pausedReason == null ? "" : pausedReason;
      return new Offered(
          spec, Optional.ofNullable(pausedUntil).map(at -> new ModelPause(model, at, reason)));
    }

    private static OptionalDouble price(@Nullable Double dollars) {
      return dollars == null ? OptionalDouble.empty() : OptionalDouble.of(dollars);
    }
  }

  record Workers(WorkersData data) {
    List<Held> toCore() {
      return data.workers().stream().flatMap(WorkerOf::toCore).toList();
    }
  }

  record WorkersData(List<WorkerOf> workers) {}

  record WorkerOf(String worker, List<LeaseOf> tasks) {
    Stream<Held> toCore() {
      return tasks.stream().map(lease -> lease.toCore(new WorkerId(worker)));
    }
  }

  record LeaseOf(String taskId, String queue, int attempt, Instant since, Instant until) {
    Held toCore(WorkerId worker) {
      return new Held(worker, new TaskId(taskId), new QueueName(queue), attempt, since, until);
    }
  }
}
