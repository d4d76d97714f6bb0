package dev.baton.core.domain.prompt;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The submitter's own JSON object, kept byte for byte: the core neither reads nor rewrites it.
 * Whoever builds one has parsed it before; {@code json} is trusted to be one JSON object.
 */
public record Metadata(String json) {
  public static final Metadata EMPTY = new Metadata("{}");

  public Metadata {
    checkArgument(json.startsWith("{") && json.endsWith("}"), "metadata is a JSON object");
  }

  public boolean isEmpty() {
    return json.equals("{}");
  }
}
