package dev.baton.app;

import dev.baton.core.Baton;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.usecase.insight.Metrics;
import dev.baton.core.usecase.model.Executor;
import dev.baton.http.in.ops.GaugeValues;
import java.util.HashMap;
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
        stored.map(all -> new GaugeValues.Stored(all.batches(), all.pendingDeliveries())),
        baton.webhooks().map(service -> service.mailing().counts()),
        baton.executor().map(executor -> calls(baton, executor)).orElse(Map.of()));
  }

  /** A model that is offered has its series also while it is not called. */
  private static Map<ModelName, Integer> calls(Baton baton, Executor executor) {
    Map<ModelName, Integer> calls = new HashMap<>();
    baton.models().offered().stream().map(ModelSpec::name).forEach(name -> calls.put(name, 0));
    calls.putAll(executor.calls());
    return calls;
  }
}
