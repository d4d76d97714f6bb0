package dev.baton.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValuesTest {

  @ParameterizedTest
  @CsvSource({
    "0s,PT0S",
    "500ms,PT0.5S",
    "90s,PT90S",
    "10m,PT10M",
    "24h,PT24H",
    "30d,P30D",
    "PT1H30M,PT90M",
    "P1D,PT24H"
  })
  void duration_isRead(String text, Duration expected) {
    assertThat(Values.duration(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-5s", "5 s", "5w", "1.5h", "PT-1S", "9999999999s", "５s"})
  void duration_thatIsNone_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Values.duration(text))
        .withMessageContaining("90s");
  }
}
