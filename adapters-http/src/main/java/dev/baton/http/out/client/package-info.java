/** Baton as a client of another Baton: seed 1's dialect with its extensions, from the other end. */
@NullMarked
package dev.baton.http.out.client;

import org.jspecify.annotations.NullMarked;
