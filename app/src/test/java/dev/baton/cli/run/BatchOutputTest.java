package dev.baton.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.CliHarness;
import dev.baton.cli.CliHarness.Outcome;
import dev.baton.core.domain.id.WorkerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where {@code baton batch run} and {@code results} write, and which batch they go on with. */
final class BatchOutputTest {
  @TempDir Path directory;
  private CliHarness cli;
  private Path input;

  @BeforeEach
  void start() throws IOException {
    cli = new CliHarness(directory);
    input = Files.writeString(directory.resolve("in.csv"), "prompt\napple\n");
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  private Outcome run(String... more) {
    List<String> line =
        List.of("batch", "run", "--server=http://127.0.0.1:1", "--id=b1", input.toString());
    return cli.run(Stream.concat(line.stream(), Stream.of(more)).toArray(String[]::new));
  }

  private void makeItOver() {
    cli.run("batch", "create", "--id=b1", input.toString());
    cli.run("batch", "start", "b1");
    cli.baton()
        .complete(cli.baton().lease(new WorkerId("w"), Duration.ofMinutes(2)).orElseThrow(), "red");
  }

  private void assertNothingMade() {
    assertThat(cli.run("batch", "show", "b1").exitCode()).isEqualTo(4);
  }

  @Test
  void outputThatCantBeWritten_is73_beforeAnythingIsSubmitted() throws IOException {
    Path there = Files.writeString(directory.resolve("there.csv"), "mine");

    Outcome nowhere = run("-o", directory.resolve("no/out.csv").toString());
    Outcome exists = run("-o", there.toString());
    Outcome folder = run("--overwrite", "-o", directory.toString());

    assertThat(nowhere.exitCode()).isEqualTo(73);
    assertThat(nowhere.err()).contains("there is no directory", directory.resolve("no").toString());
    assertThat(exists.exitCode()).isEqualTo(73);
    assertThat(exists.err()).contains("there.csv exists", "--overwrite");
    assertThat(folder.exitCode()).isEqualTo(73);
    assertThat(folder.err()).contains("it is a directory");
    assertThat(there).hasContent("mine");
    assertNothingMade();
  }

  @Test
  void withoutAnOutput_is2_andHelpShowsThatItMustBeThere() {
    assertThat(run().exitCode()).isEqualTo(2);
    assertThat(run().err()).contains("--output");
    assertThat(cli.run("batch", "run", "--help").out()).contains(" -o=OUT").doesNotContain("[-o");
    assertNothingMade();
  }

  @Test
  void overwrite_writesOverWhatIsThere_andLeavesNothingElse() throws IOException {
    makeItOver();
    Path there = Files.writeString(directory.resolve("there.csv"), "mine");

    assertThat(run("--overwrite", "-o", there.toString()).exitCode()).isZero();

    assertThat(there).content().contains("red");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).noneMatch(file -> file.toString().contains(".part"));
    }
  }

  @Test
  void dash_isStandardOutput() {
    makeItOver();

    assertThat(run("-o", "-").out()).contains("red").startsWith("{");
    assertThat(run("-o", "-", "--format=csv").out()).startsWith("ID,");
    assertThat(cli.run("batch", "results", "b1", "-o", "-", "--format=csv").out())
        .startsWith("ID,");
    assertThat(run("-o", "-", "--json").exitCode()).isEqualTo(2);
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void interrupted_is80_andWritesNothing() {
    Path out = directory.resolve("out.csv");
    cli.newStop().stop();

    Outcome outcome = run("-o", out.toString());

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(outcome.err()).contains("batch results b1");
    assertThat(out).doesNotExist();
  }

  @Test
  void sameFileWithOtherOptions_is5_andSaysWhatDiffers() {
    cli.run("batch", "create", "--id=b1", "--model=fake-model", input.toString());

    Outcome outcome =
        run("-o", "-", "--model=m2", "--concurrency=5", "--priority=high", "--queue=gpu");

    assertThat(outcome.exitCode()).isEqualTo(5);
    assertThat(outcome.err())
        .contains(
            "model fake-model, not m2",
            "concurrency 1000, not 5",
            "priority normal, not high",
            "queue default, not gpu",
            "batch set");
    assertThat(cli.run("batch", "create", "--id=b1", "--temperature=1", input.toString()).err())
        .contains("temperature unset, not 1.0");
    assertThat(cli.run("batch", "create", "--id=b1", "--name=other", input.toString()).exitCode())
        .isEqualTo(5);
    assertThat(cli.run("batch", "show", "b1").out()).contains("created");
  }

  @Test
  void sameFileAgain_needsNotSayWhatTheBatchKnows() {
    cli.run("batch", "create", "--id=b1", "--model=fake-model", input.toString());

    assertThat(cli.run("batch", "create", "--id=b1", input.toString()).exitCode()).isZero();
    assertThat(
            cli.run("batch", "create", "--id=b1", "--model=fake-model", input.toString())
                .exitCode())
        .isZero();
  }
}
