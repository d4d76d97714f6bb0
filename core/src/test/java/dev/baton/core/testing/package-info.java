/**
 * What tests stand on, also those of programs that embed Baton (the artifact {@code baton-core}
 * with the classifier {@code testing}): a clock that is moved by hand, a store that keeps
 * everything in memory, models and webhook receivers that do what the test says, and stores that
 * forward to another. The store passes the contract that the durable ones pass.
 */
@NullMarked
package dev.baton.core.testing;

import org.jspecify.annotations.NullMarked;
