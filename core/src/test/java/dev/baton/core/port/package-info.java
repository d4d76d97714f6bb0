/**
 * What every implementation of a port must do. {@link dev.baton.core.port.StoreContract} is the sum
 * of the suites here: extend that one, say how a store is made, and add nothing.
 */
@NullMarked
package dev.baton.core.port;

import org.jspecify.annotations.NullMarked;
