/** The client against the server that it is made for. */
@NullMarked
package dev.baton.http.local;

import org.jspecify.annotations.NullMarked;
