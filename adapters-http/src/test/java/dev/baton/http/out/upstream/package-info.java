/** Calls of servers that behave and that do not. */
@NullMarked
package dev.baton.http.out.upstream;

import org.jspecify.annotations.NullMarked;
