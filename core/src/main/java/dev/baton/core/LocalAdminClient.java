package dev.baton.core;

import static java.util.Objects.requireNonNull;

import dev.baton.core.client.AdminClient;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.task.TaskRow;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An {@link AdminClient} in this process, over a {@link Baton} that it owns. Thread-safe. */
public final class LocalAdminClient implements AdminClient {
  private final Baton baton;
  private final TenantId tenant;

  public LocalAdminClient(Baton baton, TenantId tenant) {
    this.baton = requireNonNull(baton, "baton");
    this.tenant = requireNonNull(tenant, "tenant");
  }

  @Override
  public List<Queue> queues() {
    baton.doWhatIsDue();
    return Baton.await(baton.queues().overview(tenant)).stream()
        .map(
            queue ->
                new Queue(
                    queue.name(), queue.held(), queue.ready(), queue.leased(), queue.paused()))
        .toList();
  }

  @Override
  public void pause(QueueName queue) {
    Baton.await(baton.queues().pause(tenant, queue));
  }

  @Override
  public void resume(QueueName queue) {
    Baton.await(baton.queues().resume(tenant, queue));
  }

  @Override
  public List<Held> held() {
    baton.doWhatIsDue();
    return Baton.await(baton.figures().leased(tenant)).stream()
        .map(LocalAdminClient::held)
        .sorted(Comparator.comparing(held -> held.worker().value()))
        .toList();
  }

  private static Held held(TaskRow row) {
    return new Held(
        row.lease().holder(),
        row.id(),
        row.terms().queue(),
        row.leaseState().attempts(),
        row.lease().grantedAt(),
        row.lease().expiresAt());
  }

  @Override
  public Catalog models() {
    Map<ModelName, ModelPause> paused =
        baton.models().paused().stream()
            .collect(Collectors.toMap(ModelPause::model, Function.identity()));
    List<Offered> offered =
        baton.models().offered().stream()
            .map(spec -> new Offered(spec, Optional.ofNullable(paused.get(spec.name()))))
            .toList();
    return new Catalog(offered, baton.answersAnyModel());
  }

  @Override
  public void run(TaskId id, boolean force) {
    Baton.await(baton.control().runNow(tenant, id, force));
  }

  @Override
  public void delete(TaskId id) {
    Baton.await(baton.control().delete(tenant, id));
  }

  @Override
  public void close() {
    baton.close();
  }
}
