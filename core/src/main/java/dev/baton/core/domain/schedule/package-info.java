/** Schedules: when a file of rows becomes a batch, and what came of it each time. */
@NullMarked
package dev.baton.core.domain.schedule;

import org.jspecify.annotations.NullMarked;
