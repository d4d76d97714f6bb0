/** Tests of the command line as a whole, and what the tests of commands share. */
@NullMarked
package dev.baton.cli;

import org.jspecify.annotations.NullMarked;
