/** One class per command that looks at tasks or moves them. */
@NullMarked
package dev.baton.cli.task;

import org.jspecify.annotations.NullMarked;
