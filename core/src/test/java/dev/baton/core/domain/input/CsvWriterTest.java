package dev.baton.core.domain.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvWriterTest {

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@a", "\tx"})
  void whatASpreadsheetWouldTakeForAFormula_hasAnApostropheBeforeIt(String cell) {
    assertThat(CsvWriter.guarded(List.of(cell))).isEqualTo("'" + cell + "\r\n");
  }

  @Test
  void aFormulaThatNeedsQuotes_isGuardedWithinThem() {
    assertThat(CsvWriter.guarded(List.of("\rx", "=a,b"))).isEqualTo("\"'\rx\",\"'=a,b\"\r\n");
  }

  @Test
  void commasQuotesAndLineEnds_areQuoted_andNothingElse() {
    assertThat(CsvWriter.guarded(List.of("a", "b,c", "d\"e", "f\ng", "")))
        .isEqualTo("a,\"b,c\",\"d\"\"e\",\"f\ng\",\r\n");
  }

  @Test
  void aRecordThatWasGuarded_isNotGuardedAgain() {
    assertThat(CsvWriter.plain(List.of("=1", "'=1", "a,b"))).isEqualTo("=1,'=1,\"a,b\"\r\n");
  }
}
