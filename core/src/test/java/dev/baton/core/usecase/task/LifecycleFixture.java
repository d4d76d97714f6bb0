package dev.baton.core.usecase.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.Store;
import dev.baton.core.port.TaskRows.Depth;
import dev.baton.core.port.TaskRows.Filter;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.testing.MemoryBatchFiles;
import dev.baton.core.testing.PlainRunFormat;
import dev.baton.core.usecase.insight.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A Baton over the store in question, with time and chance in the test's hands. */
public abstract class LifecycleFixture {
  public static final TenantId TENANT = TenantId.DEFAULT;
  public static final TenantId OTHER_TENANT = new TenantId("other");
  public static final QueueName QUEUE = QueueName.DEFAULT;
  public static final QueueName OTHER_QUEUE = new QueueName("print");
  public static final WorkerId FIRST = new WorkerId("first");
  public static final WorkerId SECOND = new WorkerId("second");
  public static final Duration LEASE = Duration.ofSeconds(60);
  public static final Duration TICK = Duration.ofMillis(1);
  protected static final GateId GATE = new GateId("batch:1");

  public final ManualClock clock = new ManualClock();
  public final MemoryBatchFiles files = new MemoryBatchFiles();
  protected Store store;
  public Baton baton;

  /** A new, empty store. It is closed after the test. */
  protected abstract Store createStore();

  @BeforeEach
  void openBaton() {
    store = createStore();
    baton =
        Baton.builder(store)
            .clock(clock)
            .files(files, new PlainRunFormat())
            .random(new Random(42))
            .settings(Settings.DEFAULT)
            .build();
  }

  @AfterEach
  void closeBaton() {
    assertThat(Baton.await(baton.insight().tally(TENANT))).isEqualTo(counted(TENANT));
    assertThat(Baton.await(baton.insight().tally(OTHER_TENANT))).isEqualTo(counted(OTHER_TENANT));
    assertThat(keptByQueue()).isEqualTo(countedByQueue());
    baton.close();
  }

  /** Tasks that are not over, of all tenants. */
  private Map<QueueName, Long> keptByQueue() {
    return Baton.await(baton.figures().depths()).queues().stream()
        .collect(
            Collectors.toMap(
                Metrics.QueueDepth::queue,
                depth -> depth.held() + depth.ready() + depth.leased(),
                Long::sum));
  }

  private Map<QueueName, Long> countedByQueue() {
    return Stream.of(TENANT, OTHER_TENANT)
        .flatMap(tenant -> Baton.await(baton.queues().depths(tenant)).stream())
        .collect(Collectors.toMap(Depth::queue, Depth::count, Long::sum));
  }

  /** What the kept counts must come to, whatever a test did. */
  private Tally counted(TenantId tenant) {
    Tally tally = Tally.NONE;
    List<TaskRow> page = page(tenant, Long.MAX_VALUE);
    while (!page.isEmpty()) {
      for (TaskRow row : page) {
        tally = tally.plus(row.state(), 1);
      }
      page = page(tenant, page.get(page.size() - 1).seq());
    }
    return tally;
  }

  private List<TaskRow> page(TenantId tenant, long before) {
    return Baton.await(baton.tasks().list(tenant, Filter.ALL, before, Tasks.PAGE_MAX));
  }

  protected static NewTask.Builder task(String prompt) {
    return NewTask.builder(Prompt.of(prompt));
  }

  protected static NewTask retried(int maxAttempts) {
    return task("p").retry(RetryPolicy.DEFAULT.withMaxAttempts(maxAttempts)).build();
  }

  protected final Submitted submit(NewTask task) {
    return Baton.await(baton.submissions().submit(TENANT, task));
  }

  protected final TaskId submitId(NewTask.Builder task) {
    return submit(task.build()).id();
  }

  protected final Optional<LeasedTask> lease(WorkerId worker) {
    return baton.lease(worker, LEASE);
  }

  /** The next task, which must be there. */
  protected final LeasedTask take(WorkerId worker) {
    return lease(worker).orElseThrow();
  }

  protected final List<String> leaseAll(int max) {
    return Baton.await(baton.leasing().lease(ask(max))).stream()
        .map(task -> task.prompt().text())
        .toList();
  }

  protected static LeaseRequest ask(int max) {
    return new LeaseRequest(TENANT, List.of(QUEUE), FIRST, LEASE, max);
  }

  protected final Settled.Kind complete(LeasedTask task, String answer) {
    return settle(Settlement.Complete.of(task.leaseId(), Completion.of(answer)));
  }

  /** Answers as a protocol without leases does. */
  protected final Settled.Kind completeLeaseless(TaskId id, String answer) {
    return settle(new Settlement.Complete(id, Optional.empty(), Completion.of(answer)));
  }

  protected final Settled.Kind fail(LeasedTask task, Failure failure) {
    return settle(new Settlement.Fail(task.leaseId(), failure, Optional.empty()));
  }

  protected final Settled.Kind failNow(LeasedTask task) {
    return settle(
        new Settlement.Fail(
            task.leaseId(), Failure.retryable("BUSY", "try later"), Optional.of(Duration.ZERO)));
  }

  protected final Settled.Kind release(LeasedTask task, Duration delay) {
    return settle(new Settlement.Release(task.leaseId(), delay));
  }

  protected final Settled.Kind settle(Settlement settlement) {
    return Baton.await(baton.settling().settle(TENANT, List.of(settlement))).get(0).kind();
  }

  protected final Gate gate(int limit, boolean ordered) {
    return Baton.await(baton.queues().setGate(TENANT, GATE, limit, ordered));
  }

  /** Moves everything that is due. */
  protected final void sweep() {
    while (Baton.await(baton.upkeep().sweep())) {
      // Page after page.
    }
  }

  protected final void pass(Duration time) {
    clock.advance(time);
    sweep();
  }

  protected final Task find(TaskId id) {
    return baton.find(id).orElseThrow();
  }

  protected final Kind state(TaskId id) {
    return find(id).state().kind();
  }

  protected final List<TaskEvent.Kind> events(TaskId id) {
    return Baton.await(baton.insight().events(0, 10_000)).stream()
        .map(LoggedEvent::event)
        .filter(TaskEvent.class::isInstance)
        .map(TaskEvent.class::cast)
        .filter(event -> event.taskId().equals(id))
        .map(TaskEvent::kind)
        .toList();
  }

  protected static void assertRefused(ErrorCode code, CompletableFuture<?> future) {
    assertRefusal(code, () -> Baton.await(future));
  }

  protected static void assertRefusal(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(BatonException.class)
        .extracting(refusal -> ((BatonException) refusal).code())
        .isEqualTo(code);
  }
}
