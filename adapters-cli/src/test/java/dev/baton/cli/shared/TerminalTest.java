package dev.baton.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TerminalTest {

  @ParameterizedTest
  @CsvSource({"160,160", "40,40", "39,40", "'',80", "wide,80", "-5,80", "99999,80"})
  void width_isThatOfTheTerminalWhereItMakesSense(String columns, int width) {
    assertThat(of(Map.of("COLUMNS", columns)).width()).isEqualTo(width);
  }

  @Test
  void width_isAskedOfTheTerminal_whereTheShellDoesNotExportIt() {
    AtomicInteger asked = new AtomicInteger();
    Supplier<OptionalInt> columns = () -> OptionalInt.of(90 + asked.incrementAndGet());

    assertThat(of(Map.of("COLUMNS", "160"), columns).width()).isEqualTo(160);
    assertThat(asked).hasValue(0);
    assertThat(of(Map.of(), columns).width()).isEqualTo(91);
    assertThat(of(Map.of(), columns).width()).as("the window has changed").isEqualTo(92);
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
    return of(variables, OptionalInt::empty);
  }

  private static Terminal of(Map<String, String> variables, Supplier<OptionalInt> columns) {
    return new Terminal(
        InputStream.nullInputStream(), variables, false, false, false, columns, new StopSignal());
  }
}
