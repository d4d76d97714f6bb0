/**
 * The HTTP server and what its dialects are made of. A dialect is a list of {@link
 * dev.baton.http.in.server.Route routes}; each has a {@link dev.baton.http.in.server.Handler} from
 * {@link dev.baton.http.in.server.Request} to {@link dev.baton.http.in.server.Reply} that knows no
 * socket and is tested as a function. In front of every handler stands the same chain: gate (what
 * is not strictly HTTP never gets further), request id, CORS, body, error boundary.
 */
@NullMarked
package dev.baton.http.in.server;

import org.jspecify.annotations.NullMarked;
