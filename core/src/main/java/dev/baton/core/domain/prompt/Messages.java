package dev.baton.core.domain.prompt;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The turns that a model is shown, as a JSON array in the form of OpenAI's chat completions ({@code
 * role}, {@code content}, ...), kept byte for byte. Whoever builds one has parsed and checked it.
 */
public record Messages(String json) {
  /** Turns of one prompt. */
  public static final int MAX = 1_000;

  public Messages {
    checkArgument(json.startsWith("[") && json.endsWith("]"), "messages are a JSON array");
  }
}
