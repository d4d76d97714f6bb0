/** Arithmetic of figures. */
@NullMarked
package dev.baton.core.domain.stats;

import org.jspecify.annotations.NullMarked;
