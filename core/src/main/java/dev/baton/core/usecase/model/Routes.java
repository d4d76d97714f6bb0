package dev.baton.core.usecase.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which entries of the configuration may answer for a model. A model that several providers offer
 * has an entry for each; tasks ask for the model, or for one entry by its own name. Immutable.
 */
final class Routes {
  private static final double UNIT = 0x1.0p-53;

  private final Map<ModelName, ModelSpec> entries = new LinkedHashMap<>();
  private final Map<ModelName, List<ModelSpec>> byName = new LinkedHashMap<>();

  /**
   * The entries that may answer for one name.
   *
   * @param own those of the model itself, in the order in which they are asked
   * @param fallbacks those of its fallbacks, which never repeat an own one
   */
  record Route(List<ModelName> own, List<ModelName> fallbacks) {
    Route {
      own = List.copyOf(own);
      fallbacks = List.copyOf(fallbacks);
    }

    /** One for each attempt, from the front again when all were asked. */
    List<ModelName> all() {
      List<ModelName> all = new ArrayList<>(own);
      all.addAll(fallbacks);
      return all;
    }

    /** Those to choose from: the own ones, and the fallbacks only while all of those are paused. */
    List<ModelName> open(Set<ModelName> paused) {
      return paused.containsAll(own) ? without(fallbacks, paused) : without(own, paused);
    }

    private static List<ModelName> without(List<ModelName> names, Set<ModelName> paused) {
      return names.stream().filter(name -> !paused.contains(name)).toList();
    }
  }

  Routes(List<ModelSpec> specs) {
    for (ModelSpec spec : specs) {
      if (entries.putIfAbsent(spec.name(), spec) == null) {
        byName.computeIfAbsent(spec.offeredAs(), name -> new ArrayList<>()).add(spec);
      }
    }
    byName.values().forEach(list -> list.sort(Comparator.comparingInt(ModelSpec::order)));
  }

  /** The entries, in the order of the configuration. */
  Collection<ModelSpec> entries() {
    return entries.values();
  }

  /** The models that are offered, each once. */
  Set<ModelName> models() {
    return byName.keySet();
  }

  /** Whatever a task may ask for: models, and entries by their own names. */
  Set<ModelName> names() {
    Set<ModelName> names = new LinkedHashSet<>(byName.keySet());
    names.addAll(entries.keySet());
    return names;
  }

  /** The entries of a name, the first to be asked first; empty when it is not offered. */
  List<ModelSpec> of(ModelName name) {
    ModelSpec entry = entries.get(name);
    return byName.getOrDefault(name, entry == null ? List.of() : List.of(entry));
  }

  /** The route of a name, where each entry has its place by its order alone. */
  Route route(ModelName name) {
    return route(name, of(name));
  }

  /** The route of one task: among entries of equal order each is first as often as it weighs. */
  Route route(ModelName name, TaskId task) {
    List<ModelSpec> own = new ArrayList<>(of(name));
    if (own.size() > 1) {
      own.sort(
          Comparator.comparingInt(ModelSpec::order)
              .thenComparingDouble(spec -> draw(task, spec) / spec.weight()));
    }
    return route(name, own);
  }

  private Route route(ModelName name, List<ModelSpec> own) {
    if (own.isEmpty()) {
      return new Route(List.of(name), List.of());
    }
    List<ModelName> first = own.stream().map(ModelSpec::name).toList();
    Set<ModelName> fallbacks = new LinkedHashSet<>();
    for (ModelSpec spec : own) {
      for (ModelName fallback : spec.fallbacks()) {
        of(fallback).forEach(entry -> fallbacks.add(entry.name()));
      }
    }
    first.forEach(fallbacks::remove);
    return new Route(first, List.copyOf(fallbacks));
  }

  /** Exponentially distributed, and the same for each attempt of a task. */
  private static double draw(TaskId task, ModelSpec spec) {
    long bits =
        Hashing.murmur3_128().hashString(task.value() + "\n" + spec.name(), UTF_8).asLong() >>> 11;
    return -Math.log((bits + 1) * UNIT);
  }
}
