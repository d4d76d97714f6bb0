package dev.baton.core.domain.prompt;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a provider says of an answer beside its text.
 *
 * @param model that answered, which may be a fallback
 * @param finishReason in OpenAI's words: {@code stop}, {@code length}, {@code tool_calls}, {@code
 *     content_filter}
 * @param toolCalls what the model wants called, as a JSON array in OpenAI's form
 */
public record ModelAnswer(ModelName model, String finishReason, Optional<String> toolCalls) {
  public static final int MAX_REASON_LENGTH = 64;

  public ModelAnswer {
    requireNonNull(model, "model");
    finishReason = finishReason.substring(0, Math.min(finishReason.length(), MAX_REASON_LENGTH));
    requireNonNull(toolCalls, "toolCalls");
  }
}
