package dev.baton.http.out.model.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.http.out.model.fault.BrokenAnswerException;
import dev.baton.http.out.upstream.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The calls of tools in an answer, put together in OpenAI's form: of functions, whose arguments are
 * JSON, and of custom tools, whose input is any text. What a provider adds to a call is kept, since
 * some ask for it in the next turn. For one thread.
 */
final class ToolCalls {
  private static final int MOST = 128;
  private static final String FUNCTION = "function";
  private static final String CUSTOM = "custom";
  private static final String ARGUMENTS = "arguments";
  private static final String INPUT = "input";
  private static final Set<String> PLACED =
      Set.of("index", "id", "type", FUNCTION, CUSTOM, "name", ARGUMENTS, INPUT);

  private final Map<Integer, Call> calls = new TreeMap<>();

  ToolCalls() {}

  /** One call, whose text comes in fragments. */
  private static final class Call {
    private final ObjectNode added = Json.newObject();
    private final StringBuilder text = new StringBuilder();
    private boolean custom;
    private String id = "";
    private String type = "";
    private String name = "";

    void take(JsonNode part) {
      custom |= part.path(CUSTOM).isObject();
      JsonNode said = part.path(custom ? CUSTOM : FUNCTION);
      // Some servers send the function's members as the call's own.
      JsonNode told = said.isObject() ? said : part;
      id = orElse(part.path("id"), id);
      type = orElse(part.path("type"), type);
      name = orElse(told.path("name"), name);
      text.append(text(told.path(custom ? INPUT : ARGUMENTS)));
      for (Map.Entry<String, JsonNode> member : part.properties()) {
        if (!PLACED.contains(member.getKey()) && !member.getValue().isNull()) {
          added.set(member.getKey(), member.getValue());
        }
      }
    }

    private static String orElse(JsonNode told, String known) {
      return told.asText("").isEmpty() ? known : told.asText();
    }

    /** A text that holds JSON; some servers send the JSON itself. */
    private static String text(JsonNode told) {
      return told.isContainerNode() ? Json.text(told) : told.asText("");
    }

    ObjectNode json() {
      String kind = custom ? CUSTOM : FUNCTION;
      ObjectNode call = Json.newObject().put("id", id).put("type", type.isEmpty() ? kind : type);
      ObjectNode body = call.putObject(kind).put("name", name);
      if (custom) {
        body.put(INPUT, text.toString());
      } else {
        // Anthropic says nothing where a tool takes nothing.
        body.put(ARGUMENTS, text.isEmpty() ? "{}" : text.toString());
      }
      return call.setAll(added);
    }
  }

  boolean isEmpty() {
    return calls.isEmpty();
  }

  /** Whole calls, in OpenAI's form. */
  void whole(JsonNode list) {
    for (JsonNode call : list) {
      take(calls.size(), call);
    }
  }

  /** Fragments of calls, each with the index of its call; without one, an id begins the next. */
  void fragments(JsonNode list) {
    for (JsonNode part : list) {
      int next = part.path("id").asText("").isEmpty() ? calls.size() - 1 : calls.size();
      take(part.path("index").asInt(Math.max(0, next)), part);
    }
  }

  /** The only call of an answer in OpenAI's older form, or a fragment of it. */
  void legacy(JsonNode function) {
    if (function.isObject()) {
      take(0, function);
    }
  }

  /** A whole call of Anthropic's. */
  void toolUse(JsonNode block) {
    ObjectNode call = Json.newObject().put("id", block.path("id").asText(""));
    call.putObject(FUNCTION)
        .put("name", block.path("name").asText(""))
        .set(ARGUMENTS, block.path(INPUT));
    take(calls.size(), call);
  }

  private void take(int index, JsonNode part) {
    calls.computeIfAbsent(index, i -> new Call()).take(part);
    if (calls.size() > MOST) {
      throw new BrokenAnswerException("the answer calls too many tools");
    }
  }

  /** All calls as a JSON array; empty when there is none. */
  Optional<String> json() {
    if (calls.isEmpty()) {
      return Optional.empty();
    }
    ArrayNode all = Json.MAPPER.createArrayNode();
    calls.values().forEach(call -> all.add(call.json()));
    return Optional.of(Json.text(all));
  }
}
