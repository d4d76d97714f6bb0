/** Batches: made from rows, started, paused, ended, and their results. */
@NullMarked
package dev.baton.core.usecase.batch;

import org.jspecify.annotations.NullMarked;
