package dev.baton.core.domain.input;

import dev.baton.core.domain.input.InputProblem.Fault;
import dev.baton.core.domain.prompt.MessageRole;
import dev.baton.core.domain.prompt.Messages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The turns of a conversation. Members that providers know and these rules do not ({@code name},
 * {@code tool_calls} ...) are passed on.
 */
final class MessageRules {
  /** Stands for a prompt whose turns hold no text at all, such as pictures only. */
  private static final String NO_TEXT = "(no text)";

  private MessageRules() {}

  /** The first thing that is wrong with the turns. */
  static Optional<InputProblem> problem(List<?> turns) {
    if (turns.isEmpty()) {
      return wrong(Fault.TOO_SHORT, "List should have at least 1 item");
    }
    if (turns.size() > Messages.MAX) {
      return wrong(Fault.TOO_LONG, "List should have at most " + Messages.MAX + " items");
    }
    for (int i = 0; i < turns.size(); i++) {
      Optional<InputProblem> problem = problem(i, turns.get(i));
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static Optional<InputProblem> problem(int index, @Nullable Object turn) {
    if (!(turn instanceof Map<?, ?> members)) {
      return wrong(Fault.WRONG_TYPE, "Input should be a valid dictionary", index);
    }
    Object role = members.get("role");
    if (!(role instanceof String word) || MessageRole.of(word).isEmpty()) {
      return wrong(
          members.containsKey("role") ? Fault.NOT_ONE_OF : Fault.MISSING,
          "Input should be one of: " + MessageRole.WORDS,
          index,
          "role");
    }
    Object content = members.get("content");
    boolean calls = members.get("tool_calls") instanceof List<?> list && !list.isEmpty();
    if (content == null ? !calls : !isContent(content)) {
      return wrong(
          content == null ? Fault.MISSING : Fault.INVALID,
          "Input should be a text, or a list of parts that have a type",
          index,
          "content");
    }
    return Optional.empty();
  }

  private static boolean isContent(Object content) {
    return content instanceof String
        || (content instanceof List<?> parts
            && !parts.isEmpty()
            && parts.stream()
                .allMatch(part -> part instanceof Map<?, ?> m && m.get("type") instanceof String));
  }

  private static Optional<InputProblem> wrong(Fault fault, String message, Object... steps) {
    return Optional.of(new InputProblem(Member.MESSAGES, List.of(steps), fault, message));
  }

  /** What names a prompt that has turns only: the last text of the user, or else any text. */
  static String label(List<?> turns) {
    String any = "";
    String user = "";
    for (Object turn : turns) {
      Map<?, ?> members = (Map<?, ?>) turn;
      String text = text(members.get("content"));
      if (!text.isBlank()) {
        any = text;
        user = "user".equals(members.get("role")) ? text : user;
      }
    }
    if (user.isEmpty()) {
      return any.isEmpty() ? NO_TEXT : any;
    }
    return user;
  }

  private static String text(@Nullable Object content) {
    if (content instanceof String text) {
      return text;
    }
    StringBuilder text = new StringBuilder();
    if (content instanceof List<?> parts) {
      for (Object part : parts) {
        if (part instanceof Map<?, ?> members && members.get("text") instanceof String piece) {
          text.append(piece);
        }
      }
    }
    return text.toString();
  }
}
