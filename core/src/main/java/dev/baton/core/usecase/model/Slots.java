package dev.baton.core.usecase.model;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelSpec;
import java.util.HashMap;
import java.util.Map;

/** Places for calls: in all, for each model, for each tenant. For one thread at a time. */
final class Slots {
  private final ExecutorSettings settings;
  private final Models models;
  private final Multiset<ModelName> byModel = HashMultiset.create();
  private final Multiset<TenantId> byTenant = HashMultiset.create();

  Slots(ExecutorSettings settings, Models models) {
    this.settings = settings;
    this.models = models;
  }

  void take(TenantId tenant, ModelName model) {
    byTenant.add(tenant);
    byModel.add(model);
  }

  void free(TenantId tenant, ModelName model) {
    byTenant.remove(tenant);
    byModel.remove(model);
  }

  /** Calls under way, by model. */
  Map<ModelName, Integer> byModel() {
    Map<ModelName, Integer> calls = new HashMap<>();
    byModel.forEachEntry(calls::put);
    return calls;
  }

  int running() {
    return byTenant.size();
  }

  /** Room for calls of anybody's. */
  int room() {
    return Math.max(0, settings.concurrency() - byTenant.size());
  }

  int room(TenantId tenant) {
    return Math.min(room(), Math.max(0, settings.perTenant() - byTenant.count(tenant)));
  }

  /** Room for calls of a model, wherever else there is room. */
  int room(ModelName model) {
    return Math.max(0, bound(model) - byModel.count(model));
  }

  private int bound(ModelName model) {
    return models.find(model).map(ModelSpec::concurrency).orElse(settings.concurrency());
  }

  /** The models without room, with their bounds. */
  Map<ModelName, Integer> full() {
    Map<ModelName, Integer> full = new HashMap<>();
    for (ModelName model : byModel.elementSet()) {
      if (room(model) == 0) {
        full.put(model, bound(model));
      }
    }
    return full;
  }
}
