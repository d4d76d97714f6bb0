package dev.baton.http.in.runner.shared;

import static com.google.common.base.CaseFormat.LOWER_HYPHEN;
import static com.google.common.base.CaseFormat.UPPER_CAMEL;
import static com.google.common.base.CaseFormat.UPPER_UNDERSCORE;
import static dev.baton.http.in.api.Schemas.bool;
import static dev.baton.http.in.api.Schemas.string;
import static dev.baton.http.in.api.Schemas.with;

import dev.baton.core.domain.id.TaskId;
import dev.baton.http.in.api.Component;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.api.SharedRefusals;
import dev.baton.http.in.json.Components;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The schemas and answers that several routes document alike. */
public final class Docs {
  private static final Map<String, Object> ID =
      Schemas.name("An id: A-Z a-z 0-9 . _ : - only.", TaskId.MAX_LENGTH);
  private static final Map<String, Object> ERROR = Components.ref(Refusal.class);

  /** What any route may be refused with. */
  public static final SharedRefusals SHARED_REFUSALS = new SharedRefusals("", true, ERROR);

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

  /** Declares a name in the path; {@code of} as {@code The batch.} */
  static void path(RouteDoc.Builder doc, String name, String of) {
    // "The batch." is known as BatchId.
    String known = LOWER_HYPHEN.to(UPPER_CAMEL, of.substring(4, of.length() - 1).replace(' ', '-'));
    doc.parameter(new RouteDoc.Parameter(name, "path", of, true, ID).shared(known + "Id"));
  }

  /** Declares the header of a POST that may be repeated. */
  public static void idempotent(RouteDoc.Builder doc) {
    doc.parameter(KEY);
  }

  /** An answer in the envelope, with a record as its data. */
  static void answer(
      RouteDoc.Builder doc, int status, Class<? extends Record> data, String description) {
    doc.answer(status, description, envelope(data));
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
  static void done(RouteDoc.Builder doc, String message) {
    doc.answer(200, message + ".", DONE);
  }

  static void refused(RouteDoc.Builder doc, int status, String code, String when) {
    doc.answer(status, code + ": " + when, ERROR);
  }

  /** A refusal that many routes give alike, said once. */
  public static void refusedAlike(RouteDoc.Builder doc, int status, String code, String when) {
    String name = UPPER_UNDERSCORE.to(UPPER_CAMEL, code);
    doc.answer(status, RouteDoc.Answer.shared(name, code + ": " + when, ERROR));
  }

  public static Map<String, Object> instant(String description) {
    return with(string(description), "format", "date-time");
  }

  public static Map<String, Object> words(String description, List<String> words) {
    return with(string(description), "enum", words);
  }
}
