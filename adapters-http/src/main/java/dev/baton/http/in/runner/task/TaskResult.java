package dev.baton.http.in.runner.task;

import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Usage;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.json.RawArray;
import java.util.Optional;

/** An answer. */
@Doc("An answer.")
public record TaskResult(
    @Doc(value = "The answer.", example = "Code flows like a stream...") String content,
    @Doc("What it cost.") Optional<Tokens> usage,
    @Doc("Who answered, where Baton asked a model.") Optional<String> model,
    @Doc("Why the model stopped.") Optional<String> finishReason,
    @Doc("Extension. The calls of tools that the model asks for, in OpenAI's words.")
        Optional<RawArray> toolCalls) {

  /** What an answer cost. */
  @Doc(value = "", name = "TokenUsage")
  public record Tokens(
      @Doc(value = "Tokens read.", example = "15") @Bounds(max = Usage.MAX) long promptTokens,
      @Doc(value = "Tokens written.", example = "50") @Bounds(max = Usage.MAX)
          long completionTokens,
      @Doc(value = "Both together.", example = "65") @Bounds(max = Usage.MAX) long totalTokens) {
    public static Tokens of(Usage usage) {
      return new Tokens(usage.promptTokens(), usage.completionTokens(), usage.totalTokens());
    }
  }

  static TaskResult of(Completion completion) {
    return new TaskResult(
        completion.content(),
        completion.usage().map(Tokens::of),
        completion.modelAnswer().map(answer -> answer.model().value()),
        completion.modelAnswer().map(answer -> answer.finishReason()),
        completion.modelAnswer().flatMap(answer -> answer.toolCalls()).map(RawArray::new));
  }
}
