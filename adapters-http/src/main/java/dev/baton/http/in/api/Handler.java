package dev.baton.http.in.api;

/**
 * Answers one request. Runs on the server's I/O threads, many requests at once: it must not block,
 * sleep or wait for a lock that is held over I/O. What takes time answers {@link Reply#later}.
 */
@FunctionalInterface
public interface Handler {

  /**
   * A {@link dev.baton.core.domain.error.BatonException} is rendered by the route's dialect; any
   * other exception is a bug and becomes a 500.
   */
  Reply handle(Request request);
}
