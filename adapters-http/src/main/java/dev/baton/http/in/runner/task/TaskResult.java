package dev.baton.http.in.runner.task;

import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Usage;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.json.RawArray;
import dev.baton.http.in.json.RawObject;
import java.util.Optional;

/** An answer. */
@Doc("An answer.")
public record TaskResult(
    @Doc(value = "The answer.", example = "Code flows like a stream...") String content,
    @Doc("What it cost.") Optional<Tokens> usage,
    @Doc("Who answered, where Baton asked a model.") Optional<String> model,
    @Doc("Why the model stopped.") Optional<String> finishReason,
    @Doc("Extension. The calls of tools that the model asks for, in OpenAI's words.")
        Optional<RawArray> toolCalls,
    @Doc("Extension. Why the model declines, in its own words.") Optional<String> refusal,
    @Doc("Extension. What the model thought before it answered.") Optional<String> reasoning,
    @Doc("Extension. Probabilities of the answer's tokens, as the provider sent them.")
        Optional<RawObject> logprobs,
    @Doc(
            "Extension. What else the provider put into its message, in its own form: sound,"
                + " pictures, sources, signed thoughts.")
        Optional<RawObject> extras) {

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
    Optional<ModelAnswer> said = completion.modelAnswer();
    return new TaskResult(
        completion.content(),
        completion.usage().map(Tokens::of),
        said.map(answer -> answer.model().value()),
        said.map(ModelAnswer::finishReason),
        said.flatMap(ModelAnswer::toolCalls).map(RawArray::new),
        said.flatMap(ModelAnswer::refusal),
        said.flatMap(ModelAnswer::reasoning),
        said.flatMap(ModelAnswer::logprobs).map(RawObject::new),
        said.flatMap(ModelAnswer::extras).map(RawObject::new));
  }
}
