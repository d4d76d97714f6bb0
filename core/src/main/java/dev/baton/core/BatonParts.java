package dev.baton.core;

import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.ModelClient;
import dev.baton.core.port.Store;
import dev.baton.core.runtime.RowThreads;
import dev.baton.core.usecase.batch.BatchLife;
import dev.baton.core.usecase.batch.BatchParts;
import dev.baton.core.usecase.batch.BatchWalk;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.core.usecase.idempotency.IdempotencyKeys;
import dev.baton.core.usecase.idempotency.Replays;
import dev.baton.core.usecase.insight.Insight;
import dev.baton.core.usecase.insight.Metrics;
import dev.baton.core.usecase.insight.Statistics;
import dev.baton.core.usecase.model.Executor;
import dev.baton.core.usecase.model.ExecutorParts;
import dev.baton.core.usecase.model.ExecutorSettings;
import dev.baton.core.usecase.model.Models;
import dev.baton.core.usecase.schedule.DryRuns;
import dev.baton.core.usecase.schedule.Firings;
import dev.baton.core.usecase.schedule.ScheduledWork;
import dev.baton.core.usecase.schedule.Scheduler;
import dev.baton.core.usecase.schedule.Schedules;
import dev.baton.core.usecase.task.Counters;
import dev.baton.core.usecase.task.DueTasks;
import dev.baton.core.usecase.task.LeasedWork;
import dev.baton.core.usecase.task.Leasing;
import dev.baton.core.usecase.task.Queues;
import dev.baton.core.usecase.task.Settling;
import dev.baton.core.usecase.task.Submissions;
import dev.baton.core.usecase.task.TaskControl;
import dev.baton.core.usecase.task.Tasks;
import dev.baton.core.usecase.task.Transitions;
import dev.baton.core.usecase.task.WorkerPresence;
import dev.baton.core.usecase.upkeep.Sweeper;
import dev.baton.core.usecase.upkeep.Upkeep;
import dev.baton.core.usecase.webhook.Alerts;
import dev.baton.core.usecase.webhook.WebhookService;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that a {@link Baton} is made of, joined. */
final class BatonParts {
  private static final ModelName ANY_MODEL = new ModelName("default");

  final Store store;
  final Submissions submissions;
  final Leasing leasing;
  final LeasedWork leasedWork;
  final Settling settling;
  final Tasks tasks;
  final Queues queues;
  final InstantSource clock;
  final InstantSource calendar;
  final Insight insight;
  final Upkeep upkeep;
  final Batches batches;
  final RowThreads rowReaders = new RowThreads();
  final Models models;
  final Optional<Executor> executor;
  final Optional<ModelClient> client;
  final Metrics figures;
  final TaskControl control;
  final Replays replays;
  final Alerts alerts;
  final Optional<WebhookService> webhooks;
  final Sweeper sweeper;
  final Schedules schedules;
  final DryRuns dryRuns;
  final Scheduler scheduler;

  BatonParts(BatonOptions options) {
    this.store = options.store;
    Counters counters = new Counters();
    InstantSource clock = options.clock;
    calendar = options.calendar();
    this.clock = clock;
    Submissions.Clocks clocks = new Submissions.Clocks(clock, calendar);
    Transitions transitions = new Transitions();
    BatchLife batchLife = new BatchLife(transitions);
    transitions.addListener(batchLife);
    transitions.addListener(new Statistics());
    submissions =
        new Submissions(
            store, clocks, options.random, options.settings, counters, transitions, batchLife);
    settling =
        new Settling(
            store, clock, options.random, counters, transitions, options.settings.headStart());
    WorkerPresence askers = new WorkerPresence(clock.instant());
    leasing = new Leasing(store, clock, options.settings, counters, settling, askers, transitions);
    leasedWork = new LeasedWork(store, clock, options.settings);
    tasks = new Tasks(store);
    queues = new Queues(store, clock, transitions);
    BatchWalk walk = new BatchWalk(store, clock, calendar, options.settings, transitions);
    DueTasks due = new DueTasks(transitions);
    upkeep = new Upkeep(store, clock, calendar, options.settings, counters, due, walk);
    alerts = new Alerts(store, clock);
    store.addEventListener(alerts);
    client = Optional.ofNullable(options.client);
    models = models(store, clock, client, options.defaultModel, askers);
    batches =
        new Batches(
            new BatchParts(
                store,
                clock,
                calendar,
                options.random,
                options.settings,
                models,
                counters,
                transitions,
                batchLife,
                walk),
            rowReaders);
    executor =
        client.flatMap(
            asked ->
                executor(
                    store,
                    new ExecutorParts(
                        asked,
                        models,
                        leasing,
                        leasedWork,
                        settling,
                        askers,
                        clock,
                        (fault, pause) -> {
                          options.onAlert.accept(pause);
                          alert(fault, pause);
                        }),
                    options.executor));
    insight = new Insight(store, clock, counters, leasing, askers, models);
    figures = new Metrics(store, clock, calendar);
    control = new TaskControl(store, clocks, options.settings, transitions);
    replays = new Replays(store, clock, new IdempotencyKeys(options.settings.keyRetention()));
    webhooks =
        Optional.ofNullable(options.sender)
            .map(sender -> new WebhookService(store, clock, calendar, options.random, sender));
    sweeper = new Sweeper(upkeep, leasing, models, options.onSweepRefused.andThen(alerts::refused));
    BatchFiles files = options.files;
    schedules = new Schedules(store, calendar, options.random, files, rowReaders);
    dryRuns = new DryRuns(files, models, batches);
    Firings firings = new Firings(store, calendar);
    scheduler =
        new Scheduler(
            firings,
            new ScheduledWork(firings, batches, files, dryRuns, models, options.runFormat),
            options.onSweepRefused.andThen(alerts::refused));
  }

  private void alert(ModelFault fault, ModelPause pause) {
    if (fault == ModelFault.CIRCUIT_OPEN) {
      String provider =
          models.find(pause.model()).map(ModelSpec::provider).orElse(pause.model().value());
      alerts.circuitOpened(provider, pause);
    } else {
      alerts.paused(pause);
    }
  }

  private static Models models(
      Store store,
      InstantSource clock,
      Optional<ModelClient> client,
      @Nullable ModelName defaultModel,
      WorkerPresence askers) {
    List<ModelSpec> offered = client.map(ModelClient::models).orElse(List.of());
    Optional<ModelName> preferred = Optional.ofNullable(defaultModel);
    if (client.isPresent() && offered.isEmpty()) {
      // Any name is taken, so one is as good as another.
      preferred = preferred.or(() -> Optional.of(ANY_MODEL));
    }
    return new Models(store, clock, offered, preferred, askers);
  }

  /** Listens to the store from now on; absent when it is turned off. */
  private static Optional<Executor> executor(
      Store store, ExecutorParts parts, @Nullable ExecutorSettings chosen) {
    if (chosen == null) {
      return Optional.empty();
    }
    Executor made = new Executor(parts, chosen);
    store.addReadyListener(made);
    store.addEventListener(made);
    return Optional.of(made);
  }
}
