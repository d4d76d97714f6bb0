/** Puts the parts together: the only place where an adapter is made. */
@NullMarked
package dev.baton.app;

import org.jspecify.annotations.NullMarked;
