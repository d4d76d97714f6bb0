package dev.baton.core.usecase.insight;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.Iterables;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.stats.Stats;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.StatRows.Bucket;
import dev.baton.core.port.Store;
import dev.baton.core.port.Transaction;
import dev.baton.core.usecase.insight.Wait.Reason;
import dev.baton.core.usecase.model.Models;
import dev.baton.core.usecase.task.Counters;
import dev.baton.core.usecase.task.Leasing;
import dev.baton.core.usecase.task.WorkerPresence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Tells what goes on and why something waits. Thread-safe. */
public final class Insight {
  private static final String ASKED = "waits for a worker to ask";

  private final Store store;
  private final InstantSource clock;
  private final Counters counters;
  private final Leasing leasing;
  private final WorkerPresence askers;
  private final Models models;

  public Insight(
      Store store,
      InstantSource clock,
      Counters counters,
      Leasing leasing,
      WorkerPresence askers,
      Models models) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
    this.counters = requireNonNull(counters, "counters");
    this.leasing = requireNonNull(leasing, "leasing");
    this.askers = requireNonNull(askers, "askers");
    this.models = requireNonNull(models, "models");
  }

  /** What this process did since it started. */
  public Counters.Snapshot counters() {
    return counters.snapshot();
  }

  /** How many tasks a tenant has in each state, at the same cost whatever there is. */
  public CompletableFuture<Tally> tally(TenantId tenant) {
    return store.read(tx -> tx.counts().of(tenant));
  }

  /** The clock that leases are counted by. */
  public Instant now() {
    return clock.instant();
  }

  /** Why the task is not being worked on; empty when the tenant has none of this id. */
  public CompletableFuture<Optional<Wait>> whyWaiting(TenantId tenant, TaskId id) {
    return store.read(
        tx ->
            Optional.ofNullable(tx.tasks().find(tenant, List.of(id)).get(id))
                .map(row -> why(tx, row, true)));
  }

  /** As {@link #whyWaiting}, without its place and an estimate: what many may ask often. */
  public CompletableFuture<Optional<Wait>> whyBriefly(TenantId tenant, TaskId id) {
    return store.read(
        tx ->
            Optional.ofNullable(tx.tasks().find(tenant, List.of(id)).get(id))
                .map(row -> why(tx, row, false)));
  }

  private Wait why(Transaction tx, TaskRow row, boolean withPlace) {
    return switch (row.state()) {
      case HELD -> {
        long startAt = row.leaseState().startAt();
        if (startAt > 0) {
          boolean tried = row.leaseState().isTried();
          yield Wait.until(tried ? Reason.BACKOFF : Reason.START_TIME, startAt);
        }
        Wait behind = behind(tx, row);
        yield withPlace && behind.reason() != Reason.MANUAL ? placed(tx, row, behind) : behind;
      }
      case READY -> {
        Wait why = inLine(tx, row);
        if (!withPlace) {
          yield why;
        }
        int ahead = tx.tasks().ahead(row, Wait.AHEAD_MAX);
        boolean moves = why.reason() != Reason.QUEUE_PAUSED && why.reason() != Reason.NO_WORKER;
        yield why.inLine(ahead, moves ? estimate(tx, row, ahead, why) : Optional.empty());
      }
      case LEASED -> Wait.until(Reason.LEASED, row.leaseState().leaseUntil());
      case SUCCEEDED, DEAD, CANCELLED -> Wait.of(Reason.OVER);
    };
  }

  private static Wait behind(Transaction tx, TaskRow row) {
    return Wait.behind(
        row,
        row.terms().gate().flatMap(gate -> tx.gates().find(row.tenant(), gate)),
        row.terms()
            .batch()
            .filter(batch -> row.terms().gate().filter(batch.gate()::equals).isPresent())
            .flatMap(batch -> tx.batches().find(row.tenant(), batch))
            .map(batch -> batch.run().state()));
  }

  /** Its place among those behind its gate; they move only where the gate lets some in. */
  private Wait placed(Transaction tx, TaskRow row, Wait behind) {
    List<TaskRow> line =
        row.terms()
            .gate()
            .map(gate -> tx.tasks().heldBehind(row.tenant(), gate, Wait.GATE_AHEAD_MAX))
            .orElse(List.of());
    int place = Iterables.indexOf(line, other -> other.seq() == row.seq());
    int ahead = place < 0 ? line.size() : place;
    boolean moves = behind.reason() == Reason.BATCH_FULL && ahead < Wait.GATE_AHEAD_MAX;
    return behind.inLine(ahead, moves ? estimate(tx, row, ahead, behind) : Optional.empty());
  }

  /**
   * Why the batch does not move: what its task that is to go next waits for. Empty when the tenant
   * has none of this id, or none of its tasks waits.
   */
  public CompletableFuture<Optional<Wait>> whyWaiting(TenantId tenant, BatchId id) {
    return store.read(
        tx ->
            tx.batches()
                .find(tenant, id)
                .flatMap(batch -> next(tx, batch))
                .map(row -> why(tx, row, true)));
  }

  private static Optional<TaskRow> next(Transaction tx, Batch batch) {
    TenantId tenant = batch.tenant();
    return tx.batches().ready(tenant, batch.id(), 1).stream()
        .findFirst()
        .or(() -> tx.tasks().heldBehind(tenant, batch.id().gate(), 1).stream().findFirst())
        .or(() -> resting(tx, batch));
  }

  /** All that wait rest between attempts. */
  private static Optional<TaskRow> resting(Transaction tx, Batch batch) {
    TenantId tenant = batch.tenant();
    return tx.batches().tally(tenant, batch.id()).held() == 0
        ? Optional.empty()
        : tx.batches().tasks(tenant, batch.id(), Set.of(Kind.HELD), 0, 1).stream().findFirst();
  }

  /** What keeps a ready task from being leased, if anything does but its place. */
  private Wait inLine(Transaction tx, TaskRow row) {
    QueueName queue = row.terms().queue();
    if (tx.queues().paused(row.tenant()).contains(queue)) {
      return Wait.of(Reason.QUEUE_PAUSED);
    }
    WorkerPresence.Serving serving = askers.serving();
    boolean executor = serving.takes(queue, row.terms().model().orElse(null));
    boolean others = leasing.isAsked(row.tenant(), queue);
    // Whoever else asks takes tasks without a model, whatever the executor's choice for them is.
    Optional<ModelName> model =
        row.terms().model().or(() -> others ? Optional.empty() : models.preferred());
    Optional<ModelPause> pause =
        model.flatMap(name -> executor ? models.blockedBy(name) : pause(tx, name));
    if (pause.isPresent() && (executor || row.terms().model().isPresent())) {
      return Wait.paused(pause.get());
    }
    if (!executor && !others) {
      return askers.isSure(clock.instant())
          ? Wait.of(Reason.NO_WORKER).withDetail(nobody(queue, row, serving))
          : Wait.of(Reason.IN_LINE).withDetail(ASKED + unasked(queue, serving));
    }
    if (executor && !others) {
      Integer limit = model.map(serving.full()::get).orElse(null);
      if (limit != null) {
        return Wait.full(model.orElseThrow(), limit);
      }
      if (serving.isFull()) {
        return Wait.executorFull(serving.concurrency());
      }
    }
    Wait inLine = Wait.of(Reason.IN_LINE);
    return executor ? inLine : inLine.withDetail(ASKED);
  }

  private static String nobody(QueueName queue, TaskRow row, WorkerPresence.Serving serving) {
    return serving.queues().contains(queue)
        ? "the executor has no model "
            + row.terms().model().map(ModelName::value).orElse("")
            + " and no worker requested tasks from queue "
            + queue
            + " within the last minute"
        : "no worker requested tasks from queue "
            + queue
            + " within the last minute"
            + unasked(queue, serving);
  }

  /** Said where no executor runs, of queues that one would take. */
  private static String unasked(QueueName queue, WorkerPresence.Serving serving) {
    return serving.queues().isEmpty() && !queue.equals(QueueName.INTEGRATION)
        ? ", and no model is asked here. " + Wait.ANSWERERS
        : "";
  }

  private Optional<ModelPause> pause(Transaction tx, ModelName model) {
    Instant now = clock.instant();
    return tx.pauses().all().stream()
        .filter(pause -> pause.model().equals(model) && pause.holdsAt(now))
        .findFirst();
  }

  /** At the pace of what holds it up, and not before that is over. */
  private Optional<Duration> estimate(Transaction tx, TaskRow row, int ahead, Wait why) {
    if (ahead >= Wait.AHEAD_MAX) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    OptionalDouble perSecond =
        switch (why.reason()) {
          case MODEL_FULL -> pace(tx, row, why.limit().orElse(1), now);
          case BATCH_FULL -> pace(tx, row, why.gate().map(Gate::limit).orElse(1), now);
          default -> askers.perSecond(row.tenant(), row.terms().queue(), now);
        };
    if (perSecond.isEmpty()) {
      return Optional.empty();
    }
    Duration inLine = Duration.ofMillis((long) ((ahead + 1) * 1_000.0 / perSecond.getAsDouble()));
    return Optional.of(
        why.until().map(until -> Duration.between(now, until).plus(inLine)).orElse(inLine));
  }

  /** How many end in a second where so many go at once, each as long as its model took of late. */
  private OptionalDouble pace(Transaction tx, TaskRow row, int atOnce, Instant now) {
    Optional<ModelName> model = row.terms().model().or(models::preferred);
    Instant stretch = Stats.bucketOf(now);
    Stats lately =
        tx
            .stats()
            .list(row.tenant(), stretch.minus(Stats.BUCKET), stretch.plus(Stats.BUCKET))
            .stream()
            .filter(bucket -> answers(bucket, model))
            .map(Bucket::stats)
            .reduce(Stats.NONE, Stats::plus);
    if (lately.completed() == 0) {
      return OptionalDouble.empty();
    }
    WorkerPresence.Serving serving = askers.serving();
    int modelsMost = model.map(serving.full()::get).orElse(atOnce);
    int most = Math.max(1, Math.min(atOnce, modelsMost));
    double millisEach = Math.max(1, lately.millis()) / (double) lately.completed();
    return OptionalDouble.of(most * 1_000.0 / millisEach);
  }

  private boolean answers(Bucket bucket, Optional<ModelName> model) {
    return model.isEmpty()
        ? bucket.model().isEmpty()
        : bucket.model().filter(models.answering(model.get())::contains).isPresent();
  }

  /** The log after event number {@code after}, at most {@code max} events. */
  public CompletableFuture<List<LoggedEvent>> events(long after, int max) {
    return store.read(tx -> tx.events().after(after, max));
  }
}
