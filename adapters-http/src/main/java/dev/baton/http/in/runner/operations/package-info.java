/** Metrics, status and what operators do: queues, workers, models. */
@NullMarked
package dev.baton.http.in.runner.operations;

import org.jspecify.annotations.NullMarked;
