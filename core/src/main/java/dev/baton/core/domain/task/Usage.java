package dev.baton.core.domain.task;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** Tokens that an answer cost, as its worker counted them; each from 0 to 2^53. */
public record Usage(long promptTokens, long completionTokens, long totalTokens) {
  /** The largest whole number that every JSON reader keeps. */
  public static final long MAX = 1L << 53;

  private static final List<String> PROMPT =
      List.of("prompt_tokens", "promptTokens", "promptTokenCount", "prompt_eval_count");

  /** Beside these stand those read from a cache or written to it, which others count in. */
  private static final List<String> INPUT = List.of("input_tokens", "inputTokens");

  private static final List<String> CACHE =
      List.of("cache_read_input_tokens", "cache_creation_input_tokens");
  private static final List<String> COMPLETION =
      List.of("completion_tokens", "completionTokens", "output_tokens", "outputTokens");
  private static final List<String> WRITTEN =
      List.of("candidatesTokenCount", "thoughtsTokenCount", "eval_count");
  private static final List<String> TOTAL =
      List.of("total_tokens", "totalTokens", "totalTokenCount");

  public Usage {
    check("promptTokens", promptTokens);
    check("completionTokens", completionTokens);
    check("totalTokens", totalTokens);
  }

  private static void check(String name, long value) {
    checkArgument(value >= 0 && value <= MAX, "%s is from 0 to 2^53, was %s", name, value);
  }

  /** The names of all members that {@link #told} looks at. */
  public static List<String> words() {
    return Stream.of(PROMPT, INPUT, CACHE, COMPLETION, WRITTEN, TOTAL)
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Usage as providers and workers tell it, each in their own words.
   *
   * @param member the value of a member by its name; out of range counts as absent
   * @return empty when what was read or what was written is not known: one of them may be what the
   *     total leaves of the other, but is never made up
   */
  public static Optional<Usage> told(Function<String, OptionalLong> member) {
    OptionalLong input = first(INPUT, member);
    OptionalLong prompt =
        input.isPresent()
            ? OptionalLong.of(input.getAsLong() + sum(CACHE, member).orElse(0))
            : first(PROMPT, member);
    OptionalLong completion = first(COMPLETION, member);
    OptionalLong written = completion.isPresent() ? completion : sum(WRITTEN, member);
    OptionalLong total = first(TOTAL, member);
    int known = Stream.of(prompt, written, total).mapToInt(n -> n.isPresent() ? 1 : 0).sum();
    if (known < 2) {
      return Optional.empty();
    }
    long in = prompt.orElse(Math.max(0, total.orElse(0) - written.orElse(0)));
    long out = written.orElse(Math.max(0, total.orElse(0) - in));
    return Optional.of(
        new Usage(Math.min(in, MAX), Math.min(out, MAX), total.orElse(Math.min(in + out, MAX))));
  }

  private static OptionalLong first(List<String> names, Function<String, OptionalLong> member) {
    return names.stream().flatMapToLong(name -> valid(member.apply(name)).stream()).findFirst();
  }

  private static OptionalLong sum(List<String> names, Function<String, OptionalLong> member) {
    return names.stream()
        .flatMapToLong(name -> valid(member.apply(name)).stream())
        .reduce((a, b) -> Math.min(a + b, MAX));
  }

  private static OptionalLong valid(OptionalLong value) {
    return value.isPresent() && value.getAsLong() >= 0 && value.getAsLong() <= MAX
        ? value
        : OptionalLong.empty();
  }

  /** Whether the total is the sum of its parts: a mismatch is kept as given, and flagged. */
  public boolean isConsistent() {
    return totalTokens == promptTokens + completionTokens;
  }
}
