package dev.baton.core.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.event.TaskEvent;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.GateId;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.QueueName;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskId;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.WorkerId;
import dev.baton.core.port.Store;
import dev.baton.core.port.TaskRows.Filter;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.testing.MemoryBatchFiles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A Baton over the store in question, with time and chance in the test's hands. */
public abstract class LifecycleFixture {
  static final TenantId TENANT = TenantId.DEFAULT;
  static final TenantId OTHER_TENANT = new TenantId("other");
  static final QueueName QUEUE = QueueName.DEFAULT;
  static final QueueName OTHER_QUEUE = new QueueName("print");
  static final WorkerId FIRST = new WorkerId("first");
  static final WorkerId SECOND = new WorkerId("second");
  static final Duration LEASE = Duration.ofSeconds(60);
  static final Duration TICK = Duration.ofMillis(1);
  static final GateId GATE = new GateId("batch:1");

  final ManualClock clock = new ManualClock();
  final MemoryBatchFiles files = new MemoryBatchFiles();
  protected Store store;
  Baton baton;

  /** A new, empty store. It is closed after the test. */
  protected abstract Store createStore();

  @BeforeEach
  void openBaton() {
    store = createStore();
    baton =
        Baton.builder(store)
            .clock(clock)
            .files(files)
            .random(new Random(42))
            .settings(Settings.DEFAULT)
            .build();
  }

  @AfterEach
  void closeBaton() {
    assertThat(Baton.await(baton.insight().tally(TENANT))).isEqualTo(counted(TENANT));
    assertThat(Baton.await(baton.insight().tally(OTHER_TENANT))).isEqualTo(counted(OTHER_TENANT));
    baton.close();
  }

  /** What the kept counts must come to, whatever a test did. */
  private Tally counted(TenantId tenant) {
    Tally tally = Tally.NONE;
    List<TaskRow> page = page(tenant, Long.MAX_VALUE);
    while (!page.isEmpty()) {
      for (TaskRow row : page) {
        tally = tally.plus(row.standing().state(), 1);
      }
      page = page(tenant, page.get(page.size() - 1).seq());
    }
    return tally;
  }

  private List<TaskRow> page(TenantId tenant, long before) {
    return Baton.await(baton.tasks().list(tenant, Filter.ALL, before, Tasks.PAGE_MAX));
  }

  static NewTask.Builder task(String prompt) {
    return NewTask.builder(Prompt.of(prompt));
  }

  static NewTask retried(int maxAttempts) {
    return task("p").retry(RetryPolicy.DEFAULT.withMaxAttempts(maxAttempts)).build();
  }

  final Submitted submit(NewTask task) {
    return Baton.await(baton.submissions().submit(TENANT, task));
  }

  final TaskId submitId(NewTask.Builder task) {
    return submit(task.build()).id();
  }

  final Optional<LeasedTask> lease(WorkerId worker) {
    return baton.lease(worker, LEASE);
  }

  /** The next task, which must be there. */
  final LeasedTask take(WorkerId worker) {
    return lease(worker).orElseThrow();
  }

  final List<String> leaseAll(int max) {
    return Baton.await(baton.leasing().lease(ask(max))).stream()
        .map(task -> task.prompt().text())
        .toList();
  }

  static Leasing.Ask ask(int max) {
    return new Leasing.Ask(TENANT, List.of(QUEUE), FIRST, LEASE, max);
  }

  final Settled.Kind complete(LeasedTask task, String answer) {
    return settle(Settlement.Complete.of(task.leaseId(), Completion.of(answer)));
  }

  /** Answers as a protocol without leases does. */
  final Settled.Kind completeLeaseless(TaskId id, String answer) {
    return settle(new Settlement.Complete(id, Optional.empty(), Completion.of(answer)));
  }

  final Settled.Kind fail(LeasedTask task, Failure failure) {
    return settle(new Settlement.Fail(task.leaseId(), failure, Optional.empty()));
  }

  final Settled.Kind failNow(LeasedTask task) {
    return settle(
        new Settlement.Fail(
            task.leaseId(), Failure.retryable("BUSY", "try later"), Optional.of(Duration.ZERO)));
  }

  final Settled.Kind release(LeasedTask task, Duration delay) {
    return settle(new Settlement.Release(task.leaseId(), delay));
  }

  final Settled.Kind settle(Settlement settlement) {
    return Baton.await(baton.settling().settle(TENANT, List.of(settlement))).get(0).kind();
  }

  /** Moves everything that is due. */
  final void sweep() {
    while (Baton.await(baton.upkeep().sweep())) {
      // Page after page.
    }
  }

  final void pass(Duration time) {
    clock.advance(time);
    sweep();
  }

  final Task find(TaskId id) {
    return baton.find(id).orElseThrow();
  }

  final Kind state(TaskId id) {
    return find(id).state().kind();
  }

  final List<TaskEvent.Kind> events(TaskId id) {
    return Baton.await(baton.insight().events(0, 10_000)).stream()
        .map(LoggedEvent::event)
        .filter(TaskEvent.class::isInstance)
        .map(TaskEvent.class::cast)
        .filter(event -> event.taskId().equals(id))
        .map(TaskEvent::kind)
        .toList();
  }

  static void assertRefused(ErrorCode code, CompletableFuture<?> future) {
    assertRefusal(code, () -> Baton.await(future));
  }

  static void assertRefusal(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(BatonException.class)
        .extracting(refusal -> ((BatonException) refusal).code())
        .isEqualTo(code);
  }
}
