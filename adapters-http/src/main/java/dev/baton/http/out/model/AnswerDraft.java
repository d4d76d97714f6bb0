package dev.baton.http.out.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Usage;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An answer while it is put together, in OpenAI's words. For one thread. */
final class AnswerDraft {
  private static final int TRACE_MAX = 128;
  private static final int TOOLS_MAX = 128;

  private final StringBuilder text = new StringBuilder();
  private final Map<Integer, Tool> tools = new TreeMap<>();
  private ModelName model;
  private String reason = "stop";
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

  void reason(String word) {
    reason = word;
  }

  void usage(long in, long out, long total) {
    if (in >= 0 && out >= 0 && in <= Usage.MAX / 2 && out <= Usage.MAX / 2) {
      long sum = total < 0 || total > Usage.MAX ? in + out : total;
      usage = Optional.of(new Usage(in, out, sum));
    }
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
    JsonNode function = part.path("function");
    toolFragment(
        index,
        part.path("id").asText(""),
        function.path("name").asText(""),
        function.path("arguments").asText(""));
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

  Completion completion() {
    if (text.isEmpty() && tools.isEmpty() && reason.equals("stop") && usage.isEmpty()) {
      throw new BrokenAnswerException("the answer is empty");
    }
    return new Completion(
        text.toString(),
        usage,
        traceId,
        Optional.of(new ModelAnswer(model, reason, toolsAsJson())));
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
}
