package dev.baton.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TerminalTextTest {
  private static final Instant NOW = Instant.parse("2026-01-31T18:00:00.500Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "-0.4, 0 s",
    "0.4, 0 s",
    "59, 59 s",
    "119.9, 119 s",
    "200, 3 min",
    "7199, 119 min",
    "7200, 2 h",
    "172799, 47 h",
    "172800, 2 d",
    "8640000, 100 d",
    "-30, in 30 s",
    "-7200, in 2 h",
  })
  void age_isShort(double secondsAgo, String age) {
    assertThat(Ages.of(NOW.minusMillis((long) (secondsAgo * 1_000)), NOW)).isEqualTo(age);
  }

  @ParameterizedTest
  @CsvSource({
    "'  Why is\n\tthe sky  blue? ', 20, Why is the sky blue?",
    "'Why is the sky blue?', 19, Why is the sky blu…",
    "空はなぜ青いのか, 16, 空はなぜ青いのか",
    "空はなぜ青いのか, 8, 空はな…",
    "a🍏🍏, 5, a🍏🍏",
    "a🍏🍏, 4, a🍏…",
    "'', 10, ''",
  })
  void excerpt_fitsItsColumnsOnOneLine(String text, int columns, String excerpt) {
    assertThat(Excerpt.of(text, columns)).isEqualTo(excerpt);
  }

  @ParameterizedTest
  @CsvSource({"24 132, 132", "0 0, 0", "stty: no terminal, 0", "'', 0", "24 999999, 0"})
  void width_isWhatTheTerminalSays(String answer, int columns) {
    assertThat(TerminalSize.columns(new File("/dev/null"), "printf", "%s\\n", answer).orElse(0))
        .isEqualTo(columns);
  }

  @Test
  void width_withoutAnythingToAskWith_isUnknown() {
    assertThat(TerminalSize.columns(new File("/dev/null"), "/no/such/program")).isEmpty();
    assertThat(TerminalSize.columns(new File("/no/such/terminal"), "stty", "size")).isEmpty();
  }
}
