/** Tasks of the runner dialect, under {@code /api/v1/tasks}. */
@NullMarked
package dev.baton.http.in.runner.task;

import org.jspecify.annotations.NullMarked;
