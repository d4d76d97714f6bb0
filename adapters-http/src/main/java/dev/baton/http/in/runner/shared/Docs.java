package dev.baton.http.in.runner.shared;

import static com.google.common.base.CaseFormat.LOWER_HYPHEN;
import static com.google.common.base.CaseFormat.UPPER_CAMEL;
import static com.google.common.base.CaseFormat.UPPER_UNDERSCORE;
import static dev.baton.http.in.api.Schemas.bool;
import static dev.baton.http.in.api.Schemas.string;
import static dev.baton.http.in.api.Schemas.with;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.core.domain.id.TaskId;
import dev.baton.http.in.api.Component;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.Components;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The schemas and answers that several routes document alike. */
public final class Docs {
  public static final Map<String, Object> ID =
      string("An id: A-Z a-z 0-9 . _ : - only.", 1, TaskId.MAX_LENGTH);
  private static final Map<String, Object> ERROR = Components.ref(Refusal.class);
  private static final RouteDoc.Parameter KEY =
      new RouteDoc.Parameter(
              Idempotency.HEADER,
              "header",
              "Repeat safely: for 24 hours the same key and body get the first answer again, with"
                  + " the header Idempotent-Replayed; another body gets 409.",
              false,
              string("Bare or quoted.", 1, 257))
          .shared("IdempotencyKey");

  private static final Map<String, Object> DONE =
      new Component("DoneReply", Docs.class, () -> envelope(Optional.empty())).ref();

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
    // "The batch." is known as BatchId.
    String known = LOWER_HYPHEN.to(UPPER_CAMEL, of.substring(4, of.length() - 1).replace(' ', '-'));
    return doc.parameter(new RouteDoc.Parameter(name, "path", of, true, ID).shared(known + "Id"));
  }

  /** Declares the header of a POST that may be repeated. */
  @CanIgnoreReturnValue
  public static RouteDoc.Builder idempotent(RouteDoc.Builder doc) {
    return doc.parameter(KEY);
  }

  /** An answer in the envelope, with a record as its data; {@code message} may be empty. */
  @CanIgnoreReturnValue
  public static RouteDoc.Builder answer(
      RouteDoc.Builder doc, int status, Class<? extends Record> data, String message) {
    return doc.answer(status, message.isEmpty() ? "Found." : message + ".", envelope(data));
  }

  private static Map<String, Object> envelope(Class<? extends Record> data) {
    Component content = Components.of(data);
    return new Component(content.name() + "Reply", content, () -> envelope(Optional.of(content)))
        .ref();
  }

  private static Map<String, Object> envelope(Optional<Component> data) {
    Map<String, Map<String, Object>> members = new LinkedHashMap<>();
    members.put("success", bool("Always true."));
    data.ifPresent(content -> members.put("data", content.ref()));
    members.put("message", string("For people."));
    members.put("timestamp", instant("When it was answered."));
    return Schemas.object(
        members,
        data.isPresent()
            ? List.of("success", "data", "timestamp")
            : List.of("success", "timestamp"));
  }

  /** An answer without data. */
  @CanIgnoreReturnValue
  public static RouteDoc.Builder done(RouteDoc.Builder doc, String message) {
    return doc.answer(200, message + ".", DONE);
  }

  @CanIgnoreReturnValue
  public static RouteDoc.Builder refused(
      RouteDoc.Builder doc, int status, String code, String when) {
    return doc.answer(status, code + ": " + when, ERROR);
  }

  /** A refusal that many routes give alike, said once. */
  @CanIgnoreReturnValue
  public static RouteDoc.Builder refusedAlike(
      RouteDoc.Builder doc, int status, String code, String when) {
    String name = UPPER_UNDERSCORE.to(UPPER_CAMEL, code);
    return doc.answer(status, RouteDoc.Answer.shared(name, code + ": " + when, ERROR));
  }

  @CanIgnoreReturnValue
  public static RouteDoc.Builder invalid(RouteDoc.Builder doc) {
    return refusedAlike(
        doc,
        400,
        "VALIDATION_ERROR",
        "a value is missing, of the wrong type or out of range, a parameter is given twice"
            + " (DUPLICATE_PARAMETER), or the body is not JSON (MALFORMED_JSON).");
  }

  public static Map<String, Object> instant(String description) {
    return with(string(description), "format", "date-time");
  }

  public static Map<String, Object> words(String description, List<String> words) {
    return with(string(description), "enum", words);
  }
}
