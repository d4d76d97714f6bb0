package dev.baton.http.in.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The status of every refusal there is. */
final class RefusalsTest {
  private static final Map<ErrorCode, Integer> STATUSES =
      Map.ofEntries(
          Map.entry(ErrorCode.VALIDATION_FAILED, 422),
          Map.entry(ErrorCode.MALFORMED_BODY, 422),
          Map.entry(ErrorCode.UNSUPPORTED_MEDIA_TYPE, 415),
          Map.entry(ErrorCode.PAYLOAD_TOO_LARGE, 413),
          Map.entry(ErrorCode.REQUEST_TIMEOUT, 408),
          Map.entry(ErrorCode.NOT_FOUND, 404),
          Map.entry(ErrorCode.METHOD_NOT_ALLOWED, 405),
          Map.entry(ErrorCode.TASK_NOT_FOUND, 404),
          Map.entry(ErrorCode.TASK_EXISTS, 409),
          Map.entry(ErrorCode.IDEMPOTENCY_KEY_REUSED, 422),
          Map.entry(ErrorCode.LEASE_LOST, 409),
          Map.entry(ErrorCode.TASK_CANCELLED, 409),
          Map.entry(ErrorCode.REQUEST_UNDECIDED, 409),
          Map.entry(ErrorCode.INVALID_STATE, 409),
          Map.entry(ErrorCode.OVERLOADED, 503),
          Map.entry(ErrorCode.STORAGE_FULL, 507),
          Map.entry(ErrorCode.STORE_UNAVAILABLE, 503),
          Map.entry(ErrorCode.SHUTTING_DOWN, 503),
          Map.entry(ErrorCode.BATCH_NOT_FOUND, 404),
          Map.entry(ErrorCode.BATCH_EXISTS, 409),
          Map.entry(ErrorCode.BATCH_TOO_LARGE, 422),
          Map.entry(ErrorCode.SCHEDULE_NOT_FOUND, 404),
          Map.entry(ErrorCode.INVALID_CRON_EXPRESSION, 422),
          Map.entry(ErrorCode.WEBHOOK_NOT_FOUND, 404),
          Map.entry(ErrorCode.DELIVERY_NOT_FOUND, 404),
          Map.entry(ErrorCode.MODEL_NOT_SUPPORTED, 422),
          Map.entry(ErrorCode.URL_NOT_ALLOWED, 422),
          Map.entry(ErrorCode.FILES_DISABLED, 403),
          Map.entry(ErrorCode.PATH_NOT_ALLOWED, 403),
          Map.entry(ErrorCode.FILE_NOT_FOUND, 404),
          Map.entry(ErrorCode.FILE_EXISTS, 409),
          Map.entry(ErrorCode.IMMUTABLE_FIELD, 422),
          Map.entry(ErrorCode.PRECONDITION_FAILED, 412),
          Map.entry(ErrorCode.LIMIT_EXCEEDED, 429),
          Map.entry(ErrorCode.SERVICE_NOT_FOUND, 404));
  private static final EnumSet<ErrorCode> WORTH_ANOTHER_TRY =
      EnumSet.of(ErrorCode.OVERLOADED, ErrorCode.STORE_UNAVAILABLE, ErrorCode.SHUTTING_DOWN);

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyCode_hasItsStatusADetailAndItsNameInAHeader(ErrorCode code) {
    Answer answer = Answer.of(Refusals.of(new BatonException(code, "no")));

    assertThat(answer.status()).isEqualTo(STATUSES.get(code));
    assertThat(answer.json().has("detail")).isTrue();
    assertThat(answer.header("X-Error-Code")).contains(code.name());
    assertThat(answer.header("Retry-After").isPresent())
        .isEqualTo(WORTH_ANOTHER_TRY.contains(code));
    assertThat(answer.text("outcome"))
        .isEqualTo(code == ErrorCode.STORE_UNAVAILABLE ? "unknown" : "");
  }
}
