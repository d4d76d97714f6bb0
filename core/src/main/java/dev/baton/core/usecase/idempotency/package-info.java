/** Keys that clients choose, so that what is asked twice is done once. */
@NullMarked
package dev.baton.core.usecase.idempotency;

import org.jspecify.annotations.NullMarked;
