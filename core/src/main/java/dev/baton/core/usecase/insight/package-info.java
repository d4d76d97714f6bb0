/** What a Baton knows of itself: counts, metrics, and why a task waits. */
@NullMarked
package dev.baton.core.usecase.insight;

import org.jspecify.annotations.NullMarked;
