/**
 * What tests of every module stand on: a clock that is moved by hand and a store that keeps
 * everything in memory. The store passes the contract that the durable ones pass.
 */
@NullMarked
package dev.baton.core.testing;

import org.jspecify.annotations.NullMarked;
