package dev.baton.core;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskView;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Lease;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.port.TaskRows.Filter;
import dev.baton.core.usecase.insight.Wait;
import dev.baton.core.usecase.task.Counters;
import dev.baton.core.usecase.task.LeaseRequest;
import dev.baton.core.usecase.task.TaskEdit;
import dev.baton.core.usecase.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TaskClient} in this process, over a {@link Baton} that it owns and closes. Does what is
 * due before it leases or tells, so that a process that lives for one call sees expired leases
 * handed on, too. Thread-safe.
 */
public final class LocalTaskClient implements TaskClient {
  private final Baton baton;
  private final TenantId tenant;

  public LocalTaskClient(Baton baton, TenantId tenant) {
    this.baton = requireNonNull(baton, "baton");
    this.tenant = requireNonNull(tenant, "tenant");
  }

  @Override
  public List<Receipt> put(List<NewTask> tasks) {
    return Baton.await(baton.submissions().submit(tenant, tasks)).stream()
        .map(submitted -> new Receipt(submitted.id(), submitted.replayed()))
        .toList();
  }

  @Override
  public List<Granted> lease(Ask ask, Duration wait) {
    checkArgument(wait.compareTo(WAIT_MAX) <= 0, "a wait is at most %s", WAIT_MAX);
    baton.doWhatIsDue();
    LeaseRequest asked =
        new LeaseRequest(tenant, ask.queues(), ask.worker(), ask.lease(), ask.max());
    CompletableFuture<List<LeasedTask>> leased =
        inRange(() -> baton.leasing().leaseWhenReady(asked, wait));
    return interruptibly(leased).stream().map(LocalTaskClient::granted).toList();
  }

  private static List<LeasedTask> interruptibly(CompletableFuture<List<LeasedTask>> leased) {
    try {
      return leased.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      // What is leased from now on is given back by the use case.
      return leased.cancel(false) ? List.of() : leased.join();
    } catch (ExecutionException e) {
      return Baton.await(leased);
    }
  }

  private static Granted granted(LeasedTask task) {
    return new Granted(task.leaseId(), task.attempt(), task.lease().expiresAt(), task.prompt());
  }

  @Override
  public List<Settled> complete(List<Settlement.Complete> answers) {
    return Baton.await(baton.settling().settle(tenant, List.<Settlement>copyOf(answers)));
  }

  @Override
  public void fail(Settlement.Fail failure) {
    Baton.await(baton.settling().settle(tenant, failure));
  }

  @Override
  public void release(Settlement.Release release) {
    Baton.await(baton.settling().settle(tenant, release));
  }

  @Override
  public Instant extend(LeaseId lease, Duration duration, Optional<Progress> progress) {
    return Baton.await(inRange(() -> baton.holding().extend(tenant, lease, duration, progress)))
        .expiresAt();
  }

  /** What an operator's settings refuse is a refusal here, as it is behind HTTP. */
  private static <T> T inRange(Supplier<T> call) {
    try {
      return call.get();
    } catch (IllegalArgumentException e) {
      throw new BatonException(ErrorCode.VALIDATION_FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public int append(LeaseId lease, Optional<Integer> from, List<String> texts) {
    return Baton.await(baton.holding().append(tenant, lease, from, texts));
  }

  @Override
  public Optional<TaskView> find(TaskId id) {
    baton.doWhatIsDue();
    Optional<Task> task = Baton.await(baton.tasks().find(tenant, id));
    // Two reads: between them the task may have moved on, and then the wait is the newer truth.
    return task.map(
        found -> view(found, Baton.await(baton.insight().whyWaiting(tenant, id)).orElse(null)));
  }

  private static TaskView view(Task task, @Nullable Wait wait) {
    TaskRow row = task.row();
    return new TaskView(
        task.id(),
        task.prompt(),
        terms(row.terms()),
        run(task),
        new Answer(
            task.state().kind(), task.completion(), task.failure(), endedAt(row.leaseState())),
        Stream.concat(task.attempts().stream(), task.answering().stream())
            .map(
                past ->
                    new TaskView.PastAttempt(
                        past.number(),
                        past.lease().holder(),
                        past.lease().grantedAt(),
                        past.endedAt(),
                        past.outcome(),
                        past.failure()))
            .toList(),
        task.alternatives(),
        Optional.ofNullable(wait)
            .filter(w -> w.reason() != Wait.Reason.OVER)
            .map(LocalTaskClient::wait));
  }

  private static TaskView.Terms terms(Terms terms) {
    int maxAttempts = terms.retry().maxAttempts();
    return new TaskView.Terms(
        terms.queue(),
        terms.priority(),
        terms.submittedAt(),
        terms.deadline(),
        maxAttempts == RetryPolicy.UNLIMITED ? Optional.empty() : Optional.of(maxAttempts),
        terms.dedupeKey().map(DedupeKey::value),
        terms.model(),
        terms.batch());
  }

  private static TaskView.Run run(Task task) {
    LeaseState leaseState = task.row().leaseState();
    Optional<Lease> lease =
        task.state() instanceof TaskState.Leased leased
            ? Optional.of(leased.lease())
            : Optional.empty();
    Optional<Instant> startAt =
        leaseState.startAt() == 0
            ? Optional.empty()
            : Optional.of(Instant.ofEpochMilli(leaseState.startAt()));
    return new TaskView.Run(leaseState.attempts(), startAt, lease, task.progress());
  }

  static TaskView.Wait wait(Wait wait) {
    return new TaskView.Wait(
        wait.reason().name().toLowerCase(Locale.ROOT),
        wait.sentence(),
        wait.ahead().isPresent() ? Optional.of(wait.ahead().getAsInt()) : Optional.empty(),
        wait.until(),
        wait.estimate());
  }

  @Override
  public Map<TaskId, Answer> answers(List<TaskId> ids) {
    checkArgument(ids.size() <= BATCH_MAX, "%s tasks at once", BATCH_MAX);
    baton.doWhatIsDue();
    Map<TaskId, Answer> answers = new HashMap<>();
    Baton.await(baton.tasks().endings(tenant, ids))
        .forEach((id, ending) -> answers.put(id, answer(ending)));
    return answers;
  }

  private static Answer answer(Tasks.Ending ending) {
    return new Answer(
        ending.row().state(),
        ending.result().flatMap(Result::completion),
        ending.result().flatMap(Result::failure),
        endedAt(ending.row().leaseState()));
  }

  private static Optional<Instant> endedAt(LeaseState leaseState) {
    return leaseState.state().isTerminal()
        ? Optional.of(Instant.ofEpochMilli(leaseState.changedAt()))
        : Optional.empty();
  }

  @Override
  public List<Summary> list(Filter filter, long before, int max) {
    baton.doWhatIsDue();
    return Baton.await(baton.tasks().list(tenant, filter, before, max)).stream()
        .map(LocalTaskClient::summary)
        .toList();
  }

  private static Summary summary(TaskRow row) {
    LeaseState leaseState = row.leaseState();
    return new Summary(
        row.id(),
        row.seq(),
        row.terms().queue(),
        leaseState.state(),
        row.terms().priority(),
        leaseState.attempts(),
        row.terms().submittedAt(),
        Instant.ofEpochMilli(leaseState.changedAt()),
        Optional.ofNullable(leaseState.holder()));
  }

  @Override
  public TaskState.Kind cancel(TaskId id) {
    return Baton.await(baton.control().cancel(tenant, id)).state();
  }

  @Override
  public TaskState.Kind redrive(TaskId id) {
    return Baton.await(baton.control().redrive(tenant, id)).state();
  }

  @Override
  public TaskState.Kind edit(TaskId id, Edit edit) {
    TaskEdit change =
        TaskEdit.of(edit.text(), edit.metadata(), edit.priority(), edit.startAt(), edit.deadline());
    return Baton.await(baton.control().edit(tenant, id, change)).row().state();
  }

  @Override
  public Tally tally() {
    Counters.Snapshot counted = baton.insight().counters();
    return new Tally(counted.submitted(), counted.leased(), counted.answered(), counted.expired());
  }

  @Override
  public void close() {
    baton.close();
  }
}
