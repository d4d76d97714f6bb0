package dev.baton.http.in.runner.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.usecase.batch.Batches;
import java.util.Map;
import java.util.Optional;

/**
 * Results as lines of the output file of OpenAI's <a
 * href="https://platform.openai.com/docs/api-reference/batch/request-output">Batch API</a>.
 */
final class OpenAiResult {
  private static final String CONTENT = "content";

  private OpenAiResult() {}

  /** A line with its end; empty for a task that is not over. */
  static String line(Batches.Outcome outcome) {
    return ProviderResult.line(outcome).map(line -> text(line, outcome)).orElse("");
  }

  private static String text(ObjectNode named, Batches.Outcome outcome) {
    String id = outcome.row().id().value();
    ObjectNode line = ProviderResult.object().put("id", "batch_req_" + id);
    line.setAll(named);
    if (ProviderResult.isAnswered(outcome)) {
      line.putObject("response")
          .put("status_code", 200)
          .put("request_id", id)
          .set("body", body(outcome));
      line.putNull("error");
    } else {
      Failure failure = ProviderResult.failure(outcome);
      line.putNull("response");
      line.putObject("error").put("code", code(failure)).put("message", failure.message());
    }
    return ProviderResult.text(line);
  }

  private static String code(Failure failure) {
    if (ProviderResult.isCancelled(failure)) {
      return "batch_cancelled";
    }
    return ProviderResult.isExpired(failure) ? "batch_expired" : failure.code();
  }

  private static ObjectNode body(Batches.Outcome outcome) {
    Completion answer = ProviderResult.answer(outcome);
    Optional<ModelAnswer> said = ResultLines.said(outcome);
    ObjectNode body =
        ProviderResult.object()
            .put("id", "chatcmpl-" + outcome.row().id())
            .put("object", "chat.completion")
            .put("created", ResultLines.endedAt(outcome).orElseThrow().getEpochSecond())
            .put("model", ProviderResult.model(outcome));
    ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
    choice.set("message", message(answer, said));
    choice.putNull("logprobs");
    ProviderResult.putJson(choice, "logprobs", said.flatMap(ModelAnswer::logprobs));
    choice.put("finish_reason", ProviderResult.finishReason(outcome));
    answer
        .usage()
        .ifPresent(
            usage ->
                body.putObject("usage")
                    .put("prompt_tokens", usage.promptTokens())
                    .put("completion_tokens", usage.completionTokens())
                    .put("total_tokens", usage.totalTokens()));
    return body;
  }

  /** What else the provider's message held; parts that are not text stand behind the text. */
  private static void add(ObjectNode message, JsonNode extras) {
    for (Map.Entry<String, JsonNode> extra : extras.properties()) {
      JsonNode said = message.path(extra.getKey());
      if (extra.getKey().equals(CONTENT)) {
        ArrayNode parts = message.putArray(CONTENT);
        if (!said.asText("").isEmpty()) {
          parts.addObject().put("type", "text").set("text", said);
        }
        extra.getValue().forEach(parts::add);
      } else if (said.isMissingNode()) {
        message.set(extra.getKey(), extra.getValue());
      }
    }
  }

  private static ObjectNode message(Completion answer, Optional<ModelAnswer> said) {
    Optional<String> calls = said.flatMap(ModelAnswer::toolCalls);
    Optional<String> refusal = said.flatMap(ModelAnswer::refusal);
    boolean silent = answer.content().isEmpty() && (calls.isPresent() || refusal.isPresent());
    ObjectNode message =
        ProviderResult.object()
            .put("role", "assistant")
            .put(CONTENT, silent ? null : answer.content())
            .put("refusal", refusal.orElse(null));
    said.flatMap(ModelAnswer::reasoning).ifPresent(text -> message.put("reasoning_content", text));
    ProviderResult.putJson(message, "tool_calls", calls);
    said.flatMap(ModelAnswer::extras)
        .map(ProviderResult::tree)
        .ifPresent(more -> add(message, more));
    return message;
  }
}
