package dev.baton.core.domain.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.domain.task.Lease;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LeaseIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"a~1", "0194-6983:x_y.z~42", "t~999999999999999999"})
  void parse_ofALeaseId_isTheInverseOfToString(String text) {
    assertThat(LeaseId.parse(text)).hasValueSatisfying(id -> assertThat(id).hasToString(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "~",
        "a",
        "a~",
        "~1",
        "a~0",
        "a~01",
        "a~-1",
        "a~+1",
        "a~1 ",
        " a~1",
        "a~1.0",
        "a~1e3",
        "a~\u0661",
        "a~9999999999999999999",
        "a~1000000000000000000",
        "a~b~1",
        "a b~1",
        "a~1~",
        "a/b~1",
      })
  void parse_ofAnythingElse_isEmpty(String text) {
    assertThat(LeaseId.parse(text)).isEmpty();
  }

  @Test
  void parse_ofATooLongId_isEmpty() {
    assertThat(LeaseId.parse("x".repeat(TaskId.MAX_LENGTH) + "~1")).isPresent();
    assertThat(LeaseId.parse("x".repeat(TaskId.MAX_LENGTH + 1) + "~1")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"9, false", "10, true", "11, true"})
  void lease_isExpired_fromItsEndOn(long now, boolean expired) {
    Lease lease =
        new Lease(
            new TaskId("t"),
            new WorkerId("w"),
            new FencingToken(1),
            Instant.ofEpochMilli(5),
            Instant.ofEpochMilli(10));

    assertThat(lease.isExpiredAt(Instant.ofEpochMilli(now))).isEqualTo(expired);
  }

  @Test
  void lease_thatEndsWhenItStarts_isABug() {
    assertThatThrownBy(
            () ->
                new Lease(
                    new TaskId("t"),
                    new WorkerId("w"),
                    new FencingToken(1),
                    Instant.ofEpochMilli(5),
                    Instant.ofEpochMilli(5)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void token_countsFromOne() {
    assertThatThrownBy(() -> new FencingToken(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
