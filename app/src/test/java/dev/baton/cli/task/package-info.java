/** Tests of the task commands. */
@NullMarked
package dev.baton.cli.task;

import org.jspecify.annotations.NullMarked;
