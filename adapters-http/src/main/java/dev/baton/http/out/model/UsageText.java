package dev.baton.http.out.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.task.Usage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What an answer cost, as an object of JSON tells it in the words of any vendor. */
final class UsageText {

  private UsageText() {}

  private static final List<String> PLACES =
      List.of("/usage", "/usage/tokens", "/usageMetadata", "/x_groq/usage", "");

  /**
   * Looks for it in a whole answer or a part of one. Empty when nothing is told, and where all is
   * zero, which servers say that did not count: no answer costs nothing.
   */
  static Optional<Usage> of(JsonNode answer) {
    return PLACES.stream().flatMap(place -> read(answer.at(place)).stream()).findFirst();
  }

  /** The same of an object that tells usage alone. */
  static Optional<Usage> read(JsonNode told) {
    return Usage.told(
            name -> {
              JsonNode value = told.path(name);
              return value.isIntegralNumber() && value.canConvertToLong()
                  ? OptionalLong.of(value.longValue())
                  : OptionalLong.empty();
            })
        .filter(usage -> usage.promptTokens() + usage.completionTokens() > 0);
  }
}
