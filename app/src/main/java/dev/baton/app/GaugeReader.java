package dev.baton.app;

import dev.baton.core.Baton;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.usecase.insight.Metrics;
import dev.baton.core.usecase.model.Executor;
import dev.baton.core.usecase.task.Submissions;
import dev.baton.http.in.ops.GaugeValues;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks the core how much there is, for a scrape. */
final class GaugeReader {

  private GaugeReader() {}

  static CompletableFuture<GaugeValues> read(Baton baton) {
    return baton
        .figures()
        .depths()
        .handle((stored, thrown) -> depths(baton, Optional.ofNullable(stored)));
  }

  private static GaugeValues depths(Baton baton, Optional<Metrics.Depths> stored) {
    return new GaugeValues(
        stored.map(
            all ->
                new GaugeValues.Stored(
                    all.batches(), all.pendingDeliveries(), queues(all.queues(), baton))),
        baton.webhooks().map(service -> service.mailing().counts()),
        baton.executor().map(executor -> calls(baton, executor)).orElse(Map.of()));
  }

  /** The queues that are always there have their series also while they are empty. */
  private static Map<QueueName, GaugeValues.Queue> queues(
      List<Metrics.QueueDepth> depths, Baton baton) {
    Map<QueueName, GaugeValues.Queue> queues = new HashMap<>();
    Submissions.defaultQueues()
        .forEach(
            name -> queues.put(name, new GaugeValues.Queue(0, 0, 0, Duration.ZERO, Duration.ZERO)));
    for (Metrics.QueueDepth depth : depths) {
      GaugeValues.Queue queue =
          new GaugeValues.Queue(
              depth.held(),
              depth.ready(),
              depth.leased(),
              age(depth.readySince(), baton.wallTime()),
              age(depth.leasedSince(), baton.insight().now()));
      queues.merge(depth.queue(), queue, GaugeValues.Queue::plus);
    }
    return queues;
  }

  private static Duration age(Optional<Instant> since, Instant now) {
    return since.filter(now::isAfter).map(at -> Duration.between(at, now)).orElse(Duration.ZERO);
  }

  /** A model that is offered has its series also while it is not called. */
  private static Map<ModelName, Integer> calls(Baton baton, Executor executor) {
    Map<ModelName, Integer> calls = new HashMap<>();
    baton.models().offered().stream().map(ModelSpec::name).forEach(name -> calls.put(name, 0));
    calls.putAll(executor.calls());
    return calls;
  }
}
