package dev.baton.core.domain.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.TextRules;
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

  /** Why it can't be kept to the letter, if it can't; nobody may record such an answer. */
  public Optional<String> problem() {
    return TextRules.problem(content)
        .or(() -> traceId.flatMap(TextRules::problem))
        .or(() -> modelAnswer.flatMap(ModelAnswer::problem));
  }

  public static Completion of(String content) {
    return new Completion(content, Optional.empty(), Optional.empty());
  }
}
