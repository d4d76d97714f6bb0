/**
 * What callers of the use cases may rely on, whatever store lies below. {@link
 * dev.baton.core.usecase.LifecycleContract} is the sum of the suites here.
 */
@NullMarked
package dev.baton.core.usecase;

import org.jspecify.annotations.NullMarked;
