package dev.baton.core.usecase.task;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.port.Store.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for work lately, and how quickly it was handed out: in memory only, so a process that
 * has just started knows of nobody. Thread-safe.
 */
public final class WorkerPresence {
  /** Who asked within this time is taken to be there. */
  public static final Duration MEMORY = Duration.ofMinutes(1);

  private static final int LINES_MAX = 1_024;
  private static final int BUCKETS = 6;
  private static final long BUCKET_MILLIS = MEMORY.toMillis() / BUCKETS;

  @GuardedBy("this")
  private final Map<Line, Asked> lines = newest();

  @GuardedBy("this")
  private final Map<ModelName, Instant> models = newest();

  private final Instant since;
  private volatile Serving serving = Serving.NOBODY;

  /**
   * @param since when it began to look
   */
  public WorkerPresence(Instant since) {
    this.since = since;
  }

  /**
   * What this process's own executor takes; the numbers are as of its last step.
   *
   * @param worker the name it asks under
   * @param queues it asks; none: there is no executor
   * @param running calls under way
   * @param concurrency calls at once
   * @param full models that have no room for another call, with their bounds
   * @param open whether it answers for any model
   * @param offered the models that it answers for, when not for any
   */
  public record Serving(
      Optional<WorkerId> worker,
      Set<QueueName> queues,
      int running,
      int concurrency,
      Map<ModelName, Integer> full,
      boolean open,
      Set<ModelName> offered) {
    public static final Serving NOBODY =
        new Serving(Optional.empty(), Set.of(), 0, 0, Map.of(), false, Set.of());

    public Serving {
      queues = Set.copyOf(queues);
      full = Map.copyOf(full);
      offered = Set.copyOf(offered);
    }

    /** Whether all places are taken. */
    public boolean isFull() {
      return running >= concurrency;
    }

    /** Whether it takes this queue's tasks for this model; absent: of tasks that name none. */
    public boolean takes(QueueName queue, @Nullable ModelName model) {
      return queues.contains(queue) && (model == null || open || offered.contains(model));
    }
  }

  /** One line: who asked last, and leases by time. */
  private static final class Asked {
    private Instant last = Instant.EPOCH;
    private @Nullable Instant first;
    private final long[] leased = new long[BUCKETS];
    private final long[] bucket = new long[BUCKETS];

    void leased(int tasks, Instant now) {
      first = first == null ? now : first;
      long number = now.toEpochMilli() / BUCKET_MILLIS;
      int slot = (int) (number % BUCKETS);
      if (bucket[slot] != number) {
        bucket[slot] = number;
        leased[slot] = 0;
      }
      leased[slot] += tasks;
    }

    OptionalDouble perSecond(Instant now) {
      if (first == null) {
        return OptionalDouble.empty();
      }
      long number = now.toEpochMilli() / BUCKET_MILLIS;
      long sum = 0;
      for (int slot = 0; slot < BUCKETS; slot++) {
        sum += bucket[slot] > number - BUCKETS ? leased[slot] : 0;
      }
      long inBuckets = (BUCKETS - 1) * BUCKET_MILLIS + now.toEpochMilli() % BUCKET_MILLIS;
      long millis = Math.min(inBuckets, Duration.between(first, now).toMillis());
      return sum == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(sum * 1_000.0 / Math.max(1_000, millis));
    }
  }

  private static <K, V> Map<K, V> newest() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > LINES_MAX;
      }
    };
  }

  /** Somebody asked; of the executor more is known. */
  synchronized void asked(LeaseRequest ask, Instant now) {
    if (serving.worker().filter(ask.worker()::equals).isPresent()) {
      return;
    }
    for (QueueName queue : ask.queues()) {
      line(new Line(ask.tenant(), queue)).last = now;
    }
    if (ask.models().kind() == ModelFilter.Kind.ONLY) {
      ask.models().named().forEach(model -> models.put(model, now));
    }
  }

  /** Somebody was given tasks of a queue. */
  synchronized void leased(TenantId tenant, QueueName queue, int tasks, Instant now) {
    line(new Line(tenant, queue)).leased(tasks, now);
  }

  @GuardedBy("this")
  private Asked line(Line line) {
    return Objects.requireNonNull(lines.computeIfAbsent(line, l -> new Asked()));
  }

  /** Whether it has looked for long enough to say that nobody asks. */
  public boolean isSure(Instant now) {
    return !since.plus(MEMORY).isAfter(now);
  }

  /** Whether anybody but the executor asked this queue within {@link #MEMORY}. */
  public synchronized boolean isAsked(TenantId tenant, QueueName queue, Instant now) {
    Asked asked = lines.get(new Line(tenant, queue));
    return asked != null && asked.last.plus(MEMORY).isAfter(now);
  }

  /** Whether anybody asked for this very model within {@link #MEMORY}. */
  public synchronized boolean isAnsweredFor(ModelName model, Instant now) {
    Instant last = models.get(model);
    return last != null && last.plus(MEMORY).isAfter(now);
  }

  /** Tasks of the queue handed out per second, over the last minute; empty when none was. */
  public synchronized OptionalDouble perSecond(TenantId tenant, QueueName queue, Instant now) {
    Asked asked = lines.get(new Line(tenant, queue));
    return asked == null ? OptionalDouble.empty() : asked.perSecond(now);
  }

  /** The executor's own word on itself. */
  public void serve(Serving now) {
    serving = now;
  }

  public Serving serving() {
    return serving;
  }
}
