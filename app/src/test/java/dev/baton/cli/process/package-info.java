/** Tests of programs as workers, with real programs. */
@NullMarked
package dev.baton.cli.process;

import org.jspecify.annotations.NullMarked;
