package dev.baton.http.out.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.task.Completion;
import java.util.Map;
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
    Faults.throwIfError(choice);
    Faults.throwIfError(message);
    AnswerDraft draft = new AnswerDraft(request);
    draft.model(answer.path("model"));
    draft.traceId(answer.path("id"));
    draft.usage(AnswerDraft.UsageText.of(answer));
    draft.text(ChatText.text(message));
    message(draft, choice, message);
    draft.toolCalls(message.path("tool_calls"));
    return draft.completion();
  }

  /** What whole messages and pieces of them have alike, beside their text and calls. */
  private static void message(AnswerDraft draft, JsonNode choice, JsonNode message) {
    draft.refusal(message.path("refusal").asText(""));
    draft.reasoning(ChatText.reasoning(message));
    draft.logprobs(choice.path("logprobs"));
    JsonNode legacy = message.path("function_call");
    if (legacy.isObject()) {
      draft.function(0, "", legacy);
    }
    draft.reason(choice.path("finish_reason"));
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

  @Override
  public Gatherer gatherer(ModelRequest request, Consumer<String> onPiece) {
    return new Chunks(new AnswerDraft(request), onPiece);
  }

  /** Puts chunks together. */
  private static final class Chunks implements Gatherer {
    private final AnswerDraft draft;
    private final Consumer<String> onPiece;
    private boolean done;

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
        done = true;
        draft.over();
        return false;
      }
      JsonNode chunk =
          Json.container(data)
              .orElseThrow(() -> new BrokenAnswerException("a piece of the stream is not JSON"));
      Faults.throwIfError(chunk);
      if (!chunk.has("choices") && !chunk.has("usage")) {
        throw new BrokenAnswerException("a piece of the stream holds neither words nor usage");
      }
      draft.model(chunk.path("model"));
      draft.traceId(chunk.path("id"));
      draft.usage(AnswerDraft.UsageText.of(chunk));
      take(first(chunk.path("choices")));
      return true;
    }

    private void take(JsonNode choice) {
      Faults.throwIfError(choice);
      JsonNode delta = choice.path("delta");
      Faults.throwIfError(delta);
      tell(ChatText.text(delta));
      message(draft, choice, delta);
      draft.toolFragments(delta.path("tool_calls"));
    }

    private void tell(String words) {
      if (!words.isEmpty()) {
        draft.text(words);
        onPiece.accept(words);
      }
    }

    @Override
    public boolean isWhole() {
      return done || draft.isEnded();
    }

    @Override
    public Completion finish() {
      if (!isWhole()) {
        throw new BrokenAnswerException("the stream broke off");
      }
      return draft.completion();
    }
  }
}
