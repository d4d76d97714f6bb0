/** Schedules: when they are due, and the runs that they start. */
@NullMarked
package dev.baton.core.usecase.schedule;

import org.jspecify.annotations.NullMarked;
