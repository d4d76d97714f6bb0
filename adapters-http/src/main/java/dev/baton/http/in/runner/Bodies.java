package dev.baton.http.in.runner;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.server.FieldError;
import dev.baton.http.in.server.FieldErrors;
import dev.baton.http.in.server.Handler;
import dev.baton.http.in.server.Json;
import dev.baton.http.in.server.JsonShape;
import dev.baton.http.in.server.JsonValues;
import dev.baton.http.in.server.Reply;
import dev.baton.http.in.server.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads what was posted, in the same way for every route: strict JSON of the route's shape. An
 * unknown member is ignored and named in the reply's header {@code X-Ignored-Members} (as JSON
 * pointers); it is refused when the server is configured to be strict or the request says {@code
 * Prefer: handling=strict}. Thread-safe.
 */
final class Bodies {
  /** A body of a few short members. */
  static final long SMALL_MAX = 64L << 10;

  /** A body that holds one prompt of full size, also when much of it is escaped. */
  static final long PROMPT_MAX = 8L << 20;

  static final String IGNORED_HEADER = "X-Ignored-Members";

  private static final byte[] NOTHING = {'{', '}'};
  private static final int SHOWN_MAX = 128;

  private final boolean strict;

  /** What a route does with a body of its shape. */
  @FunctionalInterface
  interface Action {
    Reply of(Request request, Fields body);
  }

  Bodies(boolean strict) {
    this.strict = strict;
  }

  /** A handler for a body that must be there. */
  Handler reading(JsonShape shape, Action action) {
    requireNonNull(shape, "shape");
    return request -> {
      Json.requireJson(request);
      return read(shape.read(request), request, action);
    };
  }

  /** A handler for a body that may be left out, which is as good as an empty object. */
  Handler readingOptional(JsonShape shape, Action action) {
    Handler reading = reading(shape, action);
    return request ->
        request.body().length == 0
            ? action.of(request, Fields.of(shape.read(NOTHING)))
            : reading.handle(request);
  }

  private Reply read(JsonValues values, Request request, Action action) {
    List<String> ignored = values.ignoredAnywhere();
    if (ignored.isEmpty()) {
      return action.of(request, Fields.of(values));
    }
    if (strict || prefersStrict(request)) {
      throw unknown(ignored);
    }
    return action.of(request, Fields.of(values)).withHeader(IGNORED_HEADER, shown(ignored));
  }

  /** Whether what is unknown is refused. */
  boolean isStrict(Request request) {
    return strict || prefersStrict(request);
  }

  private static boolean prefersStrict(Request request) {
    return request
        .header("Prefer")
        .map(prefer -> Arrays.asList(prefer.toLowerCase(Locale.ROOT).split("\\s*[,;]\\s*", -1)))
        .orElse(List.of())
        .contains("handling=strict");
  }

  private static FieldErrors unknown(List<String> pointers) {
    return new FieldErrors(
        ErrorCode.VALIDATION_FAILED,
        pointers.stream()
            .map(pointer -> FieldError.at(pointer, "There is no such member", "extra_forbidden"))
            .toList());
  }

  /** A member's name is the sender's text, and a header no place for any. */
  static String shown(List<String> pointers) {
    StringBuilder shown = new StringBuilder();
    for (String pointer : pointers) {
      shown.append(shown.isEmpty() ? "" : ", ").append(isPlain(pointer) ? pointer : "?");
    }
    return shown.toString();
  }

  private static boolean isPlain(String pointer) {
    return pointer.length() <= SHOWN_MAX
        && pointer.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ',');
  }
}
