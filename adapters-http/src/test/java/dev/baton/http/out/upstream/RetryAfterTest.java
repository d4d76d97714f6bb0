package dev.baton.http.out.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00.120Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          120                           | PT2M
          0                             | PT0S
          1.5                           | PT1.5S
          Wed, 25 Nov 2026 10:01:00 GMT | PT59.88S
          Wed, 25 Nov 2026 09:00:00 GMT | PT0S
          Wed, 25 Nov 2099 09:00:00 GMT | PT24H
          Wednesday, 25-Nov-26 10:01:00 GMT | PT59.88S
          Thursday, 25-Nov-76 10:01:00 GMT | PT0S
          Wed Nov 25 10:01:00 2026      | PT59.88S
          Sun Nov  8 08:49:37 2026      | PT0S
          2.9999999990000               | PT2.999S
          86401                         | PT24H
          99999999999999999999          | PT24H
          """)
  void secondsAndDates_areRead_upToADay(String text, Duration wait) {
    assertThat(RetryAfter.read(text, NOW)).hasValue(wait);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "soon", "1e9", "NaN", "1.", "Wed, 25 Nov 2026"})
  void whatIsNeither_isNone(String text) {
    assertThat(RetryAfter.read(text, NOW)).isEmpty();
  }
}
