package dev.baton.app.crash;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.port.AnswerRows;
import dev.baton.core.port.BatchRows;
import dev.baton.core.port.CountRows;
import dev.baton.core.port.EventRows;
import dev.baton.core.port.GateRows;
import dev.baton.core.port.KeyRows;
import dev.baton.core.port.PauseRows;
import dev.baton.core.port.QueueRows;
import dev.baton.core.port.Removals;
import dev.baton.core.port.RequestRows;
import dev.baton.core.port.ScheduleRows;
import dev.baton.core.port.StatRows;
import dev.baton.core.port.Store;
import dev.baton.core.port.TaskPages;
import dev.baton.core.port.TaskRows;
import dev.baton.core.port.Transaction;
import dev.baton.core.port.WebhookRows;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A store with a fault planted into its tasks, or into when it says that it is done. */
final class FaultyStore implements Store {
  private static final long SLOW_COMMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

  private final Store inner;
  private final Fault fault;

  FaultyStore(Store inner, Fault fault) {
    this.inner = inner;
    this.fault = fault;
  }

  @Override
  public <R> CompletableFuture<R> write(Urgency urgency, Work<R> work) {
    if (fault != Fault.ACK_BEFORE_COMMIT) {
      return inner.write(urgency, tx -> work.in(new FaultyTransaction(tx, fault)));
    }
    CompletableFuture<R> early = new CompletableFuture<>();
    var unused =
        inner
            .write(
                urgency,
                tx -> {
                  R done = work.in(tx);
                  early.complete(done);
                  if (urgency == Urgency.SUBMIT) {
                    slowDown();
                  }
                  return done;
                })
            .exceptionally(
                error -> {
                  early.completeExceptionally(error);
                  throw new IllegalStateException(error);
                });
    return early;
  }

  /** Most of the time a commit is under way, so that a kill is likely to meet one. */
  private static void slowDown() {
    long until = System.nanoTime() + SLOW_COMMIT_NANOS;
    for (long left = SLOW_COMMIT_NANOS; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public <R> CompletableFuture<R> read(Work<R> work) {
    return inner.read(work);
  }

  @Override
  public void addReadyListener(ReadyListener listener) {
    inner.addReadyListener(listener);
  }

  @Override
  public void addEventListener(EventListener listener) {
    inner.addEventListener(listener);
  }

  @Override
  public void close() {
    inner.close();
  }

  private record FaultyTransaction(Transaction inner, Fault fault) implements Transaction {
    @Override
    public TaskRows tasks() {
      return fault.plantedIn(inner);
    }

    @Override
    public AnswerRows answers() {
      return inner.answers();
    }

    @Override
    public KeyRows keys() {
      return inner.keys();
    }

    @Override
    public GateRows gates() {
      return inner.gates();
    }

    @Override
    public QueueRows queues() {
      return inner.queues();
    }

    @Override
    public EventRows events() {
      return inner.events();
    }

    @Override
    public TaskPages pages() {
      return inner.pages();
    }

    @Override
    public StatRows stats() {
      return inner.stats();
    }

    @Override
    public Removals removals() {
      return inner.removals();
    }

    @Override
    public WebhookRows webhooks() {
      return inner.webhooks();
    }

    @Override
    public RequestRows requests() {
      return inner.requests();
    }

    @Override
    public CountRows counts() {
      return inner.counts();
    }

    @Override
    public ScheduleRows schedules() {
      return inner.schedules();
    }

    @Override
    public BatchRows batches() {
      return inner.batches();
    }

    @Override
    public PauseRows pauses() {
      return inner.pauses();
    }

    @Override
    public void readied(TenantId tenant, QueueName queue, int count) {
      inner.readied(tenant, queue, count);
    }
  }
}
