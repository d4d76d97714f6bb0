package dev.baton.core.domain.prompt;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a model is to be asked, beyond the text; an outside worker may do as it likes.
 *
 * @param messages what is sent instead of the prompt's text, which is then a label
 * @param temperature from 0 to 2
 * @param maxTokens of the answer, at least 1
 * @param stream whether the answer's pieces are kept while it runs, for readers who follow it
 */
public record Parameters(
    Optional<Messages> messages,
    OptionalDouble temperature,
    OptionalInt maxTokens,
    Options options,
    boolean stream) {
  public static final double TEMPERATURE_MAX = 2;

  public static final Parameters NONE =
      new Parameters(
          Optional.empty(), OptionalDouble.empty(), OptionalInt.empty(), Options.NONE, false);

  public Parameters {
    requireNonNull(messages, "messages");
    requireNonNull(options, "options");
    temperature.ifPresent(
        t ->
            checkArgument(t >= 0 && t <= TEMPERATURE_MAX, "temperature is from 0 to 2, was %s", t));
    maxTokens.ifPresent(n -> checkArgument(n >= 1, "maxTokens is at least 1, was %s", n));
  }
}
