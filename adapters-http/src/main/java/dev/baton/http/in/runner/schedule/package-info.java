/** Schedules of the runner dialect, under {@code /api/v1/scheduled-tasks}. */
@NullMarked
package dev.baton.http.in.runner.schedule;

import org.jspecify.annotations.NullMarked;
