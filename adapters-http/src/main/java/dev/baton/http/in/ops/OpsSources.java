package dev.baton.http.in.ops;

import dev.baton.core.usecase.task.Counters;
import dev.baton.http.in.transport.ServerStats;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Where the answers come from. All are asked on I/O threads, so none may block.
 *
 * @param values does not fail: what can't be told is left out
 */
public record OpsSources(
    InstantSource clock,
    Supplier<Counters.Snapshot> work,
    Supplier<Readiness> readiness,
    Supplier<ServerStats> http,
    Supplier<CompletableFuture<GaugeValues>> values) {}
