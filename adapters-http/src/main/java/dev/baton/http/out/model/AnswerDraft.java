package dev.baton.http.out.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** An answer while it is put together, in OpenAI's words. For one thread. */
final class AnswerDraft {
  private static final int TRACE_MAX = 128;
  private static final int TOOLS_MAX = 128;

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder refusal = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final ObjectNode logprobs = Json.newObject();
  private final Map<Integer, Tool> tools = new TreeMap<>();
  private ModelName model;
  private boolean tellsReasons;
  private Optional<String> reason = Optional.empty();
  private Optional<Usage> usage = Optional.empty();
  private Optional<String> traceId = Optional.empty();

  AnswerDraft(ModelRequest request) {
    this.model = request.model();
  }

  /** A call of a tool, whose arguments come in fragments. */
  private static final class Tool {
    private String id = "";
    private String name = "";
    private final StringBuilder arguments = new StringBuilder();
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

  /** Whole calls, in OpenAI's form. */
  void toolCalls(JsonNode calls) {
    for (JsonNode call : calls) {
      fragment(tools.size(), call);
    }
  }

  /** Fragments of calls, each with the index of its call; without one, an id begins the next. */
  void toolFragments(JsonNode fragments) {
    for (JsonNode part : fragments) {
      int next = part.path("id").asText("").isEmpty() ? tools.size() - 1 : tools.size();
      fragment(part.path("index").asInt(Math.max(0, next)), part);
    }
  }

  private void fragment(int index, JsonNode part) {
    JsonNode function = part.path("function").isObject() ? part.path("function") : part;
    function(index, part.path("id").asText(""), function);
  }

  /** A call, or a fragment of one, of a function with a name and arguments. */
  void function(int index, String id, JsonNode function) {
    toolFragment(
        index, id, function.path("name").asText(""), arguments(function.path("arguments")));
  }

  /** They are a text that holds JSON; some servers send the JSON itself. */
  private static String arguments(JsonNode given) {
    return given.isValueNode() ? given.asText("") : given.isMissingNode() ? "" : Json.text(given);
  }

  void toolFragment(int index, String id, String name, String arguments) {
    Tool tool = tools.computeIfAbsent(index, i -> new Tool());
    if (tools.size() > TOOLS_MAX) {
      throw new BrokenAnswerException("the answer calls too many tools");
    }
    tool.id = id.isEmpty() ? tool.id : id;
    tool.name = name.isEmpty() ? tool.name : name;
    tool.arguments.append(arguments);
  }

  /**
   * The answer.
   *
   * @throws BrokenAnswerException when its provider tells reasons and gave none for its end, or
   *     when it holds neither text nor a call
   */
  Completion completion() {
    if (tellsReasons && !isEnded()) {
      throw new BrokenAnswerException("the answer broke off before its end");
    }
    // Without content a refusal in words stands where the content would.
    String content = text.isEmpty() ? refusal.toString() : text.toString();
    if (content.isBlank() && tools.isEmpty()) {
      throw new BrokenAnswerException(
          isCut() ? "the limit of tokens was used up before the answer" : "the answer is empty");
    }
    return new Completion(content, usage, traceId, Optional.of(modelAnswer()));
  }

  private boolean isCut() {
    return reason.filter("length"::equals).isPresent();
  }

  private ModelAnswer modelAnswer() {
    return new ModelAnswer(
        model,
        reason.orElse("stop"),
        toolsAsJson(),
        said(refusal),
        said(reasoning),
        logprobs.isEmpty() ? Optional.empty() : Optional.of(Json.text(logprobs)));
  }

  private static Optional<String> said(StringBuilder words) {
    return words.isEmpty() ? Optional.empty() : Optional.of(words.toString());
  }

  private Optional<String> toolsAsJson() {
    if (tools.isEmpty()) {
      return Optional.empty();
    }
    ArrayNode calls = Json.MAPPER.createArrayNode();
    tools
        .values()
        .forEach(
            tool -> {
              ObjectNode call = calls.addObject().put("id", tool.id).put("type", "function");
              call.putObject("function")
                  .put("name", tool.name)
                  // Anthropic says nothing where a tool takes nothing.
                  .put("arguments", tool.arguments.isEmpty() ? "{}" : tool.arguments.toString());
            });
    return Optional.of(Json.text(calls));
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

    /** The same of an object that tells usage alone. */
    static Optional<Usage> read(JsonNode told) {
      return Usage.told(
              name -> {
                JsonNode value = told.path(name);
                return value.isIntegralNumber() && value.canConvertToLong()
                    ? OptionalLong.of(value.longValue())
                    : OptionalLong.empty();
              })
          .filter(usage -> usage.promptTokens() + usage.completionTokens() > 0);
    }
  }
}
