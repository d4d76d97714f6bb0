package dev.baton.http.in.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Where in a body the reader is, and what it has found there. Used once, by one thread. */
final class JsonCursor {
  private static final int ERRORS_MAX = 50;
  private static final int IGNORED_MAX = 20;
  private static final int MEMBERS_MAX = 10_000;

  private final Deque<Object> place = new ArrayDeque<>(4);
  private final List<FieldError> errors = new ArrayList<>(0);
  private final List<String> ignored = new ArrayList<>(0);
  private int members;

  JsonCursor() {
    place.add("body");
  }

  void enter(Object step) {
    place.addLast(step);
  }

  void leave() {
    place.removeLast();
  }

  void wrong(String msg, String type) {
    if (errors.size() < ERRORS_MAX) {
      errors.add(new FieldError(List.copyOf(place), msg, type));
    }
  }

  List<FieldError> errors() {
    return errors;
  }

  /** Remembers an unknown member of the object that the reader is in. */
  void ignore(String name) {
    if (ignored.size() < IGNORED_MAX) {
      enter(name);
      ignored.add(new FieldError(List.copyOf(place), "", "").pointer());
      leave();
    }
  }

  List<String> ignored() {
    return ignored;
  }

  boolean isReported(String name) {
    return errors.stream()
        .anyMatch(
            error ->
                error.loc().size() == place.size() + 1
                    && error.loc().get(place.size()).equals(name)
                    && error.loc().subList(0, place.size()).equals(List.copyOf(place)));
  }

  /** Passes over one value of any kind, still checking what the parser by itself lets through. */
  void pass(JsonParser parser) throws IOException {
    int depth = 0;
    JsonToken token = parser.currentToken();
    while (true) {
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.FIELD_NAME) {
        members++;
        if (members > MEMBERS_MAX) {
          throw malformed("more than " + MEMBERS_MAX + " members", 0);
        }
      } else if (token == JsonToken.VALUE_NUMBER_FLOAT
          && Double.isInfinite(parser.getDoubleValue())) {
        throw malformed("a number is out of range", 0);
      }
      if (depth == 0) {
        return;
      }
      token = parser.nextToken();
    }
  }

  static FieldErrors malformed(String msg, long offset) {
    return new FieldErrors(
        ErrorCode.MALFORMED_BODY,
        List.of(new FieldError(List.of("body", Math.max(0, offset)), msg, "json_invalid")));
  }
}
