package dev.baton.core.usecase;

import dev.baton.core.port.Store;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** What those share who do something to batches. */
record BatchMeans(
    Store store, InstantSource clock, RandomGenerator random, Settings settings, BatchWalk walk) {}
