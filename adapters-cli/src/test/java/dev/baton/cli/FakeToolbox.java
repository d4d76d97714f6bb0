package dev.baton.cli;

import dev.baton.cli.shared.CliBackend;
import dev.baton.cli.shared.StopSignal;
import dev.baton.cli.shared.Target;
import dev.baton.core.Baton;
import dev.baton.core.LocalAdminClient;
import dev.baton.core.LocalBatchClient;
import dev.baton.core.LocalScheduleClient;
import dev.baton.core.LocalTaskClient;
import dev.baton.core.LocalWebhookClient;
import dev.baton.core.client.AdminClient;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.ScheduleClient;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.WebhookClient;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.port.Maintenance;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A toolbox over one Baton, whatever the target; what it was asked is kept to be looked at. */
public final class FakeToolbox implements CliBackend {
  public volatile @Nullable Target opened;
  public volatile @Nullable TenantId tenant;
  public volatile @Nullable ServeOptions served;
  public volatile @Nullable BenchOptions benched;

  /** Thrown instead of opening. */
  public volatile @Nullable RuntimeException refusal;

  /** Calls of work servers that fail before they reach the Baton, from now on. */
  public final AtomicInteger outages = new AtomicInteger();

  public final FakeMaintenance maintenance = new FakeMaintenance();

  private final Baton baton;

  FakeToolbox(Baton baton) {
    this.baton = baton;
  }

  @Override
  public TaskClient open(Target target, TenantId who) {
    opened = target;
    tenant = who;
    refuse();
    return unreliable(new LocalTaskClient(baton, who));
  }

  @Override
  public AdminClient admin(Target target, TenantId who) {
    opened = target;
    tenant = who;
    refuse();
    return kept(AdminClient.class, new LocalAdminClient(baton, who));
  }

  @Override
  public BatchClient batches(Target target, TenantId who) {
    opened = target;
    tenant = who;
    refuse();
    return kept(BatchClient.class, new LocalBatchClient(baton, who));
  }

  @Override
  public WebhookClient webhooks(Target target, TenantId who) {
    opened = target;
    tenant = who;
    refuse();
    return kept(WebhookClient.class, new LocalWebhookClient(baton, who));
  }

  @Override
  public ScheduleClient schedules(Target target, TenantId who) {
    opened = target;
    tenant = who;
    refuse();
    return kept(ScheduleClient.class, new LocalScheduleClient(baton, who));
  }

  private TaskClient unreliable(TaskClient server) {
    return kept(TaskClient.class, server);
  }

  /** Leaves the Baton open, which belongs to the test, and is away as often as asked. */
  private <T> T kept(Class<T> port, T server) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, args) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              if (outages.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new BatonException(ErrorCode.STORE_UNAVAILABLE, "no server answers");
              }
              try {
                return method.invoke(server, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private void refuse() {
    RuntimeException refused = refusal;
    if (refused != null) {
      throw refused;
    }
  }

  @Override
  public Maintenance maintenance(Path file) {
    return maintenance;
  }

  @Override
  public void serve(ServeOptions options, StopSignal stop, Consumer<Listening> onListening) {
    served = options;
    refuse();
    onListening.accept(
        new Listening(
            URI.create("http://127.0.0.1:8000"),
            options.db().orElse(Path.of("baton.db")),
            List.of("a note")));
  }

  @Override
  public void bench(BenchOptions options, StopSignal stop, Consumer<Figure> onFigure) {
    benched = options;
    onFigure.accept(new Figure("raw limit", 25_000.4, "cycles/s"));
    onFigure.accept(new Figure("wake-up p50", 0.7512, "ms"));
  }

  @Override
  public String openapi(String version, Optional<String> dialect) {
    if (dialect.filter(name -> !name.equals("bridge")).isPresent()) {
      throw new BatonException(ErrorCode.VALIDATION_FAILED, "there is no dialect " + dialect.get());
    }
    return "{\"openapi\":\"" + version + "\"}";
  }

  @Override
  public String version() {
    return "9.9.9";
  }

  /** Housekeeping that tells what it is told to tell. */
  public static final class FakeMaintenance implements Maintenance {
    public volatile List<String> findings = List.of();
    public volatile OptionalLong holder = OptionalLong.empty();
    public volatile @Nullable RuntimeException refusal;
    public volatile @Nullable Duration pruned;
    public volatile @Nullable Path restored;

    @Override
    public Copied backup(Path to, LongConsumer progress) {
      refuse();
      progress.accept(50);
      return new Copied(to, 4096, 7);
    }

    @Override
    public Copied restore(Path from) {
      refuse();
      restored = from;
      return new Copied(from, 4096, 7);
    }

    @Override
    public Checked check() {
      refuse();
      return new Checked(1, 7, findings);
    }

    @Override
    public long prune(Duration age, LongConsumer progress) {
      refuse();
      pruned = age;
      return 3;
    }

    @Override
    public long compact() {
      return 1024;
    }

    @Override
    public OptionalLong holder() {
      return holder;
    }

    private void refuse() {
      RuntimeException refused = refusal;
      if (refused != null) {
        throw refused;
      }
    }
  }
}
