package dev.baton.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.CliHarness.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs whose rows come from standard input, or whose answers go to standard output. */
final class RunStreamsTest extends RunFixture {
  private static final String ROWS = "{\"prompt\":\"one\",\"id\":\"a\"}\n{\"prompt\":\"two\"}\n";

  @Test
  void fromInputToOutput_withTheSummaryApart() {
    Outcome outcome = cli.in(ROWS).run("run", "-", "-o", "-", "--program", UPPER, "--json");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines().map(line -> parsed(line).path("content").asText()))
        .containsExactly("ONE", "TWO");
    assertThat(outcome.err()).contains("\"answered\":2");
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void outputThatCannotBeReadBack_isFetchedAgain_withoutAskingTwice() {
    String first = cli.in(ROWS).run("run", "-", "-o", "-", "--program", UPPER).out();

    Outcome again = cli.in(ROWS).run("run", "-", "-o", "-");

    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).isEqualTo(first);
    assertThat(tasks()).isEqualTo(2);
  }

  @Test
  void badRowOfStandardInput_isNamedByItsLine() {
    Outcome outcome = cli.in(ROWS + "{}\n").run("run", "-", "-o", "-", "--program", UPPER);

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(outcome.err()).contains("-:3: row 3");
    assertThat(outcome.out().lines()).hasSize(2);
  }

  @Test
  void fileNamedDash_isMeantWithItsDirectory() throws IOException {
    Path input = Files.writeString(directory.resolve("-"), ROWS);

    Outcome outcome = run(input, "out.jsonl", "--program", UPPER);

    assertThat(outcome.exitCode()).isZero();
    assertThat(answers("out.jsonl")).hasSize(2);
  }

  @Test
  void device_isWrittenWithoutBeingReadBack() {
    Path device = Path.of("/dev/null");

    Outcome outcome =
        cli.in(ROWS).run("run", "-", "-o", device.toString(), "--program", UPPER, "--json");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.json().path("answered").asInt()).isEqualTo(2);
  }

  @Test
  void deviceThatIsFull_is73() {
    Outcome outcome = cli.in(ROWS).run("run", "-", "-o", "/dev/full", "--program", UPPER);

    assertThat(outcome.exitCode()).isEqualTo(73);
    assertThat(outcome.err()).contains("can't write /dev/full");
  }

  @ParameterizedTest
  @CsvSource({"No space left on device, 73", "Broken pipe, 80"})
  void standardOutputThatTakesNothing_endsTheRun(String fault, int code) {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException(fault);
          }
        };

    Outcome outcome = cli.in(ROWS).runInto(broken, "run", "-", "-o", "-", "--program", UPPER);

    assertThat(outcome.exitCode()).isEqualTo(code);
  }
}
