package dev.baton.http.out.upstream;

import java.util.concurrent.CompletableFuture;

/** A call under way. Thread-safe. */
public interface UpstreamCall {

  /** Never completes with an exception. Whatever is chained to it must be short. */
  CompletableFuture<UpstreamOutcome> outcome();

  /** Closes the connection; the outcome is {@code ABORTED} unless it was known before. */
  void abort();
}
