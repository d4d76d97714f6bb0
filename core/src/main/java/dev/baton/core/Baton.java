package dev.baton.core;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.Task;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.ModelClient;
import dev.baton.core.port.Store;
import dev.baton.core.port.WebhookSender;
import dev.baton.core.runtime.SteadyClock;
import dev.baton.core.runtime.UnguessableRandom;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.core.usecase.idempotency.Replays;
import dev.baton.core.usecase.insight.Insight;
import dev.baton.core.usecase.insight.Metrics;
import dev.baton.core.usecase.model.Executor;
import dev.baton.core.usecase.model.ExecutorSettings;
import dev.baton.core.usecase.model.Models;
import dev.baton.core.usecase.schedule.DryRuns;
import dev.baton.core.usecase.schedule.RunFormat;
import dev.baton.core.usecase.schedule.Scheduler;
import dev.baton.core.usecase.schedule.Schedules;
import dev.baton.core.usecase.task.LeaseRequest;
import dev.baton.core.usecase.task.LeasedWork;
import dev.baton.core.usecase.task.Leasing;
import dev.baton.core.usecase.task.Queues;
import dev.baton.core.usecase.task.Settings;
import dev.baton.core.usecase.task.Settling;
import dev.baton.core.usecase.task.Submissions;
import dev.baton.core.usecase.task.TaskControl;
import dev.baton.core.usecase.task.Tasks;
import dev.baton.core.usecase.upkeep.Upkeep;
import dev.baton.core.usecase.webhook.Alerts;
import dev.baton.core.usecase.webhook.WebhookService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The work server as a library: give it a store, get the use cases, and blocking calls for the
 * common path.
 *
 * <pre>{@code
 * try (Baton baton = Baton.builder(SqlStores.open(path)).build().start()) {
 *   TaskId id = baton.submit("Summarize: the sky is blue.");
 *   LeasedTask work = baton.lease(new WorkerId("me"), Duration.ofMinutes(2)).orElseThrow();
 *   baton.complete(work, "Because of Rayleigh scattering.");
 *   String answer = baton.answer(id).orElseThrow();
 * }
 * }</pre>
 *
 * <p>Starts no thread until {@link #start}, but for reading the rows of batches; without it leases
 * that run out are only handed on when {@link Upkeep#sweep} is called. Closing it closes the store.
 * Thread-safe. The blocking calls throw {@link BatonException} for refusals, and must not be made
 * on a thread that completes futures.
 */
public final class Baton implements AutoCloseable {
  private final BatonParts parts;

  private Baton(BatonOptions options) {
    parts = new BatonParts(options);
  }

  public static Builder builder(Store store) {
    return new Builder(store);
  }

  /**
   * Starts the sweep, the scheduler and what is given of executor and webhooks: one daemon thread
   * each, and two for the scheduler.
   */
  @CanIgnoreReturnValue
  public Baton start() {
    startSweep();
    parts.executor.ifPresent(Executor::start);
    parts.scheduler.start();
    parts.webhooks.ifPresent(WebhookService::start);
    return this;
  }

  /**
   * Starts the sweep alone, after doing at once what is due: for a process that works on the store
   * for a short time, and in which nothing may fire, call a model or send a message.
   */
  @CanIgnoreReturnValue
  public Baton startUpkeep() {
    if (await(parts.upkeep.isDue())) {
      await(parts.upkeep.sweep());
    }
    startSweep();
    return this;
  }

  private void startSweep() {
    // Should it fail, leases look at the stored pauses all the same.
    var unused = parts.models.load();
    parts.sweeper.start();
  }

  public Submissions submissions() {
    return parts.submissions;
  }

  public Leasing leasing() {
    return parts.leasing;
  }

  public LeasedWork leasedWork() {
    return parts.leasedWork;
  }

  public Settling settling() {
    return parts.settling;
  }

  public Tasks tasks() {
    return parts.tasks;
  }

  public Models models() {
    return parts.models;
  }

  /** Whether a model of any name is answered for, because the client names none. */
  public boolean answersAnyModel() {
    return parts.client.filter(client -> client.models().isEmpty()).isPresent();
  }

  /** The holder in this process; absent without models, or when it is turned off. */
  public Optional<Executor> executor() {
    return parts.executor;
  }

  /** Who is told of what; absent without a sender. */
  public Optional<WebhookService> webhooks() {
    return parts.webhooks;
  }

  public Alerts alerts() {
    return parts.alerts;
  }

  public Queues queues() {
    return parts.queues;
  }

  public Insight insight() {
    return parts.insight;
  }

  public Batches batches() {
    return parts.batches;
  }

  public Schedules schedules() {
    return parts.schedules;
  }

  public DryRuns dryRuns() {
    return parts.dryRuns;
  }

  /** What lets schedules fire: {@link #start} starts it. */
  public Scheduler scheduler() {
    return parts.scheduler;
  }

  public Upkeep upkeep() {
    return parts.upkeep;
  }

  public TaskControl control() {
    return parts.control;
  }

  public Metrics figures() {
    return parts.figures;
  }

  public Replays replays() {
    return parts.replays;
  }

  /** Submits a prompt to {@link QueueName#DEFAULT} for {@link TenantId#DEFAULT}. */
  public TaskId submit(String prompt) {
    return submit(NewTask.of(prompt));
  }

  /** Submits for {@link TenantId#DEFAULT}. */
  public TaskId submit(NewTask task) {
    return await(parts.submissions.submit(TenantId.DEFAULT, task)).id();
  }

  /** Leases the next task of {@link QueueName#DEFAULT}; empty when none is ready. */
  public Optional<LeasedTask> lease(WorkerId worker, Duration lease) {
    return lease(QueueName.DEFAULT, worker, lease);
  }

  /** Leases the next task of a queue; empty when none is ready. */
  public Optional<LeasedTask> lease(QueueName queue, WorkerId worker, Duration lease) {
    LeaseRequest ask = new LeaseRequest(TenantId.DEFAULT, List.of(queue), worker, lease, 1);
    return await(parts.leasing.lease(ask)).stream().findFirst();
  }

  /** Stores the answer. */
  public void complete(LeasedTask task, String answer) {
    Settlement complete = Settlement.Complete.of(task.leaseId(), Completion.of(answer));
    await(parts.settling.settle(TenantId.DEFAULT, complete));
  }

  /** What people and calendars go by, which may jump. */
  public Instant wallTime() {
    return parts.calendar.instant();
  }

  /**
   * How far the clock that leases are counted by is ahead of the wall clock, which was set back; or
   * behind it, which is negative; in whole seconds. Of no consequence for leases and retries.
   */
  public Duration clockAhead() {
    long millis = Duration.between(parts.calendar.instant(), parts.clock.instant()).toMillis();
    return Duration.ofSeconds(millis / 1_000);
  }

  /** The task as it stands. */
  public Optional<Task> find(TaskId id) {
    return await(parts.tasks.find(TenantId.DEFAULT, id));
  }

  /** The answer's text, once there is one. */
  public Optional<String> answer(TaskId id) {
    return find(id).flatMap(Task::completion).map(Completion::content);
  }

  /**
   * Stops granting leases, gives back what the executor holds, ends the sweep, then closes the
   * models' client and the store.
   */
  @Override
  public void close() {
    parts.leasing.stop();
    parts.scheduler.close();
    parts.executor.ifPresent(Executor::close);
    parts.client.ifPresent(ModelClient::close);
    parts.webhooks.ifPresent(WebhookService::close);
    parts.sweeper.close();
    parts.rowReaders.close();
    parts.store.close();
  }

  /** Waits for a use case's answer, and throws a refusal as what it is. */
  @CanIgnoreReturnValue
  public static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof BatonException refusal) {
        // A new exception, so that the caller's stack is in it.
        throw new BatonException(
            refusal.code(), Optional.ofNullable(refusal.getMessage()).orElse(""), e);
      }
      // Not a refusal but a bug, of the store's or ours.
      throw new IllegalStateException("the call failed", e);
    }
  }

  /** What has no sane default is an argument of {@link #builder}; the rest is set here. */
  public static final class Builder {
    private final BatonOptions options;

    private Builder(Store store) {
      options = new BatonOptions(store);
    }

    /**
     * What leases, retries and pauses are counted by; it should not jump. Default: a {@link
     * SteadyClock}.
     */
    @CanIgnoreReturnValue
    public Builder clock(InstantSource clock) {
      options.clock = requireNonNull(clock, "clock");
      return this;
    }

    /**
     * What start times, deadlines, schedules and timestamps go by: the wall clock. Default: the
     * clock of {@link #clock}.
     */
    @CanIgnoreReturnValue
    public Builder calendar(InstantSource calendar) {
      options.calendar = requireNonNull(calendar, "calendar");
      return this;
    }

    /** Default: {@link UnguessableRandom}. Must be safe for use by several threads. */
    @CanIgnoreReturnValue
    public Builder random(RandomGenerator random) {
      options.random = requireNonNull(random, "random");
      return this;
    }

    /** Default: {@link Settings#DEFAULT}. */
    @CanIgnoreReturnValue
    public Builder settings(Settings settings) {
      options.settings = requireNonNull(settings, "settings");
      return this;
    }

    /** Is told when the store refuses the sweep, which goes on trying. Default: nobody is. */
    @CanIgnoreReturnValue
    public Builder onSweepRefused(Consumer<BatonException> listener) {
      options.onSweepRefused = requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Where schedules find rows and leave results, and how they write them. Default: nowhere, and
     * they are refused.
     */
    @CanIgnoreReturnValue
    public Builder files(BatchFiles files, RunFormat format) {
      options.files = requireNonNull(files, "files");
      options.runFormat = requireNonNull(format, "format");
      return this;
    }

    /** Who answers; closed with the Baton. Default: nobody but outside workers. */
    @CanIgnoreReturnValue
    public Builder models(ModelClient client) {
      options.client = requireNonNull(client, "client");
      return this;
    }

    /** What carries messages to webhooks; closed with the Baton. Default: there are none. */
    @CanIgnoreReturnValue
    public Builder webhooks(WebhookSender sender) {
      options.sender = requireNonNull(sender, "sender");
      return this;
    }

    /** The model of tasks that name none. Default: the first that is offered. */
    @CanIgnoreReturnValue
    public Builder defaultModel(ModelName model) {
      options.defaultModel = requireNonNull(model, "model");
      return this;
    }

    /** How the executor works. Default: {@link ExecutorSettings#DEFAULT}. */
    @CanIgnoreReturnValue
    public Builder executor(ExecutorSettings executor) {
      options.executor = requireNonNull(executor, "executor");
      return this;
    }

    /** Models are known, but only outside workers answer. */
    @CanIgnoreReturnValue
    public Builder withoutExecutor() {
      options.executor = null;
      return this;
    }

    /** Is told of a model's pause that people should look at. Default: nobody is. */
    @CanIgnoreReturnValue
    public Builder onAlert(Consumer<ModelPause> listener) {
      options.onAlert = requireNonNull(listener, "listener");
      return this;
    }

    public Baton build() {
      return new Baton(options);
    }
  }
}
