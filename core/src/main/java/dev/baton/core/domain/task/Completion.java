package dev.baton.core.domain.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.prompt.ModelAnswer;
import java.util.Optional;

/**
 * An answer: its text (which may be empty), what it cost, the worker's trace id, and what the
 * provider said of it when a model was asked by Baton itself.
 */
public record Completion(
    String content,
    Optional<Usage> usage,
    Optional<String> traceId,
    Optional<ModelAnswer> modelAnswer) {

  public Completion {
    requireNonNull(content, "content");
    requireNonNull(usage, "usage");
    requireNonNull(traceId, "traceId");
    requireNonNull(modelAnswer, "modelAnswer");
  }

  public Completion(String content, Optional<Usage> usage, Optional<String> traceId) {
    this(content, usage, traceId, Optional.empty());
  }

  public static Completion of(String content) {
    return new Completion(content, Optional.empty(), Optional.empty());
  }
}
