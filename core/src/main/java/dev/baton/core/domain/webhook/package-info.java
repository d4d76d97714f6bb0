/** Who wants to be told of what, and what became of each telling. */
@NullMarked
package dev.baton.core.domain.webhook;

import org.jspecify.annotations.NullMarked;
