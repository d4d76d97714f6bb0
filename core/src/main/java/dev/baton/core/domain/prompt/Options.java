package dev.baton.core.domain.prompt;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What else a provider is told, as a JSON object in the words of OpenAI's chat completions: {@code
 * tools}, {@code tool_choice}, {@code response_format}, {@code top_p}, {@code stop}, {@code seed}
 * ... Kept byte for byte; whoever builds one has parsed it.
 */
public record Options(String json) {
  public static final Options NONE = new Options("{}");

  public Options {
    checkArgument(json.startsWith("{") && json.endsWith("}"), "options are a JSON object");
  }

  public boolean isEmpty() {
    return json.equals("{}");
  }
}
