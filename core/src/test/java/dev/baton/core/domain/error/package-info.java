/** What refusals and messages say. */
@NullMarked
package dev.baton.core.domain.error;

import org.jspecify.annotations.NullMarked;
