package dev.baton.core.usecase.model;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Places for calls: in all, for each model, for each tenant. For one thread at a time. */
final class Slots {
  private final ExecutorSettings settings;
  private final Models models;
  private final Multiset<ModelName> byModel = HashMultiset.create();
  private final Multiset<TenantId> byTenant = HashMultiset.create();
  private final Set<ModelName> recovering = new HashSet<>();

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

  /** Room for calls that a route leads to. */
  int room(Routes.Route route, Set<ModelName> paused) {
    return route.open(paused).stream().mapToInt(this::room).sum();
  }

  /** It was paused because nothing went well: one call at a time, until one does. */
  void recovers(ModelName model) {
    recovering.add(model);
  }

  /** A call went well enough. */
  void isWell(ModelName model) {
    recovering.remove(model);
  }

  private int bound(ModelName model) {
    if (recovering.contains(model)) {
      return 1;
    }
    return models.find(model).map(ModelSpec::concurrency).orElse(settings.concurrency());
  }

  /** The models without room, with their bounds. */
  Map<ModelName, Integer> full() {
    Map<ModelName, Integer> full = new HashMap<>();
    if (byModel.isEmpty()) {
      return full;
    }
    Set<ModelName> paused = models.pausedNames();
    for (ModelName name : models.routes().names()) {
      List<ModelName> open = models.routes().route(name).open(paused);
      if (!open.isEmpty() && open.stream().allMatch(entry -> room(entry) == 0)) {
        full.put(name, open.stream().mapToInt(this::bound).sum());
      }
    }
    for (ModelName model : byModel.elementSet()) {
      if (models.find(model).isEmpty() && room(model) == 0) {
        full.put(model, bound(model));
      }
    }
    return full;
  }
}
