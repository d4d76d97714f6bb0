/** The refusals of the core: one unchecked exception, one exhaustive list of codes. */
@NullMarked
package dev.baton.core.domain.error;

import org.jspecify.annotations.NullMarked;
