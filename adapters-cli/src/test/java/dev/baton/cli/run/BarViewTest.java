package dev.baton.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.shared.Output;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class BarViewTest {

  @Command
  private static final class Host {
    @Mixin private final Output console = new Output();
  }

  /** A line as wide as the terminal would begin the next one, and leave itself behind. */
  @ParameterizedTest
  @CsvSource({
    "80, 3, 7, true",
    "80, 999999, 1000000, true",
    "80, 12, 34, false",
    "40, 999999, 1000000, true",
    "40, 5, 1000000, false",
    "200, 3, 7, true",
  })
  void everyDrawing_isNarrowerThanTheTerminal(int width, long settled, long read, boolean whole) {
    Host host = new Host();
    StringWriter err = new StringWriter();
    CommandLine unused = new CommandLine(host).setErr(new PrintWriter(err));

    try (BarView bar = new BarView(host.console, width)) {
      bar.progress(0, read, whole);
      bar.progress(settled, read, whole);
    }

    assertThat(err.toString()).contains("answers");
    assertThat(err.toString().replace("\u001b[K", "").split("[\r\n]+"))
        .allMatch(line -> line.length() < width);
  }
}
