package dev.baton.http.in.runner.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.google.common.base.Strings;
import dev.baton.core.domain.input.CsvWriter;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.core.usecase.model.Models;
import dev.baton.http.in.json.Json;
import dev.baton.http.in.json.RawArray;
import dev.baton.http.in.json.RawObject;
import dev.baton.http.in.runner.shared.TaskStatus;
import dev.baton.http.in.runner.task.TaskResult;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A batch's results as lines of text, for downloads and output files alike. In CSV a cell that a
 * spreadsheet would take for a formula has an apostrophe before it, so an answer that must be kept
 * to the letter belongs in JSON Lines. What an answer cost is told in dollars at today's prices,
 * and left empty for a model without a price. Holds no state.
 */
public final class ResultLines {
  static final String CANCELLED = "CANCELLED";
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
          "Metadata",
          "Answered By",
          "Finish Reason",
          "Tool Calls",
          "Refusal",
          "Reasoning",
          "Log Probabilities",
          "Extras");

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
    Optional<ModelAnswer> said = said(outcome);
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
            TaskStatus.of(outcome.row().state()).word(),
            outcome.prompt().metadata().equals(Metadata.EMPTY)
                ? ""
                : outcome.prompt().metadata().json(),
            said.map(answer -> answer.model().value()).orElse(""),
            said.map(ModelAnswer::finishReason).orElse(""),
            said.flatMap(ModelAnswer::toolCalls).orElse(""),
            said.flatMap(ModelAnswer::refusal).orElse(""),
            said.flatMap(ModelAnswer::reasoning).orElse(""),
            said.flatMap(ModelAnswer::logprobs).orElse(""),
            said.flatMap(ModelAnswer::extras).orElse("")));
  }

  /** In dollars, as JSON and CSV have numbers; empty where there is no price. */
  private static String cost(Batches.Outcome outcome, Models prices) {
    Optional<Completion> answer = completion(outcome);
    Optional<ModelName> model =
        said(outcome).map(ModelAnswer::model).or(() -> outcome.row().terms().model());
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

  /** A line of JSON Lines. */
  private record Line(
      String id,
      TaskStatus status,
      boolean success,
      Asked request,
      @Nullable String response,
      Optional<String> answeredBy,
      Optional<String> finishReason,
      Optional<RawArray> toolCalls,
      Optional<String> refusal,
      Optional<String> reasoning,
      Optional<RawObject> logprobs,
      Optional<RawObject> extras,
      TaskResult.@Nullable Tokens usage,
      @JsonRawValue @Nullable String cost,
      @Nullable String timestamp,
      int retryCount,
      @Nullable String errorCode,
      @Nullable String error,
      boolean isRetryable) {}

  /** What was asked. */
  private record Asked(
      String prompt,
      Optional<RawArray> messages,
      @Nullable String model,
      OptionalDouble temperature,
      OptionalInt maxTokens,
      RawObject metadata) {
    private static Asked of(Batches.Outcome outcome) {
      Parameters parameters = outcome.prompt().parameters();
      return new Asked(
          outcome.prompt().text(),
          parameters.messages().map(messages -> new RawArray(messages.json())),
          ResultLines.model(outcome).orElse(null),
          parameters.temperature(),
          parameters.maxTokens(),
          new RawObject(outcome.prompt().metadata().json()));
    }
  }

  private static String jsonl(Batches.Outcome outcome, Models prices) {
    Optional<Completion> answer = completion(outcome);
    Optional<ModelAnswer> said = said(outcome);
    Optional<Failure> error = error(outcome);
    Line line =
        new Line(
            outcome.row().id().value(),
            TaskStatus.of(outcome.row().state()),
            succeeded(outcome),
            Asked.of(outcome),
            answer.map(Completion::content).orElse(null),
            said.map(model -> model.model().value()),
            said.map(ModelAnswer::finishReason),
            said.flatMap(ModelAnswer::toolCalls).map(RawArray::new),
            said.flatMap(ModelAnswer::refusal),
            said.flatMap(ModelAnswer::reasoning),
            said.flatMap(ModelAnswer::logprobs).map(RawObject::new),
            said.flatMap(ModelAnswer::extras).map(RawObject::new),
            answer.flatMap(Completion::usage).map(TaskResult.Tokens::of).orElse(null),
            Strings.emptyToNull(cost(outcome, prices)),
            endedAt(outcome).map(Instant::toString).orElse(null),
            Math.max(0, outcome.row().leaseState().attempts() - 1),
            error.map(Failure::code).orElse(null),
            error.map(Failure::message).orElse(null),
            error.filter(ResultLines::mayEndOtherwise).isPresent());
    return new String(Json.encode(line), UTF_8) + '\n';
  }

  private static boolean succeeded(Batches.Outcome outcome) {
    return outcome.row().state() == Kind.SUCCEEDED;
  }

  static Optional<Completion> completion(Batches.Outcome outcome) {
    return outcome.result().flatMap(Result::completion);
  }

  static Optional<ModelAnswer> said(Batches.Outcome outcome) {
    return completion(outcome).flatMap(Completion::modelAnswer);
  }

  static Optional<Failure> error(Batches.Outcome outcome) {
    return outcome.row().state() == Kind.CANCELLED
        ? Optional.of(Failure.permanent(CANCELLED, "the task was cancelled"))
        : outcome.result().flatMap(Result::failure);
  }

  /**
   * What is over for want of attempts, or because somebody said so, may do better the next time.
   */
  static boolean mayEndOtherwise(Failure failure) {
    return failure.retryable()
        || failure.code().equals(Failure.ATTEMPTS_EXHAUSTED)
        || failure.code().equals(CANCELLED);
  }

  static Optional<Instant> endedAt(Batches.Outcome outcome) {
    return outcome.row().state().isTerminal()
        ? Optional.of(Instant.ofEpochMilli(outcome.row().leaseState().changedAt()))
        : Optional.empty();
  }

  static Optional<String> model(Batches.Outcome outcome) {
    return outcome.row().terms().model().map(name -> name.value());
  }
}
