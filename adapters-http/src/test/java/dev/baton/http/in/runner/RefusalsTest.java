package dev.baton.http.in.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.io.CharStreams;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.InvalidRowsException;
import dev.baton.core.rows.Utf8Reader;
import dev.baton.core.testing.ManualClock;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.TransportRefusal;
import dev.baton.http.in.runner.shared.Envelope;
import dev.baton.http.in.runner.shared.NotEditable;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The status and the word of every refusal there is. */
final class RefusalsTest {
  private static final EnumSet<ErrorCode> WORTH_ANOTHER_TRY =
      EnumSet.of(
          ErrorCode.OVERLOADED,
          ErrorCode.LIMIT_EXCEEDED,
          ErrorCode.REQUEST_UNDECIDED,
          ErrorCode.STORAGE_FULL,
          ErrorCode.STORE_UNAVAILABLE,
          ErrorCode.SHUTTING_DOWN);

  private final Refusals refusals = new Refusals(new Envelope(new ManualClock()));

  @ParameterizedTest
  @CsvSource({
    "VALIDATION_FAILED,400,VALIDATION_ERROR",
    "MALFORMED_BODY,400,MALFORMED_JSON",
    "MODEL_NOT_SUPPORTED,400,MODEL_NOT_SUPPORTED",
    "INVALID_CRON_EXPRESSION,400,INVALID_CRON_EXPRESSION",
    "URL_NOT_ALLOWED,400,URL_NOT_ALLOWED",
    "IMMUTABLE_FIELD,400,IMMUTABLE_FIELD",
    "BATCH_TOO_LARGE,400,BATCH_TOO_LARGE",
    "FILES_DISABLED,403,FILES_DISABLED",
    "PATH_NOT_ALLOWED,403,PATH_NOT_ALLOWED",
    "NOT_FOUND,404,NOT_FOUND",
    "TASK_NOT_FOUND,404,TASK_NOT_FOUND",
    "BATCH_NOT_FOUND,404,BATCH_NOT_FOUND",
    "SCHEDULE_NOT_FOUND,404,SCHEDULED_TASK_NOT_FOUND",
    "WEBHOOK_NOT_FOUND,404,WEBHOOK_NOT_FOUND",
    "DELIVERY_NOT_FOUND,404,DELIVERY_NOT_FOUND",
    "FILE_NOT_FOUND,404,FILE_NOT_FOUND",
    "SERVICE_NOT_FOUND,404,SERVICE_NOT_FOUND",
    "METHOD_NOT_ALLOWED,405,METHOD_NOT_ALLOWED",
    "REQUEST_TIMEOUT,408,REQUEST_TIMEOUT",
    "TASK_EXISTS,409,CONFLICT",
    "BATCH_EXISTS,409,CONFLICT",
    "IDEMPOTENCY_KEY_REUSED,409,IDEMPOTENCY_CONFLICT",
    "REQUEST_UNDECIDED,409,REQUEST_UNDECIDED",
    "INVALID_STATE,409,INVALID_STATE",
    "FILE_EXISTS,409,FILE_EXISTS",
    "LEASE_LOST,409,LEASE_LOST",
    "TASK_CANCELLED,409,TASK_CANCELLED",
    "PRECONDITION_FAILED,412,PRECONDITION_FAILED",
    "PAYLOAD_TOO_LARGE,413,PAYLOAD_TOO_LARGE",
    "UNSUPPORTED_MEDIA_TYPE,415,UNSUPPORTED_MEDIA_TYPE",
    "LIMIT_EXCEEDED,429,LIMIT_EXCEEDED",
    "OVERLOADED,503,SERVICE_UNAVAILABLE",
    "SHUTTING_DOWN,503,SERVICE_UNAVAILABLE",
    "STORE_UNAVAILABLE,503,SERVICE_UNAVAILABLE",
    "STORAGE_FULL,503,STORAGE_FULL",
  })
  void everyCode_hasItsStatusAndWord(ErrorCode code, int status, String word) {
    Answer answer = Answer.of(refusals.of(new BatonException(code, "no")));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(word);
    assertThat(answer.json().path("success").asBoolean(true)).isFalse();
    assertThat(answer.json().path("error").path("message").asText()).isEqualTo("no");
    assertThat(answer.json().path("error").path("details").isObject()).isTrue();
    assertThat(answer.json().path("timestamp").asText()).matches("\\d{4}-.*T.*\\.\\d{3}Z");
    assertThat(answer.header("Retry-After").isPresent())
        .isEqualTo(WORTH_ANOTHER_TRY.contains(code));
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void noCode_isLeftOut(ErrorCode code) {
    assertThat(Answer.of(refusals.of(new BatonException(code, "no"))).status()).isBetween(400, 503);
  }

  @Test
  void unknownOutcome_isSaid() {
    Answer answer =
        Answer.of(refusals.of(new BatonException(ErrorCode.STORE_UNAVAILABLE, "no answer")));

    assertThat(answer.json().path("error").path("details").path("outcome").asText())
        .isEqualTo("unknown");
  }

  @Test
  void transportRefusal_failureAndNotEditable_areInTheEnvelopeToo() {
    Answer transport =
        Answer.of(refusals.of(new TransportRefusal(421, "HOST_NOT_ALLOWED", "not that name")));
    Answer failure = Answer.of(refusals.failure("e-1"));
    Answer notEditable = Answer.of(refusals.of(new NotEditable("task a is being worked on")));

    assertThat(transport.status()).isEqualTo(421);
    assertThat(transport.code()).isEqualTo("HOST_NOT_ALLOWED");
    assertThat(failure.status()).isEqualTo(500);
    assertThat(failure.code()).isEqualTo("INTERNAL_ERROR");
    assertThat(failure.json().at("/error/details/errorId").asText()).isEqualTo("e-1");
    assertThat(notEditable.status()).isEqualTo(409);
    assertThat(notEditable.code()).isEqualTo("TASK_NOT_EDITABLE");
  }

  @Test
  void wrongValues_areNamedByPointerOrParameter() {
    FieldErrors refused =
        new FieldErrors(
            ErrorCode.VALIDATION_FAILED,
            List.of(
                new FieldError(List.of("body", "tasks", 6, "a/b"), "wrong", "enum"),
                new FieldError(List.of("query", "limit"), "too much", "less_than_equal")));

    Answer answer = Answer.of(refusals.of(refused));

    assertThat(answer.pointer()).isEqualTo("/tasks/6/a~1b");
    assertThat(answer.json().at("/error/details/fields/1/parameter").asText()).isEqualTo("limit");
  }

  /** Its end says what to do. */
  @Test
  void adviceOnAFileInAnotherEncoding_isToldToItsEnd() {
    InputStream latin = new ByteArrayInputStream(new byte[] {'a', (byte) 0xE9, 'b'});
    CharacterCodingException wrong =
        assertThrows(
            CharacterCodingException.class, () -> CharStreams.toString(new Utf8Reader(latin)));
    String advice = requireNonNull(wrong.getMessage());

    Answer answer =
        Answer.of(
            refusals.of(
                new InvalidRowsException(
                    Collections.nCopies(20, new InvalidRowsException.Problem(1_000_000, advice)))));

    JsonNode error = answer.json().path("error");
    assertThat(error.path("message").asText()).endsWith(advice);
    assertThat(error.at("/details/rows/0/message").asText()).isEqualTo(advice);
    assertThat(answer.body().length()).isLessThan(4_096);
  }

  @Test
  void manyAndLongErrors_stayWithin4KiB() {
    FieldError error =
        new FieldError(List.of("body", "\u0001".repeat(5_000)), "ﷺ".repeat(5_000), "t");

    Answer answer =
        Answer.of(
            refusals.of(
                new FieldErrors(ErrorCode.VALIDATION_FAILED, Collections.nCopies(50, error))));

    assertThat(answer.body().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(4_096);
    assertThat(answer.json().at("/error/details/more").asInt()).isBetween(40, 49);
  }
}
