package dev.baton.http.in.runner.shared;

import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.api.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Query parameters beyond texts and whole numbers. */
public final class Params {

  private Params() {}

  /** One of these words. */
  public static Optional<String> word(Request request, String name, List<String> words) {
    Optional<String> word = request.queryString(name);
    if (word.isPresent() && !words.contains(word.get())) {
      throw FieldErrors.invalid(
          "Input should be one of: " + String.join(", ", words), "enum", "query", name);
    }
    return word;
  }

  /** {@code true} or {@code false}. */
  public static Optional<Boolean> bool(Request request, String name) {
    return word(request, name, List.of("true", "false")).map(Boolean::valueOf);
  }

  public static Optional<Instant> instant(Request request, String name) {
    // A plus sign that was not escaped arrives as a blank, and nothing else here has one.
    return request
        .queryString(name)
        .map(text -> Instants.parse(text.replace(' ', '+'), List.of("query", name)));
  }
}
