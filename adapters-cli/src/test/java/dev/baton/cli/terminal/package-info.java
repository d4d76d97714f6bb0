/** Tests of what is written for a terminal. */
@NullMarked
package dev.baton.cli.terminal;

import org.jspecify.annotations.NullMarked;
