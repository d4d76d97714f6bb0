package dev.baton.http.in.runner.batch;

import dev.baton.core.domain.input.CsvWriter;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.core.usecase.model.Models;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A batch's results as lines of text, for downloads and output files alike. In CSV a cell that a
 * spreadsheet would take for a formula has an apostrophe before it, so an answer that must be kept
 * to the letter belongs in JSON Lines. What an answer cost is told in dollars at today's prices,
 * and left empty for a model without a price. Holds no state.
 */
public final class ResultLines {
  private static final String CANCELLED = "CANCELLED";
  private static final int COST_DIGITS = 9;
  private static final List<String> COLUMNS =
      List.of(
          "ID",
          "Success",
          "Response",
          "Error",
          "Prompt Tokens",
          "Completion Tokens",
          "Total Tokens",
          "Cost",
          "Timestamp",
          "Prompt",
          "Model",
          "Temperature",
          "Max Tokens",
          "Status",
          "Metadata");

  private ResultLines() {}

  /** What comes before the first line, with its line end: in CSV the header row, else nothing. */
  public static String header(Format format) {
    return format == Format.CSV ? CsvWriter.guarded(COLUMNS) : "";
  }

  /** A task's line with its line end; a task that is not over has neither answer nor error. */
  public static String line(Format format, Batches.Outcome outcome, Models prices) {
    return switch (format) {
      case CSV -> csv(outcome, prices);
      case JSONL -> jsonl(outcome, prices);
    };
  }

  private static String csv(Batches.Outcome outcome, Models prices) {
    Optional<Usage> usage = completion(outcome).flatMap(Completion::usage);
    Parameters parameters = outcome.prompt().parameters();
    return CsvWriter.guarded(
        List.of(
            outcome.row().id().value(),
            Boolean.toString(succeeded(outcome)),
            completion(outcome).map(Completion::content).orElse(""),
            error(outcome).map(failure -> failure.code() + ": " + failure.message()).orElse(""),
            usage.map(tokens -> Long.toString(tokens.promptTokens())).orElse(""),
            usage.map(tokens -> Long.toString(tokens.completionTokens())).orElse(""),
            usage.map(tokens -> Long.toString(tokens.totalTokens())).orElse(""),
            cost(outcome, prices),
            endedAt(outcome).map(Instant::toString).orElse(""),
            outcome.prompt().text(),
            model(outcome).orElse(""),
            parameters.temperature().isPresent()
                ? Double.toString(parameters.temperature().getAsDouble())
                : "",
            parameters.maxTokens().isPresent()
                ? Integer.toString(parameters.maxTokens().getAsInt())
                : "",
            status(outcome.row().state()),
            outcome.prompt().metadata().equals(Metadata.EMPTY)
                ? ""
                : outcome.prompt().metadata().json()));
  }

  /** In dollars, as JSON and CSV have numbers; empty where there is no price. */
  private static String cost(Batches.Outcome outcome, Models prices) {
    Optional<Completion> answer = completion(outcome);
    Optional<ModelName> model =
        answer
            .flatMap(Completion::modelAnswer)
            .map(ModelAnswer::model)
            .or(() -> outcome.row().terms().model());
    Optional<Usage> usage = answer.flatMap(Completion::usage);
    if (model.isEmpty() || usage.isEmpty()) {
      return "";
    }
    OptionalDouble cost = prices.cost(model.get(), usage.get());
    return cost.isPresent()
        ? BigDecimal.valueOf(cost.getAsDouble())
            .setScale(COST_DIGITS, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        : "";
  }

  private static String jsonl(Batches.Outcome outcome, Models prices) {
    StringBuilder json = new StringBuilder(256);
    json.append("{\"id\":");
    quote(json, outcome.row().id().value());
    json.append(",\"status\":");
    quote(json, status(outcome.row().state()));
    json.append(",\"success\":").append(succeeded(outcome));
    request(json, outcome);
    json.append(",\"response\":");
    quoteOrNull(json, completion(outcome).map(Completion::content));
    usage(json, completion(outcome).flatMap(Completion::usage));
    String cost = cost(outcome, prices);
    json.append(",\"cost\":").append(cost.isEmpty() ? "null" : cost).append(",\"timestamp\":");
    quoteOrNull(json, endedAt(outcome).map(Instant::toString));
    json.append(",\"retryCount\":").append(Math.max(0, outcome.row().leaseState().attempts() - 1));
    json.append(",\"errorCode\":");
    quoteOrNull(json, error(outcome).map(Failure::code));
    json.append(",\"error\":");
    quoteOrNull(json, error(outcome).map(Failure::message));
    json.append(",\"isRetryable\":")
        .append(error(outcome).filter(ResultLines::mayEndOtherwise).isPresent());
    return json.append("}\n").toString();
  }

  private static void request(StringBuilder json, Batches.Outcome outcome) {
    Prompt prompt = outcome.prompt();
    json.append(",\"request\":{\"prompt\":");
    quote(json, prompt.text());
    prompt
        .parameters()
        .messages()
        .ifPresent(messages -> json.append(",\"messages\":").append(messages.json()));
    json.append(",\"model\":");
    quoteOrNull(json, model(outcome));
    prompt.parameters().temperature().ifPresent(t -> json.append(",\"temperature\":").append(t));
    prompt.parameters().maxTokens().ifPresent(n -> json.append(",\"maxTokens\":").append(n));
    json.append(",\"metadata\":").append(prompt.metadata().json()).append('}');
  }

  private static void usage(StringBuilder json, Optional<Usage> usage) {
    json.append(",\"usage\":");
    usage.ifPresentOrElse(
        tokens ->
            json.append("{\"promptTokens\":")
                .append(tokens.promptTokens())
                .append(",\"completionTokens\":")
                .append(tokens.completionTokens())
                .append(",\"totalTokens\":")
                .append(tokens.totalTokens())
                .append('}'),
        () -> json.append("null"));
  }

  private static void quoteOrNull(StringBuilder json, Optional<String> text) {
    text.ifPresentOrElse(given -> quote(json, given), () -> json.append("null"));
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < ' ') {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }

  private static String status(Kind state) {
    return switch (state) {
      case HELD, READY -> "pending";
      case LEASED -> "running";
      case SUCCEEDED -> "completed";
      case DEAD, CANCELLED -> "failed";
    };
  }

  private static boolean succeeded(Batches.Outcome outcome) {
    return outcome.row().state() == Kind.SUCCEEDED;
  }

  private static Optional<Completion> completion(Batches.Outcome outcome) {
    return outcome.result().flatMap(Result::completion);
  }

  private static Optional<Failure> error(Batches.Outcome outcome) {
    return outcome.row().state() == Kind.CANCELLED
        ? Optional.of(Failure.permanent(CANCELLED, "the task was cancelled"))
        : outcome.result().flatMap(Result::failure);
  }

  /**
   * What is over for want of attempts, or because somebody said so, may do better the next time.
   */
  private static boolean mayEndOtherwise(Failure failure) {
    return failure.retryable()
        || failure.code().equals(Failure.ATTEMPTS_EXHAUSTED)
        || failure.code().equals(CANCELLED);
  }

  private static Optional<Instant> endedAt(Batches.Outcome outcome) {
    return outcome.row().state().isTerminal()
        ? Optional.of(Instant.ofEpochMilli(outcome.row().leaseState().changedAt()))
        : Optional.empty();
  }

  private static Optional<String> model(Batches.Outcome outcome) {
    return outcome.row().terms().model().map(name -> name.value());
  }
}
