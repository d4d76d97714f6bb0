/**
 * What a task is and what may happen to it.
 *
 * <p>A {@link dev.baton.core.domain.task.Task} is one prompt to be answered. It is <i>held</i>
 * until its gates open, <i>ready</i> until a worker takes a {@link
 * dev.baton.core.domain.task.Lease} on it, and ends <i>succeeded</i>, <i>dead</i> or
 * <i>cancelled</i>. The full picture is in {@code docs/task-lifecycle.md}.
 *
 * <p>Everything here is immutable and free of I/O: no clock is read, no random number drawn. Time
 * and randomness arrive as arguments.
 */
@NullMarked
package dev.baton.core.domain.task;

import org.jspecify.annotations.NullMarked;
