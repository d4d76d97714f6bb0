/** What the bridge dialect promises, tried without sockets and then through the server. */
@NullMarked
package dev.baton.http.in.bridge;

import org.jspecify.annotations.NullMarked;
