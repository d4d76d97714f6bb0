/**
 * The HTTP server. In front of every handler stands the same chain: gate (what is not strictly HTTP
 * never gets further), request id, CORS, body, error boundary. Nothing else knows Undertow.
 */
@NullMarked
package dev.baton.http.in.transport;

import org.jspecify.annotations.NullMarked;
