package dev.baton.core.domain.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S,0 s",
    "PT0.0000001S,0 s",
    "PT0.3S,300 ms",
    "PT1.5S,1.5 s",
    "PT2S,2 s",
    "PT20S,20 s",
    "PT1M,1 min",
    "PT1M30S,90 s",
    "PT2H,2 h",
    "PT90M,90 min",
    "P1D,1 day",
    "PT36H,36 h",
    "P30D,30 days",
    "PT-90S,-90 s"
  })
  void duration_isWrittenAsPeopleDo(Duration duration, String text) {
    assertThat(DurationText.of(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S,1 s",
    "PT119S,119 s",
    "PT3M59S,3 min",
    "PT8H4M,8 h",
    "PT-8H,8 h",
    "PT50H,2 days"
  })
  void estimate_isToldRoughly(Duration duration, String text) {
    assertThat(DurationText.about(duration)).isEqualTo(text);
  }
}
