package dev.baton.http.out.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.task.Completion;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
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
    int index = 0;
    for (JsonNode block : answer.get("content")) {
      if (block.path("type").asText("").equals("text")) {
        draft.text(block.path("text").asText(""));
      } else if (block.path("type").asText("").equals("tool_use")) {
        draft.toolFragment(
            index++,
            block.path("id").asText(""),
            block.path("name").asText(""),
            Json.text(block.path("input")));
      }
    }
    draft.reason(reason(answer.path("stop_reason").asText("end_turn")));
    JsonNode usage = answer.path("usage");
    if (usage.isObject()) {
      usage(draft, input(usage), usage.path("output_tokens").asLong(0));
    }
    return draft.completion();
  }

  /** What was read from a cache was put in, too. */
  private static long input(JsonNode usage) {
    return usage.path("input_tokens").asLong(0)
        + usage.path("cache_read_input_tokens").asLong(0)
        + usage.path("cache_creation_input_tokens").asLong(0);
  }

  private static void usage(AnswerDraft draft, long in, long out) {
    draft.usage(in, out, in + out);
  }

  private static String reason(String stopReason) {
    return switch (stopReason) {
      case "max_tokens", "model_context_window_exceeded" -> "length";
      case "tool_use" -> "tool_calls";
      case "refusal" -> "content_filter";
      default -> "stop";
    };
  }

  @Override
  public Gatherer gatherer(ModelRequest request, Consumer<String> onPiece) {
    return new Events(new AnswerDraft(request), onPiece);
  }

  /** Puts events together. */
  private static final class Events implements Gatherer {
    private final AnswerDraft draft;
    private final Consumer<String> onPiece;
    private Optional<JsonNode> error = Optional.empty();
    private final Set<Integer> tools = new HashSet<>();
    private boolean ended;
    private boolean stopped;
    private boolean counted;
    private long in;
    private long out;

    Events(AnswerDraft draft, Consumer<String> onPiece) {
      this.draft = draft;
      this.onPiece = onPiece;
    }

    @Override
    public boolean take(String data) {
      JsonNode event =
          Json.object(data)
              .orElseThrow(() -> new BrokenAnswerException("an event of the stream is not JSON"));
      switch (event.path("type").asText("")) {
        case "message_start" -> start(event.path("message"));
        case "content_block_start" -> block(event);
        case "content_block_delta" -> delta(event);
        case "message_delta" -> change(event);
        case "message_stop" -> {
          ended = true;
          stopped = true;
        }
        case "error" -> error = Optional.of(event);
        default -> {
          // Pings, ends of blocks, and what is yet to be invented.
        }
      }
      return !stopped && error.isEmpty();
    }

    private void start(JsonNode message) {
      draft.model(message.path("model"));
      draft.traceId(message.path("id"));
      counted = message.path("usage").isObject();
      in = input(message.path("usage"));
      out = message.path("usage").path("output_tokens").asLong(0);
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
      }
    }

    private void delta(JsonNode event) {
      JsonNode delta = event.path("delta");
      if (tools.contains(event.path("index").asInt(0))) {
        draft.toolFragment(
            event.path("index").asInt(0), "", "", delta.path("partial_json").asText(""));
      } else {
        tell(delta.path("text").asText(""));
      }
    }

    private void tell(String words) {
      if (!words.isEmpty()) {
        draft.text(words);
        onPiece.accept(words);
      }
    }

    private void change(JsonNode event) {
      JsonNode stop = event.path("delta").path("stop_reason");
      if (stop.isTextual()) {
        draft.reason(reason(stop.textValue()));
        ended = true;
      }
      counted |= event.path("usage").isObject();
      out = event.path("usage").path("output_tokens").asLong(out);
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
      if (counted) {
        usage(draft, in, out);
      }
      return draft.completion();
    }

    @Override
    public Optional<JsonNode> error() {
      return error;
    }
  }
}
