/** Batches of the runner dialect, under {@code /api/v1/batches}. */
@NullMarked
package dev.baton.http.in.runner.batch;

import org.jspecify.annotations.NullMarked;
