package dev.baton.cli.task;

import dev.baton.cli.shared.Terminal;
import dev.baton.cli.shared.Texts;
import dev.baton.core.domain.input.Member;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which model is asked, and how. */
final class AskOptions {

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Which model is asked; a worker may be any.")
  private Optional<String> model = Optional.empty();

  @Option(names = "--temperature", paramLabel = "T", description = "From 0 to 2.")
  private Optional<Double> temperature = Optional.empty();

  @Option(names = "--max-tokens", paramLabel = "N", description = "Tokens of an answer, at most.")
  private Optional<Integer> maxTokens = Optional.empty();

  @Option(
      names = "--messages",
      paramLabel = "JSON",
      description =
          "A conversation: an array of objects with role and content; @FILE reads it from a file,"
              + " - from standard input.")
  private Optional<String> messages = Optional.empty();

  /** Whether there is a conversation, which needs no prompt beside it. */
  boolean converses() {
    return messages.isPresent();
  }

  /** Whether the conversation is on standard input, where then nothing else is. */
  boolean takeStandardInput() {
    return messages.filter("-"::equals).isPresent();
  }

  /** What is said, for the core's reader. */
  Map<Member, Object> said(Terminal terminal) {
    Map<Member, Object> said = new EnumMap<>(Member.class);
    model.ifPresent(name -> said.put(Member.MODEL, name));
    temperature.ifPresent(number -> said.put(Member.TEMPERATURE, number));
    maxTokens.ifPresent(number -> said.put(Member.MAX_TOKENS, number));
    messages.ifPresent(text -> said.put(Member.MESSAGES, conversation(text, terminal)));
    return said;
  }

  private static String conversation(String text, Terminal terminal) {
    Optional<Path> file =
        text.startsWith("@") ? Optional.of(Path.of(text.substring(1))) : Optional.empty();
    Optional<String> given = file.isPresent() ? Optional.empty() : Optional.of(text);
    return Texts.read(given, file, terminal, Member.MESSAGES.max()).strip();
  }
}
