package dev.baton.core.domain.prompt;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a provider says of an answer beside its text.
 *
 * @param model that answered, which may be a fallback; where several providers offer it, the entry
 *     of the one that answered
 * @param finishReason in OpenAI's words: {@code stop}, {@code length} or {@code tool_calls}
 * @param toolCalls what the model wants called, as a JSON array in OpenAI's form
 * @param refusal why the model declines, in its own words
 * @param reasoning what the model thought before it answered, as far as the provider shows it
 * @param logprobs probabilities of the answer's tokens, as JSON in the provider's form
 * @param extras what else the provider put into its message, as a JSON object in its own form:
 *     sound, pictures, sources, signed thoughts ...
 */
public record ModelAnswer(
    ModelName model,
    String finishReason,
    Optional<String> toolCalls,
    Optional<String> refusal,
    Optional<String> reasoning,
    Optional<String> logprobs,
    Optional<String> extras) {
  public static final int MAX_REASON_LENGTH = 64;

  public ModelAnswer {
    requireNonNull(model, "model");
    finishReason = finishReason.substring(0, Math.min(finishReason.length(), MAX_REASON_LENGTH));
    requireNonNull(toolCalls, "toolCalls");
    requireNonNull(refusal, "refusal");
    requireNonNull(reasoning, "reasoning");
    requireNonNull(logprobs, "logprobs");
    requireNonNull(extras, "extras");
  }

  /** One that says why it ended, and what the model wants called. */
  public ModelAnswer(ModelName model, String finishReason, Optional<String> toolCalls) {
    this(
        model,
        finishReason,
        toolCalls,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, given by {@code other}. */
  public ModelAnswer by(ModelName other) {
    return new ModelAnswer(other, finishReason, toolCalls, refusal, reasoning, logprobs, extras);
  }

  /** Which of its texts can't be kept to the letter, and why. */
  public Optional<String> problem() {
    return toolCalls
        .flatMap(TextRules::problemInJson)
        .or(() -> logprobs.flatMap(TextRules::problemInJson))
        .or(() -> extras.flatMap(TextRules::problemInJson))
        .or(() -> refusal.flatMap(TextRules::problem))
        .or(() -> reasoning.flatMap(TextRules::problem))
        .or(() -> TextRules.problem(finishReason));
  }
}
