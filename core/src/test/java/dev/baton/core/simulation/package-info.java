/**
 * The core in a storm: many workers and clients that crash, pause, repeat themselves and speak out
 * of turn, a store that fails before and after it commits, and time that leaps, all drawn from one
 * seed on one thread. Whatever happens, the rules of {@link dev.baton.core.simulation.Rule} hold; a
 * run that breaks one names its seed, and the same seed breaks it again.
 */
@NullMarked
package dev.baton.core.simulation;

import org.jspecify.annotations.NullMarked;
