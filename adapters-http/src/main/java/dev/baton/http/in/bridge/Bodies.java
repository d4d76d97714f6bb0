package dev.baton.http.in.bridge;

import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Handler;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Strictness;
import dev.baton.http.in.json.Body;
import dev.baton.http.in.json.Json;
import dev.baton.http.in.json.JsonReader;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.json.JsonValues;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Reads what was posted, in the same way for every route. */
final class Bodies {
  /** A body that holds one prompt of full size, also when much of it is escaped. */
  static final long PROMPT_BODY_MAX = 8L << 20;

  /** A body of a few short members. */
  static final long SMALL_BODY_MAX = 64L << 10;

  private static final String FORM = "application/x-www-form-urlencoded";

  /** What a route does with a body of its shape. */
  @FunctionalInterface
  interface Action {
    Reply of(Request request, JsonValues body);
  }

  private Bodies() {}

  /** For a body that a record declares. */
  static <T extends Record> Handler posting(Body<T> body, BiFunction<Request, T, Reply> action) {
    return reading(body::shape, (request, values) -> action.apply(request, body.bind(values)));
  }

  /** For a body that is read member by member. */
  static Handler reading(Supplier<JsonShape> shape, Action action) {
    return new Posting(shape, action, Strictness.LENIENT);
  }

  /** Reads the body and acts on it. */
  record Posting(Supplier<JsonShape> shape, Action action, Strictness strictness)
      implements Handler {

    /** The same, with another say about unknown members. */
    Posting under(Strictness other) {
      return new Posting(shape, action, other);
    }

    @Override
    public Reply handle(Request request) {
      requireJson(request);
      JsonValues body = JsonReader.read(shape.get(), request.body());
      strictness.check(request, body.ignoredAnywhere());
      return Strictness.naming(
          action.of(request, body), Strictness.IGNORED_MEMBERS, body.ignored());
    }
  }

  /**
   * What curl sends when it is not told otherwise is answered as FastAPI does: it sees no JSON
   * there. It is not read all the same, for any web page may send it here without being asked.
   */
  private static void requireJson(Request request) {
    String type = request.header("Content-Type").orElse("");
    if (type.isEmpty() || type.startsWith(FORM)) {
      throw FieldErrors.invalid(
          "Input should be a valid dictionary or object to extract fields from: send it with"
              + " Content-Type: application/json",
          "model_attributes_type",
          "body");
    }
    Json.requireJson(request);
  }
}
