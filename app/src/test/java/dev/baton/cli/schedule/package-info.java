/** Tests of the commands of schedules, through the whole command line. */
@NullMarked
package dev.baton.cli.schedule;

import org.jspecify.annotations.NullMarked;
