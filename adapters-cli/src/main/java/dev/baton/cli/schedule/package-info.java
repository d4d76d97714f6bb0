/** The commands of schedules. */
@NullMarked
package dev.baton.cli.schedule;

import org.jspecify.annotations.NullMarked;
