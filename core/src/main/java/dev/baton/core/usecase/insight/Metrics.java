package dev.baton.core.usecase.insight;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.stats.Stats;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.StatRows.Bucket;
import dev.baton.core.port.Store;
import dev.baton.core.port.TaskPages.Query;
import dev.baton.core.port.TaskPages.Sort;
import dev.baton.core.port.TaskRows.Submission;
import dev.baton.core.port.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What ended when, how much there is, and who has what. Thread-safe. */
public final class Metrics {
  /** How long stats are kept at least; pruning removes older ones. */
  public static final Duration RETENTION = Duration.ofDays(31);

  /** Leased tasks that are looked at, at most. */
  public static final int LEASED_MAX = 1_000;

  /** Queues whose depth is told. */
  public static final int QUEUES_MAX = 100;

  private static final Query LEASED =
      new Query(
          Set.of(Kind.LEASED),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Sort.CREATED,
          true);

  private final Store store;
  private final InstantSource clock;
  private final InstantSource calendar;

  /**
   * @param calendar what tasks were submitted by
   */
  public Metrics(Store store, InstantSource clock, InstantSource calendar) {
    this.calendar = requireNonNull(calendar, "calendar");
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * A tenant at one instant.
   *
   * @param tally its tasks by state
   * @param buckets what ended since {@code from}, by stretch and model, in order
   */
  public record Since(Instant from, Instant now, Tally tally, List<Bucket> buckets) {
    public Since {
      buckets = List.copyOf(buckets);
    }

    /** All of it together. */
    public Stats sum() {
      return buckets.stream().map(Bucket::stats).reduce(Stats.NONE, Stats::plus);
    }
  }

  /**
   * What ended within {@code period}, in whole stretches of {@link Stats#BUCKET}: the one that runs
   * counts as the last.
   */
  public CompletableFuture<Since> since(TenantId tenant, Duration period) {
    Instant now = clock.instant();
    Instant end = Stats.bucketOf(now).plus(Stats.BUCKET);
    Instant from = end.minus(period);
    return store.read(
        tx -> new Since(from, now, tx.counts().of(tenant), tx.stats().list(tenant, from, end)));
  }

  /** The tasks that are held now, oldest lease first; at most {@link #LEASED_MAX}. */
  public CompletableFuture<List<TaskRow>> leased(TenantId tenant) {
    return store.read(
        tx ->
            tx.pages().page(tenant, LEASED, 0, LEASED_MAX).stream()
                .sorted(Comparator.comparingLong(row -> row.leaseState().leasedAt()))
                .toList());
  }

  /**
   * What there is of all tenants.
   *
   * @param batches by state; a state may be left out that none is in
   * @param pendingDeliveries messages to webhooks that are not over
   * @param queues those with most tasks that are not over, at most {@link #QUEUES_MAX}
   */
  public record Depths(
      Map<BatchState, Long> batches, long pendingDeliveries, List<QueueDepth> queues) {
    public Depths {
      queues = List.copyOf(queues);
    }
  }

  /**
   * A queue of a tenant's, by counts that are kept.
   *
   * @param readySince when the ready task was submitted that is next in line, by the wall clock
   * @param leasedSince when the lease began that is held longest, of the tenant's {@link
   *     #LEASED_MAX} first ones
   */
  public record QueueDepth(
      QueueName queue,
      long held,
      long ready,
      long leased,
      Optional<Instant> readySince,
      Optional<Instant> leasedSince) {}

  public CompletableFuture<Depths> depths() {
    return store.read(
        tx ->
            new Depths(tx.batches().countByState(), tx.webhooks().countPending(), queueDepths(tx)));
  }

  private static List<QueueDepth> queueDepths(Transaction tx) {
    Map<TenantId, List<TaskRow>> leased = new HashMap<>();
    return tx.counts().open(QUEUES_MAX).stream()
        .map(
            open ->
                new QueueDepth(
                    open.queue(),
                    open.held(),
                    open.ready(),
                    open.leased(),
                    open.ready() == 0
                        ? Optional.empty()
                        : next(tx, open.tenant(), List.of(open.queue())),
                    open.leased() == 0
                        ? Optional.empty()
                        : first(
                            leased
                                .computeIfAbsent(
                                    open.tenant(),
                                    tenant -> tx.pages().page(tenant, LEASED, 0, LEASED_MAX))
                                .stream()
                                .filter(row -> row.terms().queue().equals(open.queue())))))
        .toList();
  }

  private static Optional<Instant> next(Transaction tx, TenantId tenant, List<QueueName> queues) {
    return tx.tasks().nextReady(tenant, queues, ModelFilter.ANY, 1).stream()
        .map(Submission::row)
        .map(row -> row.terms().submittedAt())
        .findFirst();
  }

  private static Optional<Instant> first(Stream<TaskRow> leased) {
    return leased.map(row -> row.lease().grantedAt()).min(Comparator.naturalOrder());
  }

  /**
   * How the store is.
   *
   * @param queueAge how long the task has waited that is next in line
   * @param oldestLease how long the task has been held that was leased first
   */
  public record Condition(Optional<Duration> queueAge, Optional<Duration> oldestLease) {}

  /** Asks the store, which fails when it does not answer. */
  public CompletableFuture<Condition> condition(TenantId tenant) {
    Instant now = clock.instant();
    Instant today = calendar.instant();
    return store.read(
        tx -> {
          Optional<Instant> next =
              next(tx, tenant, List.of(QueueName.DEFAULT, QueueName.INTEGRATION));
          Optional<Instant> first = first(tx.pages().page(tenant, LEASED, 0, LEASED_MAX).stream());
          return new Condition(
              next.map(since -> Duration.between(since, today)),
              first.map(since -> Duration.between(since, now)));
        });
  }
}
