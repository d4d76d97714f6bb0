package dev.baton.core.domain.task;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** An answer: its text (which may be empty), what it cost, and the worker's trace id. */
public record Completion(String content, Optional<Usage> usage, Optional<String> traceId) {

  public Completion {
    requireNonNull(content, "content");
    requireNonNull(usage, "usage");
    requireNonNull(traceId, "traceId");
  }

  public static Completion of(String content) {
    return new Completion(content, Optional.empty(), Optional.empty());
  }
}
