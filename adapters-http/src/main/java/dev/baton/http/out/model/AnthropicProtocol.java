package dev.baton.http.out.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.task.Completion;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Anthropic's messages, translated from and to OpenAI's words. */
final class AnthropicProtocol implements Protocol {

  @Override
  public String path() {
    return "/messages";
  }

  @Override
  public Map<String, String> credential(String key) {
    return Map.of("x-api-key", key);
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("anthropic-version", "2023-06-01");
  }

  @Override
  public String body(ModelRequest request) {
    return Json.text(AnthropicRequest.of(request));
  }

  @Override
  public Completion read(ModelRequest request, JsonNode answer) {
    if (!answer.path("content").isArray()) {
      throw new BrokenAnswerException("the answer holds no content");
    }
    AnswerDraft draft = new AnswerDraft(request);
    draft.model(answer.path("model"));
    draft.traceId(answer.path("id"));
    draft.usage(AnswerDraft.UsageText.of(answer));
    int index = 0;
    for (JsonNode block : answer.get("content")) {
      switch (block.path("type").asText("")) {
        case "text" -> draft.text(block.path("text").asText(""));
        case "thinking" -> draft.reasoning(block.path("thinking").asText(""));
        case "tool_use" ->
            draft.toolFragment(
                index++,
                block.path("id").asText(""),
                block.path("name").asText(""),
                Json.text(block.path("input")));
        default -> {
          // What their servers call, and what is yet to be invented.
        }
      }
    }
    draft.reason(answer.path("stop_reason"));
    return draft.completion();
  }

  @Override
  public Gatherer gatherer(ModelRequest request, Consumer<String> onPiece) {
    return new Events(new AnswerDraft(request), onPiece);
  }

  /** Puts events together. */
  private static final class Events implements Gatherer {
    private final AnswerDraft draft;
    private final Consumer<String> onPiece;
    private final Set<Integer> tools = new HashSet<>();
    private final ObjectNode usage = Json.newObject();
    private boolean stopped;

    Events(AnswerDraft draft, Consumer<String> onPiece) {
      this.draft = draft;
      this.onPiece = onPiece;
    }

    @Override
    public boolean take(String data) {
      JsonNode event =
          Json.container(data)
              .orElseThrow(() -> new BrokenAnswerException("an event of the stream is not JSON"));
      Faults.throwIfError(event);
      switch (event.path("type").asText("")) {
        case "message_start" -> start(event.path("message"));
        case "content_block_start" -> block(event);
        case "content_block_delta" -> delta(event);
        case "message_delta" -> change(event);
        case "message_stop" -> stopped = true;
        default -> {
          // Pings, ends of blocks, and what is yet to be invented.
        }
      }
      return !stopped;
    }

    private void start(JsonNode message) {
      draft.model(message.path("model"));
      draft.traceId(message.path("id"));
      count(message.path("usage"));
    }

    private void block(JsonNode event) {
      JsonNode block = event.path("content_block");
      if (block.path("type").asText("").equals("tool_use")) {
        tools.add(event.path("index").asInt(0));
        draft.toolFragment(
            event.path("index").asInt(0),
            block.path("id").asText(""),
            block.path("name").asText(""),
            "");
      } else {
        tell(block.path("text").asText(""));
        draft.reasoning(block.path("thinking").asText(""));
      }
    }

    private void delta(JsonNode event) {
      JsonNode delta = event.path("delta");
      if (tools.contains(event.path("index").asInt(0))) {
        draft.toolFragment(
            event.path("index").asInt(0), "", "", delta.path("partial_json").asText(""));
      } else {
        tell(delta.path("text").asText(""));
        draft.reasoning(delta.path("thinking").asText(""));
      }
    }

    private void tell(String words) {
      if (!words.isEmpty()) {
        draft.text(words);
        onPiece.accept(words);
      }
    }

    private void change(JsonNode event) {
      draft.reason(event.path("delta").path("stop_reason"));
      count(event.path("usage"));
    }

    /** The counts of the start and of the end are one. */
    private void count(JsonNode told) {
      told.properties().stream()
          .filter(count -> count.getValue().isNumber())
          .forEach(count -> usage.set(count.getKey(), count.getValue()));
    }

    @Override
    public boolean isWhole() {
      return stopped || draft.isEnded();
    }

    @Override
    public Completion finish() {
      if (!isWhole()) {
        throw new BrokenAnswerException("the stream broke off");
      }
      draft.usage(AnswerDraft.UsageText.read(usage));
      return draft.completion();
    }
  }
}
