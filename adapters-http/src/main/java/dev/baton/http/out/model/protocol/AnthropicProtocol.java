package dev.baton.http.out.model.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.task.Completion;
import dev.baton.http.out.model.fault.BrokenAnswerException;
import dev.baton.http.out.model.fault.Faults;
import dev.baton.http.out.upstream.Json;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Anthropic's messages, translated from and to OpenAI's words. */
public final class AnthropicProtocol implements Protocol {
  private static final String TEXT = "text";
  private static final String THINKING = "thinking";
  private static final String SIGNATURE = "signature";
  private static final String CITATIONS = "citations";
  private static final String INPUT = "input";
  private static final String TYPE = "type";
  private static final String TOOL_USE = "tool_use";

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
    answer.get("content").forEach(block -> read(draft, block));
    draft.reason(answer.path("stop_reason"));
    return draft.completion();
  }

  private static void read(AnswerDraft draft, JsonNode block) {
    switch (block.path(TYPE).asText("")) {
      case TEXT, THINKING -> {
        draft.text(block.path(TEXT).asText(""));
        draft.extras().list(CITATIONS, block.path(CITATIONS));
        draft.reasoning(block.path(THINKING).asText(""));
        if (!block.path(SIGNATURE).asText("").isEmpty()) {
          draft.extras().add(Extras.THINKING_BLOCKS, block);
        }
      }
      case "redacted_thinking" -> draft.extras().add(Extras.THINKING_BLOCKS, block);
      case TOOL_USE -> draft.tools().toolUse(block);
      // What their servers called and found, and what is yet to be invented.
      default -> draft.extras().add(Extras.CONTENT, block);
    }
  }

  @Override
  public Gatherer gatherer(ModelRequest request, Consumer<String> onPiece) {
    return new Events(new AnswerDraft(request), onPiece);
  }

  /** A block of content, whose texts come in pieces. */
  private static final class Block {
    private final ObjectNode said;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final StringBuilder signature = new StringBuilder();
    private final StringBuilder input = new StringBuilder();

    Block(ObjectNode start) {
      said = start;
      text.append(start.path(TEXT).asText(""));
      thinking.append(start.path(THINKING).asText(""));
      signature.append(start.path(SIGNATURE).asText(""));
    }

    void take(JsonNode delta) {
      text.append(delta.path(TEXT).asText(""));
      thinking.append(delta.path(THINKING).asText(""));
      signature.append(delta.path(SIGNATURE).asText(""));
      input.append(delta.path("partial_json").asText(""));
      if (delta.path("citation").isObject()) {
        said.withArrayProperty(CITATIONS).add(delta.get("citation"));
      }
    }

    /** As it would stand in an answer that comes at once. */
    ObjectNode whole() {
      put(TEXT, text);
      put(THINKING, thinking);
      put(SIGNATURE, signature);
      if (!input.isEmpty()) {
        String given = input.toString();
        Json.object(given)
            .ifPresentOrElse(object -> said.set(INPUT, object), () -> said.put(INPUT, given));
      }
      return said;
    }

    private void put(String name, StringBuilder words) {
      if (!words.isEmpty()) {
        said.put(name, words.toString());
      }
    }
  }

  /** Puts events together. */
  private static final class Events implements Gatherer {
    private final AnswerDraft draft;
    private final Consumer<String> onPiece;
    private final Map<Integer, Block> blocks = new TreeMap<>();
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
      switch (event.path(TYPE).asText("")) {
        case "message_start" -> start(event.path("message"));
        case "content_block_start" -> begin(event);
        case "content_block_delta" -> goOn(event);
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

    private void begin(JsonNode event) {
      if (event.path("content_block") instanceof ObjectNode start) {
        blocks.put(index(event), new Block(start));
        tell(start);
      }
    }

    private void goOn(JsonNode event) {
      JsonNode delta = event.path("delta");
      blocks.computeIfAbsent(index(event), i -> new Block(unannounced(delta))).take(delta);
      tell(delta);
    }

    private static int index(JsonNode event) {
      return event.path("index").asInt(0);
    }

    private static ObjectNode unannounced(JsonNode delta) {
      String type = delta.has("partial_json") ? TOOL_USE : delta.has(THINKING) ? THINKING : TEXT;
      return Json.newObject().put(TYPE, type);
    }

    private void tell(JsonNode piece) {
      String words = piece.path(TEXT).asText("");
      if (!words.isEmpty()) {
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
      blocks.values().forEach(block -> read(draft, block.whole()));
      draft.usage(AnswerDraft.UsageText.read(usage));
      return draft.completion();
    }
  }
}
