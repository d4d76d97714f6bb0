package dev.baton.http.in.runner.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.usecase.batch.Batches;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Results as lines of Anthropic's <a
 * href="https://docs.claude.com/en/docs/build-with-claude/batch-processing">Message Batches</a>.
 */
final class AnthropicResult {
  private static final String TYPE = "type";
  private static final String TEXT = "text";

  private AnthropicResult() {}

  /** A line with its end; empty for a task that is not over. */
  static String line(Batches.Outcome outcome) {
    return ProviderResult.line(outcome).map(line -> text(line, outcome)).orElse("");
  }

  private static String text(ObjectNode line, Batches.Outcome outcome) {
    ObjectNode result = line.putObject("result");
    if (ProviderResult.isAnswered(outcome)) {
      result.put(TYPE, "succeeded").set("message", message(outcome));
    } else {
      fail(result, ProviderResult.failure(outcome));
    }
    return ProviderResult.text(line);
  }

  private static void fail(ObjectNode result, Failure failure) {
    if (ProviderResult.isCancelled(failure)) {
      result.put(TYPE, "canceled");
    } else if (ProviderResult.isExpired(failure)) {
      result.put(TYPE, "expired");
    } else {
      // By the type a reader tells what may be sent again as it is.
      String type = ResultLines.mayEndOtherwise(failure) ? "api_error" : "invalid_request_error";
      result
          .put(TYPE, "errored")
          .putObject("error")
          .put(TYPE, "error")
          .putObject("error")
          .put(TYPE, type)
          .put("message", failure.code() + ": " + failure.message());
    }
  }

  private static ObjectNode message(Batches.Outcome outcome) {
    Completion answer = ProviderResult.answer(outcome);
    Optional<ModelAnswer> said = ResultLines.said(outcome);
    ObjectNode message =
        ProviderResult.object()
            .put("id", "msg_" + outcome.row().id())
            .put(TYPE, "message")
            .put("role", "assistant")
            .put("model", ProviderResult.model(outcome));
    ArrayNode content = message.putArray("content");
    JsonNode extras =
        said.flatMap(ModelAnswer::extras)
            .map(ProviderResult::tree)
            .orElseGet(MissingNode::getInstance);
    thoughts(content, said.flatMap(ModelAnswer::reasoning), extras.path("thinking_blocks"));
    extras.path("content").forEach(content::add);
    String text =
        answer.content().isEmpty()
            ? said.flatMap(ModelAnswer::refusal).orElse("")
            : answer.content();
    if (!text.isEmpty()) {
      ObjectNode block = content.addObject().put(TYPE, TEXT).put(TEXT, text);
      if (extras.has("citations")) {
        block.set("citations", extras.get("citations"));
      }
    }
    said.flatMap(ModelAnswer::toolCalls)
        .map(ProviderResult::tree)
        .ifPresent(calls -> calls.forEach(call -> content.add(toolUse(call))));
    message.put("stop_reason", stopReason(outcome)).putNull("stop_sequence");
    answer
        .usage()
        .ifPresent(
            usage ->
                message
                    .putObject("usage")
                    .put("input_tokens", usage.promptTokens())
                    .put("output_tokens", usage.completionTokens()));
    return message;
  }

  /** As they were signed, or else what is known of them. */
  private static void thoughts(ArrayNode content, Optional<String> reasoning, JsonNode signed) {
    if (signed.isEmpty() && reasoning.isPresent()) {
      content
          .addObject()
          .put(TYPE, "thinking")
          .put("thinking", reasoning.get())
          .put("signature", "");
    }
    signed.forEach(content::add);
  }

  private static ObjectNode toolUse(JsonNode call) {
    JsonNode custom = call.path("custom");
    JsonNode function = custom.isObject() ? custom : call.path("function");
    return ProviderResult.object()
        .put(TYPE, "tool_use")
        .put("id", call.path("id").asText())
        .put("name", function.path("name").asText())
        .set(
            "input", custom.isObject() ? text(custom) : input(function.path("arguments").asText()));
  }

  /** Any text is what a custom tool takes, and an object is what stands here. */
  private static JsonNode text(JsonNode custom) {
    return ProviderResult.object().set("input", custom.path("input"));
  }

  /** The arguments as the object that they should be; what is none stays as it is, within one. */
  private static JsonNode input(String arguments) {
    try {
      JsonNode parsed = ProviderResult.tree(arguments.isBlank() ? "{}" : arguments);
      if (parsed.isObject()) {
        return parsed;
      }
    } catch (UncheckedIOException e) {
      // A model wrote it.
    }
    return ProviderResult.object().put("arguments", arguments);
  }

  private static String stopReason(Batches.Outcome outcome) {
    if (ResultLines.said(outcome).flatMap(ModelAnswer::refusal).isPresent()) {
      return "refusal";
    }
    return switch (ProviderResult.finishReason(outcome)) {
      case "length" -> "max_tokens";
      case "tool_calls" -> "tool_use";
      default -> "end_turn";
    };
  }
}
