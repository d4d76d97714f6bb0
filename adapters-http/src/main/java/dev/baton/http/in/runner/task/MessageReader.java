package dev.baton.http.in.runner.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.prompt.Messages;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.json.Json;
import dev.baton.http.in.runner.shared.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks the turns that a body brings, which are kept as they were sent: members that providers
 * know and this dialect does not ({@code name}, {@code tool_calls} ...) are passed on.
 */
final class MessageReader {
  /** Bytes of all turns together. */
  static final int BYTES_MAX = 1 << 20;

  static final List<String> ROLES = List.of("system", "developer", "user", "assistant", "tool");

  /** What stands for a prompt whose turns hold no text at all, such as pictures only. */
  private static final String NO_TEXT = "(no text)";

  private MessageReader() {}

  /**
   * Reads a raw array.
   *
   * @param name the member, for errors
   * @throws FieldErrors if it holds none or more than {@link Messages#MAX} turns, or one that is
   *     none
   */
  static Messages read(Fields fields, String name, String json) {
    JsonNode turns = tree(json);
    if (turns.isEmpty()) {
      throw fields.wrong(name, "List should have at least 1 item", "too_short");
    }
    if (turns.size() > Messages.MAX) {
      throw fields.wrong(name, "List should have at most " + Messages.MAX + " items", "too_long");
    }
    for (int i = 0; i < turns.size(); i++) {
      check(fields, name, i, turns.get(i));
    }
    return new Messages(json);
  }

  /** What names a prompt that has turns only: the last text of the user, or else any text. */
  static String label(Messages messages) {
    JsonNode turns = tree(messages.json());
    Optional<String> user = Optional.empty();
    Optional<String> any = Optional.empty();
    for (JsonNode turn : turns) {
      String text = text(turn.path("content"));
      if (!text.isBlank()) {
        any = Optional.of(text);
        user = turn.path("role").asText().equals("user") ? any : user;
      }
    }
    return user.isPresent() ? user.get() : any.orElse(NO_TEXT);
  }

  private static String text(JsonNode content) {
    if (content.isTextual()) {
      return content.asText();
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      text.append(part.path("text").asText());
    }
    return text.toString();
  }

  private static void check(Fields fields, String name, int index, JsonNode turn) {
    if (!turn.isObject()) {
      throw wrong(fields, "Input should be a valid dictionary", "dict_type", name, index);
    }
    JsonNode role = turn.path("role");
    if (!role.isTextual() || !ROLES.contains(role.asText())) {
      throw wrong(
          fields,
          "Input should be one of: " + String.join(", ", ROLES),
          role.isMissingNode() ? "missing" : "enum",
          name,
          index,
          "role");
    }
    JsonNode content = turn.path("content");
    boolean calls = turn.path("tool_calls").isArray() && !turn.path("tool_calls").isEmpty();
    boolean none = content.isMissingNode() || content.isNull();
    if (none ? !calls : !isContent(content)) {
      throw wrong(
          fields,
          "Input should be a text, or a list of parts that have a type",
          none ? "missing" : "value_error",
          name,
          index,
          "content");
    }
  }

  private static boolean isContent(JsonNode content) {
    if (content.isTextual()) {
      return true;
    }
    boolean parts = content.isArray() && !content.isEmpty();
    for (JsonNode part : content) {
      parts &= part.isObject() && part.path("type").isTextual();
    }
    return parts;
  }

  private static FieldErrors wrong(
      Fields fields, String msg, String type, String name, Object... steps) {
    List<Object> loc = new ArrayList<>(fields.loc(name));
    loc.addAll(List.of(steps));
    return FieldErrors.invalid(new FieldError(loc, msg, type));
  }

  private static JsonNode tree(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("it was parsed before", e);
    }
  }
}
