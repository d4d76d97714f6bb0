package dev.baton.http.out.model.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.http.out.upstream.Json;
import java.util.List;
import java.util.Optional;

/** The turns of a prompt. */
public final class ChatText {
  private static final List<String> REASONING =
      List.of("reasoning_content", "reasoning", "thinking");

  private ChatText() {}

  /** As OpenAI's {@code messages}: those of the prompt, or its text as the user's. */
  public static ArrayNode messages(Prompt prompt) {
    Optional<ArrayNode> own =
        prompt.parameters().messages().map(messages -> (ArrayNode) Json.trusted(messages.json()));
    return own.orElseGet(
        () -> {
          ArrayNode one = Json.MAPPER.createArrayNode();
          one.addObject().put("role", "user").put("content", prompt.text());
          return one;
        });
  }

  /** The text of the last turn. */
  public static String lastSaid(Prompt prompt) {
    ArrayNode messages = messages(prompt);
    return messages.isEmpty() ? prompt.text() : text(messages.get(messages.size() - 1));
  }

  /** The text of a turn, whose content is a text or parts of which some are. */
  public static String text(JsonNode message) {
    JsonNode content = message.path("content");
    if (content.isTextual()) {
      return content.textValue();
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asText("")));
    return text.toString();
  }

  /** What the model thought, in each of the members in which servers show it. */
  static String reasoning(JsonNode message) {
    for (String name : REASONING) {
      String thought = message.path(name).asText("");
      if (!thought.isEmpty()) {
        return thought;
      }
    }
    StringBuilder thoughts = new StringBuilder();
    for (JsonNode part : message.path("content")) {
      thoughts.append(thought(part.path("thinking")));
    }
    return thoughts.toString();
  }

  /** A text, or parts of which some are. */
  private static String thought(JsonNode thinking) {
    StringBuilder text = new StringBuilder(thinking.asText(""));
    thinking.forEach(part -> text.append(part.path("text").asText("")));
    return text.toString();
  }
}
