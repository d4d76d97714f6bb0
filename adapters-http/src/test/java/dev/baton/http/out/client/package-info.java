/** The client against the server that it is made for. */
@NullMarked
package dev.baton.http.out.client;

import org.jspecify.annotations.NullMarked;
