package dev.baton.http.out.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.task.Completion;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** OpenAI's chat completions, as many others speak them too. */
final class OpenAiProtocol implements Protocol {
  private static final String DONE = "[DONE]";

  @Override
  public String path() {
    return "/chat/completions";
  }

  @Override
  public Map<String, String> credential(String key) {
    return Map.of("Authorization", "Bearer " + key);
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("Accept", "application/json, text/event-stream");
  }

  @Override
  public String body(ModelRequest request) {
    Parameters parameters = request.prompt().parameters();
    ObjectNode body = Json.newObject();
    Json.trusted(parameters.options().json())
        .properties()
        .forEach(option -> body.set(option.getKey(), option.getValue()));
    body.put("model", request.model().value());
    body.set("messages", ChatText.messages(request.prompt()));
    parameters.temperature().ifPresent(temperature -> body.put("temperature", temperature));
    parameters
        .maxTokens()
        .ifPresent(
            most -> {
              // Newer models of OpenAI's know only the other name; who uses it has said so.
              String name =
                  body.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
              body.put(name, most);
            });
    body.remove("n");
    body.put("stream", parameters.stream());
    if (parameters.stream()) {
      body.putObject("stream_options").put("include_usage", true);
    } else {
      body.remove("stream_options");
    }
    return Json.text(body);
  }

  @Override
  public Completion read(ModelRequest request, JsonNode answer) {
    JsonNode choice = first(answer.path("choices"));
    JsonNode message = choice.path("message");
    if (!message.isObject()) {
      throw new BrokenAnswerException("the answer holds no choice");
    }
    AnswerDraft draft = new AnswerDraft(request);
    draft.model(answer.path("model"));
    draft.traceId(answer.path("id"));
    draft.text(words(message));
    draft.toolCalls(message.path("tool_calls"));
    draft.reason(choice.path("finish_reason").asText("stop"));
    usage(draft, answer.path("usage"));
    return draft.completion();
  }

  /** The choice that was asked for, though there may be others, and before it. */
  private static JsonNode first(JsonNode choices) {
    for (JsonNode choice : choices) {
      if (choice.path("index").asInt(0) == 0) {
        return choice;
      }
    }
    return MissingNode.getInstance();
  }

  /** A refusal in words stands where the content would. */
  private static String words(JsonNode message) {
    String content = ChatText.text(message);
    return content.isEmpty() ? message.path("refusal").asText("") : content;
  }

  private static void usage(AnswerDraft draft, JsonNode usage) {
    if (usage.isObject()) {
      draft.usage(
          usage.path("prompt_tokens").asLong(0),
          usage.path("completion_tokens").asLong(0),
          usage.path("total_tokens").asLong(-1));
    }
  }

  @Override
  public Gatherer gatherer(ModelRequest request, Consumer<String> onPiece) {
    return new Chunks(new AnswerDraft(request), onPiece);
  }

  /** Puts chunks together. */
  private static final class Chunks implements Gatherer {
    private final AnswerDraft draft;
    private final Consumer<String> onPiece;
    private Optional<JsonNode> error = Optional.empty();
    private boolean ended;

    Chunks(AnswerDraft draft, Consumer<String> onPiece) {
      this.draft = draft;
      this.onPiece = onPiece;
    }

    @Override
    public boolean take(String data) {
      if (data.isBlank()) {
        return true;
      }
      if (data.strip().equals(DONE)) {
        ended = true;
        return false;
      }
      JsonNode chunk =
          Json.object(data)
              .orElseThrow(() -> new BrokenAnswerException("a piece of the stream is not JSON"));
      if (chunk.hasNonNull("error")) {
        error = Optional.of(chunk);
        return false;
      }
      draft.model(chunk.path("model"));
      draft.traceId(chunk.path("id"));
      usage(draft, chunk.path("usage"));
      take(first(chunk.path("choices")));
      return true;
    }

    private void take(JsonNode choice) {
      JsonNode delta = choice.path("delta");
      String words = words(delta);
      if (!words.isEmpty()) {
        draft.text(words);
        onPiece.accept(words);
      }
      draft.toolFragments(delta.path("tool_calls"));
      if (choice.path("finish_reason").isTextual()) {
        draft.reason(choice.path("finish_reason").textValue());
        ended = true;
      }
    }

    @Override
    public boolean isWhole() {
      return ended;
    }

    @Override
    public Completion finish() {
      if (!ended) {
        throw new BrokenAnswerException("the stream broke off");
      }
      return draft.completion();
    }

    @Override
    public Optional<JsonNode> error() {
      return error;
    }
  }
}
