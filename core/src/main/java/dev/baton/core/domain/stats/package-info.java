/** Figures about many tasks: what ended in a stretch of time, and how long it took. */
@NullMarked
package dev.baton.core.domain.stats;

import org.jspecify.annotations.NullMarked;
