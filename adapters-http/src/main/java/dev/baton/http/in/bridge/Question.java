package dev.baton.http.in.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.json.Json;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.StringJoiner;

/** All that a task asks, as a worker is handed it. */
final class Question {

  private Question() {}

  /** How the answer is to be made. */
  @Doc(value = "", name = "BridgeParameters")
  record Params(
      @Doc("From 0 to 2.") OptionalDouble temperature,
      @Doc("Tokens that the answer may have.") OptionalInt maxTokens,
      @Doc("Whether readers follow the answer while it is made.") Optional<Boolean> stream) {}

  /**
   * The question as one text: the prompt's own, or where the task has messages those, because its
   * text is a label then. One user's turn is its text; of more each has its role before it.
   */
  static String text(Prompt prompt) {
    return prompt.parameters().messages().map(Question::conversation).orElse(prompt.text());
  }

  private static String conversation(Messages messages) {
    JsonNode turns = parsed(messages);
    if (turns.size() == 1 && turns.get(0).path("role").asText().equals("user")) {
      return said(turns.get(0));
    }
    StringJoiner text = new StringJoiner("\n\n");
    turns.forEach(turn -> text.add(turn.path("role").asText() + ": " + said(turn)));
    return text.toString();
  }

  private static JsonNode parsed(Messages messages) {
    try {
      return Json.mapper().readTree(messages.json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("messages are JSON by the time they get here", e);
    }
  }

  /** What a turn says; parts that are no text stand as their kind in brackets. */
  private static String said(JsonNode turn) {
    JsonNode content = turn.path("content");
    StringBuilder said = new StringBuilder(content.isTextual() ? content.textValue() : "");
    for (JsonNode part : content) {
      said.append(
          part.path("text").isTextual()
              ? part.path("text").textValue()
              : "[" + part.path("type").asText("part") + "]");
    }
    JsonNode calls = turn.path("tool_calls");
    return calls.isEmpty() ? said.toString() : said + "[tool_calls] " + calls;
  }

  /** Writes what goes beside the text, each member only where the task has it. */
  static void write(JsonWriter json, Prompt prompt, Optional<ModelName> model) {
    model.ifPresent(name -> json.text("model", name.value()));
    Parameters asked = prompt.parameters();
    if (asked.equals(Parameters.NONE)) {
      return;
    }
    asked.messages().ifPresent(messages -> json.raw("messages", messages.json()));
    if (asked.temperature().isPresent() || asked.maxTokens().isPresent() || asked.stream()) {
      json.name("params").open('{');
      asked.temperature().ifPresent(t -> json.raw("temperature", Double.toString(t)));
      asked.maxTokens().ifPresent(n -> json.raw("maxTokens", Integer.toString(n)));
      if (asked.stream()) {
        json.raw("stream", "true");
      }
      json.close('}');
    }
    if (!asked.options().isEmpty()) {
      json.raw("options", asked.options().json());
    }
  }
}
