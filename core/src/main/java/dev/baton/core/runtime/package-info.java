/**
 * The loops that move work along without being asked. Each is a {@code runOnce} that tests call,
 * and the only place of the core where threads live.
 */
@NullMarked
package dev.baton.core.runtime;

import org.jspecify.annotations.NullMarked;
