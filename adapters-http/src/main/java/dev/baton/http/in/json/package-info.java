/** JSON bodies: the members of an object are declared once, and read from the bytes in one pass. */
@NullMarked
package dev.baton.http.in.json;

import org.jspecify.annotations.NullMarked;
