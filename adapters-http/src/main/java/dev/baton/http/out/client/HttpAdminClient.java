package dev.baton.http.out.client;

import dev.baton.core.client.AdminClient;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.prompt.ModelSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** An {@link AdminClient} behind HTTP, spoken to in seed 2's dialect. Thread-safe. */
final class HttpAdminClient implements AdminClient {
  private static final String API = "/api/v1";
  private final Calls calls;

  HttpAdminClient(Calls calls) {
    this.calls = calls;
  }

  @Override
  public List<Queue> queues() {
    return calls.get(API + "/queues", Reading.list(Queue.class, "/data/queues"));
  }

  @Override
  public void pause(QueueName queue) {
    calls.act(Calls.path(API + "/queues/%s/pause", queue));
  }

  @Override
  public void resume(QueueName queue) {
    calls.act(Calls.path(API + "/queues/%s/resume", queue));
  }

  @Override
  public List<Held> held() {
    return calls.get(
        API + "/workers",
        Reading.list(WorkerOf.class, "/data/workers")
            .map(workers -> workers.stream().flatMap(WorkerOf::held).toList()));
  }

  @Override
  public Catalog models() {
    return calls.get(API + "/models", Reading.wire(Models.class, "/data"));
  }

  @Override
  public void run(TaskId id, boolean force) {
    calls.post(Calls.path(API + "/tasks/%s/execute", id), Map.of("force", force), Reading.DONE);
  }

  @Override
  public void delete(TaskId id) {
    calls.delete(Calls.path(API + "/tasks/%s", id));
  }

  @Override
  public void close() {
    calls.close();
  }

  record Models(List<ModelOf> models, boolean anyModel) implements Wire<Catalog> {
    @Override
    public Catalog toCore() {
      return new Catalog(models.stream().map(ModelOf::toCore).toList(), anyModel);
    }
  }

  record ModelOf(
      ModelName name,
      String provider,
      int concurrency,
      OptionalInt maxTokens,
      List<ModelName> fallbacks,
      OptionalDouble inputPrice,
      OptionalDouble outputPrice,
      Optional<Instant> pausedUntil,
      Optional<String> pausedReason)
      implements Wire<Offered> {
    @Override
    public Offered toCore() {
      return new Offered(
          new ModelSpec(name, provider, concurrency, maxTokens, fallbacks, inputPrice, outputPrice),
          pausedUntil.map(at -> new ModelPause(name, at, pausedReason.orElse(""))));
    }
  }

  record WorkerOf(WorkerId worker, List<LeaseOf> tasks) {
    Stream<Held> held() {
      return tasks.stream()
          .map(
              lease ->
                  new Held(
                      worker,
                      lease.taskId(),
                      lease.queue(),
                      lease.attempt(),
                      lease.since(),
                      lease.until()));
    }
  }

  record LeaseOf(TaskId taskId, QueueName queue, int attempt, Instant since, Instant until) {}
}
