/** The command line: the table of commands and the way from an exception to an exit code. */
@NullMarked
package dev.baton.cli;

import org.jspecify.annotations.NullMarked;
