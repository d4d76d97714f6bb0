package dev.baton.core.usecase.batch;

import dev.baton.core.port.Store;
import dev.baton.core.usecase.model.Models;
import dev.baton.core.usecase.task.Counters;
import dev.baton.core.usecase.task.Settings;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** What those share who do something to batches. */
record BatchMeans(Batches.Parts parts, BatchWalk walk) {

  Store store() {
    return parts.store();
  }

  InstantSource clock() {
    return parts.clock();
  }

  RandomGenerator random() {
    return parts.random();
  }

  Settings settings() {
    return parts.settings();
  }

  Models models() {
    return parts.models();
  }

  Counters counters() {
    return parts.counters();
  }
}
