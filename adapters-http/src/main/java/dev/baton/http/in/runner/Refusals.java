package dev.baton.http.in.runner;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.InvalidRowsException;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.TransportRefusal;
import dev.baton.http.in.json.Json;
import dev.baton.http.in.runner.shared.Codes;
import dev.baton.http.in.runner.shared.Envelope;
import dev.baton.http.in.runner.shared.NotEditable;
import dev.baton.http.in.runner.shared.Refusal;
import dev.baton.http.in.runner.shared.Refusal.Details;
import dev.baton.http.in.runner.shared.Refusal.Field;
import dev.baton.http.in.runner.shared.RowProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** How this dialect says no. Thread-safe. */
final class Refusals {
  // They keep the body of a refusal within 4 KiB, however much was wrong.
  private static final int SHOWN_MAX = 20;
  private static final int SHOWN_BYTES_MAX = 2_500;
  private static final int TEXT_MAX = 320;
  private static final int NAME_MAX = 160;

  private static final String RETRY_SECONDS = "1";

  private final Envelope envelope;

  Refusals(Envelope envelope) {
    this.envelope = requireNonNull(envelope, "envelope");
  }

  Reply of(BatonException refused) {
    return switch (refused.code()) {
      case VALIDATION_FAILED -> invalid(refused);
      case MALFORMED_BODY -> malformed(refused);
      case MODEL_NOT_SUPPORTED,
          INVALID_CRON_EXPRESSION,
          URL_NOT_ALLOWED,
          IMMUTABLE_FIELD,
          BATCH_TOO_LARGE ->
          said(400, refused);
      case FILES_DISABLED, PATH_NOT_ALLOWED -> said(403, refused);
      case NOT_FOUND,
          TASK_NOT_FOUND,
          BATCH_NOT_FOUND,
          WEBHOOK_NOT_FOUND,
          DELIVERY_NOT_FOUND,
          FILE_NOT_FOUND,
          SERVICE_NOT_FOUND ->
          said(404, refused);
      case SCHEDULE_NOT_FOUND -> said(404, refused);
      case METHOD_NOT_ALLOWED -> said(405, refused);
      case REQUEST_TIMEOUT -> said(408, refused);
      case TASK_EXISTS, BATCH_EXISTS -> said(409, refused);
      case IDEMPOTENCY_KEY_REUSED -> said(409, refused);
      case REQUEST_UNDECIDED -> later(said(409, refused));
      case INVALID_STATE ->
          said(
              409,
              refused instanceof NotEditable ? NotEditable.WIRE_CODE : Codes.word(refused.code()),
              refused);
      case FILE_EXISTS, LEASE_LOST, TASK_CANCELLED -> said(409, refused);
      case PRECONDITION_FAILED -> said(412, refused);
      case PAYLOAD_TOO_LARGE -> said(413, refused);
      case UNSUPPORTED_MEDIA_TYPE -> said(415, refused);
      case LIMIT_EXCEEDED -> later(said(429, refused));
      case OVERLOADED, SHUTTING_DOWN -> unavailable(refused, Optional.empty());
      case STORE_UNAVAILABLE -> unavailable(refused, Optional.of("unknown"));
      // The statuses of the seed know no 507.
      case STORAGE_FULL -> later(said(503, refused));
    };
  }

  Reply of(TransportRefusal refused) {
    return envelope.refused(
        refused.status(), refused.code(), String.valueOf(refused.getMessage()), Refusal.None.NONE);
  }

  Reply failure(String errorId) {
    return envelope.refused(
        500, "INTERNAL_ERROR", "Internal Server Error", new Refusal.Bug(errorId));
  }

  private Reply said(int status, BatonException refused) {
    return said(status, Codes.word(refused.code()), refused);
  }

  private Reply said(int status, String code, BatonException refused) {
    return envelope.refused(status, code, message(refused), details(refused));
  }

  private Reply invalid(BatonException refused) {
    return envelope.refused(400, Codes.word(refused.code()), message(refused), details(refused));
  }

  /** What was expected there is not told: the parser knows only where it gave up. */
  private Reply malformed(BatonException refused) {
    if (refused instanceof FieldErrors named) {
      List<Object> loc = named.errors().get(0).loc();
      long offset = loc.get(loc.size() - 1) instanceof Number at ? at.longValue() : 0;
      return envelope.refused(
          400, Codes.word(refused.code()), named.errors().get(0).msg(), new Refusal.Broken(offset));
    }
    return envelope.refused(400, Codes.word(refused.code()), message(refused), Refusal.None.NONE);
  }

  private Reply unavailable(BatonException refused, Optional<String> outcome) {
    Details details = new Refusal.Unavailable(refused.code().name(), outcome);
    return later(envelope.refused(503, Codes.word(refused.code()), message(refused), details));
  }

  private static Reply later(Reply reply) {
    return reply.withHeader("Retry-After", RETRY_SECONDS);
  }

  private static Details details(BatonException refused) {
    if (refused instanceof InvalidRowsException rows) {
      return new Refusal.Rows(shown(rows.problems(), Refusals::row));
    }
    if (!(refused instanceof FieldErrors named)) {
      return Refusal.None.NONE;
    }
    List<Field> shown = shown(named.errors(), Refusals::field);
    int unseen = named.errors().size() - shown.size();
    return new Refusal.Fields(shown, unseen > 0 ? OptionalInt.of(unseen) : OptionalInt.empty());
  }

  private static RowProblem row(InvalidRowsException.Problem problem) {
    return new RowProblem(problem.line(), shortened(problem.message()));
  }

  private static <E, T> List<T> shown(List<E> errors, Function<E, T> view) {
    List<T> shown = new ArrayList<>();
    int bytes = 0;
    for (E error : errors) {
      T item = view.apply(error);
      bytes += Json.encode(requireNonNull(item)).length;
      if (shown.size() == SHOWN_MAX || bytes > SHOWN_BYTES_MAX) {
        break;
      }
      shown.add(item);
    }
    return shown;
  }

  private static Field field(FieldError error) {
    boolean body = "body".equals(error.loc().get(0));
    String last = String.valueOf(error.loc().get(error.loc().size() - 1));
    return new Field(
        body ? Optional.of(shortened(error.pointer(), NAME_MAX)) : Optional.empty(),
        body ? Optional.empty() : Optional.of(shortened(last, NAME_MAX)),
        shortened(error.msg()),
        error.type());
  }

  private static String message(BatonException refused) {
    return shortened(requireNonNullElse(refused.getMessage(), refused.code().name()));
  }

  private static String shortened(String text) {
    return shortened(text, TEXT_MAX);
  }

  /** By whole characters, so that what is left is still text. */
  private static String shortened(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return text.substring(0, end) + "…";
  }
}
