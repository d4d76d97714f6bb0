package dev.baton.core.domain.prompt;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * What a worker is to answer: a text that is not blank, the submitter's metadata, and how a model
 * is to be asked.
 */
public record Prompt(String text, Metadata metadata, Parameters parameters) {

  public Prompt {
    checkArgument(!text.isBlank(), "a prompt has text");
    requireNonNull(metadata, "metadata");
    requireNonNull(parameters, "parameters");
  }

  public Prompt(String text, Metadata metadata) {
    this(text, metadata, Parameters.NONE);
  }

  public static Prompt of(String text) {
    return new Prompt(text, Metadata.EMPTY);
  }

  /**
   * Whether what a worker is asked comes to {@code max} characters (Unicode code points) or fewer:
   * the text, and the messages taken twice, because some are handed them as a list and as one text.
   */
  public boolean isWithin(int max) {
    return characters(text) <= max
        && parameters
            .messages()
            .map(messages -> 2L * characters(messages.json()) <= max)
            .orElse(true);
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  /** UTF-16 units of its texts. */
  public int length() {
    return text.length()
        + metadata.json().length()
        + parameters.messages().map(messages -> messages.json().length()).orElse(0)
        + parameters.options().json().length();
  }
}
