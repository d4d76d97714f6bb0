package dev.baton.http.out.model.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.port.ModelOutcome.Refused;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Why an answer ended, in any vendor's words. Only the words listed here end an answer well; every
 * other one means that it is not the whole answer, so that nothing half-finished is kept as final.
 */
public final class Ending {
  private static final Map<String, Set<String>> WELL =
      Map.of(
          "stop",
          Set.of(
              "stop",
              "stopsequence",
              "endturn",
              "endoftext",
              "eos",
              "eostoken",
              "complete",
              "completed",
              "finish",
              "finished"),
          "length",
          Set.of(
              "length",
              "maxlength",
              "modellength",
              "maxtokens",
              "maxoutputtokens",
              "maxnewtokens",
              "maxcompletiontokens",
              "tokenlimit",
              "limit",
              "errorlimit",
              "modelcontextwindowexceeded"),
          "tool_calls",
          Set.of("toolcalls", "toolcall", "tooluse", "functioncall", "functioncalls"));

  /** Words of filters, by how they begin: some go on with what the filter found. */
  private static final Set<String> FILTER =
      Set.of(
          "contentfilter",
          "contentpolicy",
          "safety",
          "imagesafety",
          "recitation",
          "imagerecitation",
          "prohibited",
          "imageprohibited",
          "blocklist",
          "blocked",
          "spii",
          "modelarmor",
          "sensitive",
          "refusal",
          "guardrail",
          "moderation",
          "flagged",
          "errortoxic");

  private static final Set<String> UNWELL =
      Set.of("insufficientsystemresource", "networkerror", "overloaded", "servererror");

  /** Words of those who say the same of a whole call, not of its text. */
  private static final Set<String> UNFINISHED =
      Set.of(
          "error", "failed", "failure", "incomplete", "cancelled", "canceled", "abort", "aborted");

  private static final Set<String> LATE = Set.of("timeout", "deadlineexceeded", "timedout");

  private Ending() {}

  /** The word that a provider gives as the reason; empty while it gives none. */
  public static Optional<String> word(JsonNode reason) {
    String word = reason.isObject() ? reason.path("type").asText("") : reason.asText("");
    return Optional.of(word).filter(w -> !w.isBlank() && !w.equals("null"));
  }

  /**
   * The reason in OpenAI's words: {@code stop}, {@code length} or {@code tool_calls}.
   *
   * @throws BrokenAnswerException when the answer did not end well
   */
  public static String well(String word) {
    String plain = ErrorText.squeezed(word);
    for (Map.Entry<String, Set<String>> ending : WELL.entrySet()) {
      if (ending.getValue().contains(plain)) {
        return ending.getKey();
      }
    }
    throw new BrokenAnswerException(badly(plain));
  }

  /**
   * Looks at a word that stands beside the reason, such as the state of the call: it ends nothing
   * well, and says what went wrong only in words that are known.
   *
   * @throws BrokenAnswerException when it says that the answer is not whole
   */
  public static void throwIfUnfinished(JsonNode state) {
    String plain = ErrorText.squeezed(word(state).orElse(""));
    if (UNFINISHED.contains(plain)
        || UNWELL.contains(plain)
        || LATE.contains(plain)
        || FILTER.stream().anyMatch(plain::startsWith)) {
      throw new BrokenAnswerException(badly(plain));
    }
  }

  private static Refused badly(String plain) {
    if (FILTER.stream().anyMatch(plain::startsWith)) {
      return Faults.refused(
          ModelFault.CONTENT_FILTERED, "the provider's filter stopped the answer");
    }
    if (UNWELL.contains(plain)) {
      return Faults.refused(ModelFault.OVERLOADED, "the provider broke off its answer");
    }
    return LATE.contains(plain)
        ? Faults.refused(ModelFault.TIMED_OUT, "the provider ran out of time in its answer")
        : Faults.refused(ModelFault.UPSTREAM_INVALID, "the provider did not finish its answer");
  }
}
