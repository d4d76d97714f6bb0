package dev.baton.core.domain.prompt;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/** What a worker is to answer: a text that is not blank, and the submitter's metadata. */
public record Prompt(String text, Metadata metadata) {

  public Prompt {
    checkArgument(!text.isBlank(), "a prompt has text");
    requireNonNull(metadata, "metadata");
  }

  public static Prompt of(String text) {
    return new Prompt(text, Metadata.EMPTY);
  }
}
