package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.LeaseState.Waiting;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.TaskRows.Submission;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store, and short ways to fill it and to ask it. */
public abstract class StoreFixture {
  protected static final TenantId TENANT = new TenantId("acme");
  protected static final TenantId OTHER_TENANT = new TenantId("other");
  protected static final QueueName QUEUE = new QueueName("mail");
  protected static final QueueName OTHER_QUEUE = new QueueName("print");
  protected static final WorkerId WORKER = new WorkerId("first");
  protected static final GateId GATE = new GateId("batch:1");
  protected static final Instant NOW = Instant.parse("2025-01-15T10:30:00Z");
  protected static final long NOW_MILLIS = NOW.toEpochMilli();
  private static final long PATIENCE_SECONDS = 20;

  private Store store;

  /** A new, empty store. It is closed after the test. */
  protected abstract Store createStore();

  @BeforeEach
  void openStore() {
    store = createStore();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  protected final Store store() {
    return store;
  }

  protected final <R> R write(Store.Work<R> work) {
    return get(store.write(Urgency.CARRY, work));
  }

  /** For a work that has nothing to say. */
  protected final void run(Step step) {
    write(
        tx -> {
          step.in(tx);
          return true;
        });
  }

  protected final <R> R read(Store.Work<R> work) {
    return get(store.read(work));
  }

  /** Each call is a read of its own. */
  protected final Transaction reading() {
    return new EachCall(work -> get(store.read(work)));
  }

  /** Each call is a write of its own. */
  protected final Transaction writing() {
    return new EachCall(work -> get(store.write(Urgency.CARRY, work)));
  }

  /** A work without an answer. */
  @FunctionalInterface
  protected interface Step {
    void in(Transaction transaction);
  }

  protected static <R> R get(CompletableFuture<R> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the future failed with. */
  protected static Throwable failure(CompletableFuture<?> future) {
    assertThat(future).failsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS);
    try {
      var unused = future.getNow(null);
      throw new IllegalStateException("it failed");
    } catch (CompletionException e) {
      return Optional.ofNullable(e.getCause()).orElse(e);
    }
  }

  protected static Terms terms(QueueName queue, long rank) {
    return new Terms(
        queue,
        Priority.NORMAL,
        rank,
        NOW,
        Optional.empty(),
        RetryPolicy.DEFAULT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  protected static Terms withDeadline(Instant deadline) {
    Terms terms = terms(QUEUE, 0);
    return terms.amended(terms.priority(), terms.rank(), Optional.of(deadline));
  }

  protected static Terms behindGate(GateId gate, long rank) {
    return new Terms(
        QUEUE,
        Priority.NORMAL,
        rank,
        NOW,
        Optional.empty(),
        RetryPolicy.DEFAULT,
        Optional.of(gate),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  protected static LeaseState ready() {
    return LeaseState.submitted(Kind.READY, 0, false, NOW_MILLIS);
  }

  protected static LeaseState held(long startAt) {
    return LeaseState.submitted(Kind.HELD, startAt, false, NOW_MILLIS);
  }

  protected static LeaseState leased(Instant until) {
    return ready().leased(WORKER, until.toEpochMilli(), NOW_MILLIS);
  }

  protected static LeaseState over(Instant at) {
    return ready().succeeded(at.toEpochMilli());
  }

  protected static Submission task(String id, Terms terms, LeaseState leaseState) {
    return task(TENANT, id, terms, leaseState);
  }

  protected static Submission task(TenantId tenant, String id, Terms terms, LeaseState leaseState) {
    return new Submission(
        new TaskRow(0, tenant, new TaskId(id), terms, leaseState), Prompt.of("prompt of " + id));
  }

  protected static Submission readyTask(String id) {
    return task(id, terms(QUEUE, NOW_MILLIS), ready());
  }

  protected final TaskRow insert(Submission submission) {
    return insertAll(submission).get(0);
  }

  protected final List<TaskRow> insertAll(Submission... submissions) {
    return writing().tasks().insert(List.of(submissions));
  }

  protected final TaskRow row(long seq) {
    return reading().tasks().find(seq).orElseThrow();
  }

  protected static List<String> ids(List<TaskRow> rows) {
    return rows.stream().map(row -> row.id().value()).toList();
  }

  protected static Waiting asReady() {
    return new Waiting(Kind.READY, 0, false);
  }
}
