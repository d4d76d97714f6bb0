/** A client and a router in one process: the one place where both sides of HTTP are known. */
@NullMarked
package dev.baton.http.local;

import org.jspecify.annotations.NullMarked;
