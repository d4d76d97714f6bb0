package dev.baton.http.out.model.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.task.Completion;
import dev.baton.http.out.model.fault.BrokenAnswerException;
import dev.baton.http.out.model.fault.Ending;
import dev.baton.http.out.model.fault.Faults;
import dev.baton.http.out.upstream.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** OpenAI's chat completions, as many others speak them too. */
public final class OpenAiProtocol implements Protocol {
  private static final String DONE = "[DONE]";

  /** Where an answer's sources stand, which models that search put beside the message. */
  private static final List<String> SOURCES = List.of("citations", "search_results");

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
    return Json.text(OpenAiRequest.of(request));
  }

  @Override
  public Completion read(ModelRequest request, JsonNode answer) {
    JsonNode choice = first(answer.path("choices"));
    JsonNode message = choice.path("message");
    if (!message.isObject()) {
      throw new BrokenAnswerException("the answer holds no choice");
    }
    AnswerDraft draft = new AnswerDraft(request);
    answer(draft, answer);
    draft.text(ChatText.text(message));
    message(draft, choice, message);
    draft.tools().whole(message.path("tool_calls"));
    return draft.completion();
  }

  /** What whole answers and pieces of them say beside the message. */
  private static void answer(AnswerDraft draft, JsonNode answer) {
    draft.model(answer.path("model"));
    draft.traceId(answer.path("id"));
    draft.usage(AnswerDraft.UsageText.of(answer));
    SOURCES.forEach(name -> draft.extras().list(name, answer.path(name)));
    Ending.throwIfUnfinished(answer.path("status"));
  }

  /** What whole messages and pieces of them have alike, beside their text and calls. */
  private static void message(AnswerDraft draft, JsonNode choice, JsonNode message) {
    Faults.throwIfError(choice);
    Faults.throwIfError(message);
    draft.refusal(message.path("refusal").asText(""));
    draft.reasoning(ChatText.reasoning(message));
    draft.extras().message(message);
    draft.logprobs(choice.path("logprobs"));
    draft.tools().legacy(message.path("function_call"));
    draft.reason(choice.path("finish_reason"));
    // A gateway may call an answer finished that its model calls otherwise.
    Ending.throwIfUnfinished(choice.path("native_finish_reason"));
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
      answer(draft, chunk);
      take(first(chunk.path("choices")));
      return true;
    }

    private void take(JsonNode choice) {
      JsonNode delta = choice.path("delta");
      tell(ChatText.text(delta));
      message(draft, choice, delta);
      draft.tools().fragments(delta.path("tool_calls"));
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
