/**
 * What a dialect is made of. A {@link dev.baton.http.in.api.Dialect} is a list of {@link
 * dev.baton.http.in.api.Route routes}; each has a {@link dev.baton.http.in.api.Handler} from {@link
 * dev.baton.http.in.api.Request} to {@link dev.baton.http.in.api.Reply} that knows no socket and is
 * tested as a function.
 */
@NullMarked
package dev.baton.http.in.api;

import org.jspecify.annotations.NullMarked;
