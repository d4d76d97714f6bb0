package dev.baton.http.in.runner.shared;

import static dev.baton.http.in.api.Schemas.array;
import static dev.baton.http.in.api.Schemas.bool;
import static dev.baton.http.in.api.Schemas.string;
import static dev.baton.http.in.api.Schemas.with;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.core.domain.id.TaskId;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schemas and answers that several routes document alike. */
public final class Docs {
  public static final String TIME = "2025-01-01T00:00:00.000Z";

  public static final Map<String, Object> ID =
      string("An id: A-Z a-z 0-9 . _ : - only.", 1, TaskId.MAX_LENGTH);
  public static final Map<String, Object> PAGINATION =
      new Members()
          .add("page", Schemas.integer("Which page this is.", 1, Integer.MAX_VALUE))
          .add("limit", Schemas.integer("Items on a page.", 1, PageRequest.LIMIT_MAX))
          .add("total", Schemas.integer("Items on all pages.", 0, Long.MAX_VALUE))
          .add("totalPages", Schemas.integer("Pages.", 0, Long.MAX_VALUE))
          .object("page", "limit", "total", "totalPages");

  public static final Map<String, Object> PAGINATION_EXAMPLE =
      Map.of("page", 1, "limit", 10, "total", 1, "totalPages", 1);

  private static final Map<String, Object> FIELD =
      new Members()
          .add("pointer", string("Where in the body, as a JSON pointer."))
          .add("parameter", string("Which parameter of the path, the query or the header."))
          .add("message", string("For people."))
          .add("type", string("For programs."))
          .object("message", "type");
  private static final Map<String, Object> ERROR =
      new Members()
          .add("success", bool("Always false."))
          .add(
              "error",
              new Members()
                  .add("code", string("Stable, in capitals."))
                  .add("message", string("For people."))
                  .add(
                      "details",
                      with(
                          new Members().add("fields", array(FIELD, 20)).object(),
                          "additionalProperties",
                          true))
                  .object("code", "message", "details"))
          .add("timestamp", instant("When it was refused."))
          .object("success", "error", "timestamp");

  private Docs() {}

  /** A route that the seed's document shows. */
  public static RouteDoc.Builder seed(String tag, String operationId, String summary) {
    return RouteDoc.of(operationId, summary).tag("runner: " + tag);
  }

  /** A route that this server adds; its description should say so. */
  public static RouteDoc.Builder extension(String tag, String operationId, String summary) {
    return RouteDoc.of(operationId, summary).tag("runner: " + tag + " (extensions)");
  }

  /** Declares the path's {@code {id}}. */
  @CanIgnoreReturnValue
  public static RouteDoc.Builder id(RouteDoc.Builder doc, String of) {
    return path(doc, "id", of);
  }

  @CanIgnoreReturnValue
  public static RouteDoc.Builder path(RouteDoc.Builder doc, String name, String of) {
    return doc.parameter(new RouteDoc.Parameter(name, "path", of, true, ID));
  }

  /** Declares the header of a POST that may be repeated. */
  @CanIgnoreReturnValue
  public static RouteDoc.Builder idempotent(RouteDoc.Builder doc) {
    return doc.parameter(
        new RouteDoc.Parameter(
            Idempotency.HEADER,
            "header",
            "Repeat safely: for 24 hours the same key and body get the first answer again, with"
                + " the header Idempotent-Replayed; another body gets 409.",
            false,
            string("Bare or quoted.", 1, 257)));
  }

  /** An answer in the envelope; {@code message} may be empty. */
  @CanIgnoreReturnValue
  public static RouteDoc.Builder answer(
      RouteDoc.Builder doc,
      int status,
      Map<String, Object> data,
      Map<String, ?> example,
      String message) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("success", true);
    body.put("data", example);
    if (!message.isEmpty()) {
      body.put("message", message);
    }
    body.put("timestamp", TIME);
    return doc.answer(status, message.isEmpty() ? "Found." : message + ".", envelope(data), body);
  }

  /** An answer without data. */
  @CanIgnoreReturnValue
  public static RouteDoc.Builder done(RouteDoc.Builder doc, String message) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("success", true);
    body.put("message", message);
    body.put("timestamp", TIME);
    return doc.answer(
        200,
        message + ".",
        new Members()
            .add("success", bool("Always true."))
            .add("message", string("For people."))
            .add("timestamp", instant("When it was answered."))
            .object("success", "timestamp"),
        body);
  }

  @CanIgnoreReturnValue
  public static RouteDoc.Builder refused(
      RouteDoc.Builder doc, int status, String code, String when, String message) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("success", false);
    body.put("error", Map.of("code", code, "message", message, "details", Map.of()));
    body.put("timestamp", TIME);
    return doc.answer(status, code + ": " + when, ERROR, body);
  }

  @CanIgnoreReturnValue
  public static RouteDoc.Builder invalid(RouteDoc.Builder doc) {
    return refused(
        doc,
        400,
        "VALIDATION_ERROR",
        "a value is missing, of the wrong type or out of range, or the body is no JSON"
            + " (MALFORMED_JSON).",
        "temperature: Input should be a number from 0 to 2");
  }

  public static Map<String, Object> instant(String description) {
    return with(string(description), "format", "date-time");
  }

  public static Map<String, Object> words(String description, List<String> words) {
    return with(string(description), "enum", words);
  }

  private static Map<String, Object> envelope(Map<String, Object> data) {
    return new Members()
        .add("success", bool("Always true."))
        .add("data", data)
        .add("message", string("For people."))
        .add("timestamp", instant("When it was answered."))
        .object("success", "data", "timestamp");
  }

  /** Members of an object schema, in the order in which they are shown; not thread-safe. */
  public static final class Members {
    private final Map<String, Map<String, Object>> members = new LinkedHashMap<>();

    @CanIgnoreReturnValue
    public Members add(String name, Map<String, Object> schema) {
      members.put(name, schema);
      return this;
    }

    public Map<String, Object> object(String... required) {
      return Schemas.object(members, List.of(required));
    }
  }
}
