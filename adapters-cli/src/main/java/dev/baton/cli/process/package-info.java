/** Outside programs as workers: the only place where processes are started. */
@NullMarked
package dev.baton.cli.process;

import org.jspecify.annotations.NullMarked;
