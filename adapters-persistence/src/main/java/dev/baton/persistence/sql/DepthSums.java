package dev.baton.persistence.sql;

import dev.baton.core.port.TaskRows.Depth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Adds up the counts of one queue and state that came from several indexes. */
final class DepthSums {

  private DepthSums() {}

  static Collector<Depth, ?, List<Depth>> collector() {
    return Collectors.collectingAndThen(
        Collectors.toMap(
            depth -> List.of(depth.queue(), depth.state()),
            depth -> depth,
            (a, b) -> new Depth(a.queue(), a.state(), a.count() + b.count()),
            LinkedHashMap::new),
        (Map<List<?>, Depth> sums) -> new ArrayList<>(sums.values()));
  }
}
