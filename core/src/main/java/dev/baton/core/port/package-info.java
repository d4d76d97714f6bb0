/**
 * What the core asks of the outside. Each port states units, errors and threads, and has a contract
 * suite in the tests that every implementation extends.
 */
@NullMarked
package dev.baton.core.port;

import org.jspecify.annotations.NullMarked;
