package dev.baton.core.usecase.batch;

import static java.util.Objects.requireNonNull;

import dev.baton.core.port.Store;
import dev.baton.core.usecase.model.Models;
import dev.baton.core.usecase.task.Counters;
import dev.baton.core.usecase.task.Settings;
import dev.baton.core.usecase.task.Transitions;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What batches are made of.
 *
 * @param random must be safe for use by several threads
 * @param life must listen to {@code transitions}
 */
public record BatchParts(
    Store store,
    InstantSource clock,
    InstantSource calendar,
    RandomGenerator random,
    Settings settings,
    Models models,
    Counters counters,
    Transitions transitions,
    BatchLife life,
    BatchWalk walk) {
  public BatchParts {
    requireNonNull(store, "store");
    requireNonNull(clock, "clock");
    requireNonNull(calendar, "calendar");
    requireNonNull(random, "random");
    requireNonNull(settings, "settings");
    requireNonNull(models, "models");
    requireNonNull(counters, "counters");
    requireNonNull(transitions, "transitions");
    requireNonNull(life, "life");
    requireNonNull(walk, "walk");
  }
}
