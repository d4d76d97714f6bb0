package dev.baton.core.domain.prompt;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whose turn a message may be. */
public enum MessageRole {
  SYSTEM,
  DEVELOPER,
  USER,
  ASSISTANT,
  TOOL;

  /** All words, for people. */
  public static final String WORDS =
      Stream.of(values()).map(MessageRole::word).collect(Collectors.joining(", "));

  /** The role of this word, in lower case as it is sent. */
  public static Optional<MessageRole> of(String word) {
    return Stream.of(values()).filter(role -> role.word().equals(word)).findFirst();
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
