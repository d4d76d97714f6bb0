/**
 * The runner dialect (seed 2) under {@code /api/v1}: tasks, batches, scheduled tasks, metrics,
 * status and webhooks. One class per group of routes, each of which reads the request, calls a use
 * case and writes the envelope.
 */
@NullMarked
package dev.baton.http.in.runner;

import org.jspecify.annotations.NullMarked;
