package dev.baton.http.out.model.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Usage;
import dev.baton.http.out.model.fault.BrokenAnswerException;
import dev.baton.http.out.model.fault.Ending;
import dev.baton.http.out.upstream.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An answer while it is put together, in OpenAI's words. For one thread. */
final class AnswerDraft {
  private static final int TRACE_MAX = 128;

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder refusal = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final ObjectNode logprobs = Json.newObject();
  private final ToolCalls tools = new ToolCalls();
  private final Extras extras = new Extras();
  private ModelName model;
  private boolean tellsReasons;
  private Optional<String> reason = Optional.empty();
  private Optional<Usage> usage = Optional.empty();
  private Optional<String> traceId = Optional.empty();

  AnswerDraft(ModelRequest request) {
    this.model = request.model();
  }

  /** Its calls of tools. */
  ToolCalls tools() {
    return tools;
  }

  /** What it holds beside what has a place of its own. */
  Extras extras() {
    return extras;
  }

  void model(JsonNode name) {
    if (name.isTextual() && ModelName.isValid(name.textValue())) {
      model = new ModelName(name.textValue());
    }
  }

  /** The provider's name for the call, when it is one that may stand in a log. */
  void traceId(JsonNode id) {
    if (id.isTextual() && id.textValue().matches("[A-Za-z0-9._:-]{1," + TRACE_MAX + "}")) {
      traceId = Optional.of(id.textValue());
    }
  }

  void text(String piece) {
    text.append(piece);
  }

  void refusal(String piece) {
    refusal.append(piece);
  }

  void reasoning(String piece) {
    reasoning.append(piece);
  }

  /** An object of arrays, each of which goes on where the last one ended. */
  void logprobs(JsonNode part) {
    for (Map.Entry<String, JsonNode> list : part.properties()) {
      if (list.getValue().isArray()) {
        logprobs.withArrayProperty(list.getKey()).addAll((ArrayNode) list.getValue());
      }
    }
  }

  /**
   * Why the answer ended, or that it has not yet: as a text, or nothing.
   *
   * @throws BrokenAnswerException when it did not end well
   */
  void reason(JsonNode word) {
    if (word.isMissingNode()) {
      return;
    }
    tellsReasons = true;
    Ending.word(word).ifPresent(given -> reason = Optional.of(Ending.well(given)));
  }

  /** The protocol's own end came, which some servers send after no reason but an empty one. */
  void over() {
    tellsReasons = false;
  }

  /** Whether a reason was given. */
  boolean isEnded() {
    return reason.isPresent();
  }

  /** The last of several counts: they grow while an answer comes. */
  void usage(Optional<Usage> told) {
    usage = told.isPresent() ? told : usage;
  }

  /**
   * The answer.
   *
   * @throws BrokenAnswerException when its provider tells reasons and gave none for its end, or
   *     when it holds neither text nor a call nor anything else that answers
   */
  Completion completion() {
    if (tellsReasons && !isEnded()) {
      throw new BrokenAnswerException("the answer broke off before its end");
    }
    String content = content();
    if (content.isBlank() && tools.isEmpty() && !extras.isAnswer()) {
      throw new BrokenAnswerException(
          isCut() ? "the limit of tokens was used up before the answer" : "the answer is empty");
    }
    return new Completion(content, usage, traceId, Optional.of(modelAnswer()));
  }

  /** Without text, what was spoken or a refusal in words stands where it would. */
  private String content() {
    if (!text.isEmpty()) {
      return text.toString();
    }
    return refusal.isEmpty() ? extras.transcript() : refusal.toString();
  }

  private boolean isCut() {
    return reason.filter("length"::equals).isPresent();
  }

  private ModelAnswer modelAnswer() {
    return new ModelAnswer(
        model,
        reason.orElse("stop"),
        tools.json(),
        said(refusal),
        said(reasoning),
        logprobs.isEmpty() ? Optional.empty() : Optional.of(Json.text(logprobs)),
        extras.json());
  }

  private static Optional<String> said(StringBuilder words) {
    return words.isEmpty() ? Optional.empty() : Optional.of(words.toString());
  }

  /** What an answer cost, as an object of JSON tells it in the words of any vendor. */
  static final class UsageText {

    private UsageText() {}

    private static final List<String> PLACES =
        List.of("/usage", "/usage/tokens", "/usageMetadata", "/x_groq/usage", "");

    /**
     * Looks for it in a whole answer or a part of one. Empty when nothing is told, and where all is
     * zero, which servers say that did not count: no answer costs nothing.
     */
    static Optional<Usage> of(JsonNode answer) {
      return PLACES.stream().flatMap(place -> read(answer.at(place)).stream()).findFirst();
    }

    /** Some gateways send numbers as texts. */
    private static boolean isCount(String text) {
      return text.matches("[0-9]{1,16}");
    }

    /** The same of an object that tells usage alone. */
    static Optional<Usage> read(JsonNode told) {
      return Usage.told(
              name -> {
                JsonNode value = told.path(name);
                boolean whole =
                    value.isIntegralNumber() ? value.canConvertToLong() : isCount(value.asText(""));
                return whole ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
              })
          .filter(usage -> usage.promptTokens() + usage.completionTokens() > 0);
    }
  }
}
