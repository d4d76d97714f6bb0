package dev.baton.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TerminalTest {

  @ParameterizedTest
  @CsvSource({"160,160", "40,40", "39,100", "'',100", "wide,100", "-5,100", "99999,100"})
  void width_isThatOfTheTerminalWhereItMakesSense(String columns, int width) {
    assertThat(of(Map.of("COLUMNS", columns)).width()).isEqualTo(width);
  }

  @Test
  void variable_thatIsEmpty_isNotSet() {
    assertThat(of(Map.of("BATON_DB", "")).variable("BATON_DB")).isEmpty();
    assertThat(of(Map.of("BATON_DB", "x")).variable("BATON_DB")).contains("x");
  }

  @Test
  void ofProcess_underATestRunner_findsNobodyToAsk() {
    Terminal terminal = Terminal.ofProcess(InputStream.nullInputStream(), new StopSignal());

    assertThat(terminal.asks()).isFalse();
    assertThat(terminal.showsProgress()).isFalse();
  }

  private static Terminal of(Map<String, String> variables) {
    return new Terminal(
        InputStream.nullInputStream(), variables, false, false, false, new StopSignal());
  }
}
