package dev.baton.http.in.runner.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.http.in.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * What both forms of a provider's batch results say. The name of a line is what the row's own file
 * called it: its {@code custom_id} where no task can be called so, or else the task's id.
 */
final class ProviderResult {
  private static final String CUSTOM_ID = "custom_id";

  private ProviderResult() {}

  /** A line that begins with its name; empty for a task that is not over. */
  static Optional<ObjectNode> line(Batches.Outcome outcome) {
    return outcome.row().state().isTerminal()
        ? Optional.of(object().put(CUSTOM_ID, customId(outcome)))
        : Optional.empty();
  }

  private static String customId(Batches.Outcome outcome) {
    String metadata = outcome.prompt().metadata().json();
    if (metadata.contains(CUSTOM_ID)) {
      JsonNode named = tree(metadata).path(CUSTOM_ID);
      if (named.isValueNode() && !named.isNull()) {
        return named.asText();
      }
    }
    return outcome.row().id().value();
  }

  static ObjectNode object() {
    return Json.mapper().createObjectNode();
  }

  /** JSON that the store keeps, and so is good. */
  static JsonNode tree(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void putJson(ObjectNode to, String name, Optional<String> json) {
    json.ifPresent(text -> to.putRawValue(name, new RawValue(text)));
  }

  static String text(ObjectNode line) {
    return new String(Json.encode(line), UTF_8) + '\n';
  }

  /** What answered; the model that was asked where nobody said which one did. */
  static String model(Batches.Outcome outcome) {
    return ResultLines.said(outcome)
        .map(answer -> answer.model().value())
        .or(() -> ResultLines.model(outcome))
        .orElse("unknown");
  }

  static String finishReason(Batches.Outcome outcome) {
    return ResultLines.said(outcome)
        .map(ModelAnswer::finishReason)
        .filter(reason -> !reason.isEmpty())
        .orElse("stop");
  }

  /** The answer of a task that has one. */
  static Completion answer(Batches.Outcome outcome) {
    return ResultLines.completion(outcome).orElseThrow();
  }

  static boolean isAnswered(Batches.Outcome outcome) {
    return ResultLines.completion(outcome).isPresent();
  }

  /** Why a task that is over has no answer. */
  static Failure failure(Batches.Outcome outcome) {
    return ResultLines.error(outcome).orElseThrow();
  }

  static boolean isCancelled(Failure failure) {
    return failure.code().equals(ResultLines.CANCELLED);
  }

  static boolean isExpired(Failure failure) {
    return failure.code().equals(Failure.DEADLINE_EXCEEDED);
  }
}
