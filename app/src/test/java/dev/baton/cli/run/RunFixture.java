package dev.baton.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.cli.CliHarness;
import dev.baton.cli.CliHarness.Outcome;
import dev.baton.cli.shared.Jsons;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.usecase.task.LeaseRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of runs share. */
abstract class RunFixture {
  static final String UPPER = "tr a-z A-Z";

  /** Stands for a server, where others can answer while a run goes on. */
  static final String SERVER = "--server=http://127.0.0.1:8000";

  @TempDir Path directory;
  CliHarness cli;

  @BeforeEach
  void start() {
    cli = new CliHarness(directory);
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  Path write(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Path rows(int count) {
    return write(
        "in.jsonl",
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> "{\"prompt\":\"row " + i + "\"}\n")
            .collect(Collectors.joining()));
  }

  Outcome run(Path input, String out, String... more) {
    List<String> args =
        new ArrayList<>(List.of("run", input.toString(), "-o", directory.resolve(out).toString()));
    args.addAll(Arrays.asList(more));
    return cli.run(args.toArray(String[]::new));
  }

  String read(String name) {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The lines of the output by row. */
  List<JsonNode> answers(String name) {
    return read(name)
        .lines()
        .map(RunCommandTest::parsed)
        .sorted(Comparator.comparingInt(line -> line.path("row").asInt()))
        .toList();
  }

  static JsonNode parsed(String line) {
    try {
      return Jsons.read(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  int tasks() {
    return cli.run("list", "--json", "--max", "1000").json().path("tasks").size();
  }

  /** Works without starting a program for each row. */
  void answerAll(CompletableFuture<?> until) {
    LeaseRequest ask =
        new LeaseRequest(
            TenantId.DEFAULT,
            List.of(QueueName.DEFAULT),
            new WorkerId("test"),
            Duration.ofMinutes(1),
            500);
    while (!until.isDone()) {
      List<Settlement> answers = new ArrayList<>();
      for (LeasedTask task :
          cli.baton().leasing().leaseWhenReady(ask, Duration.ofSeconds(1)).join()) {
        answers.add(Settlement.Complete.of(task.leaseId(), Completion.of("ok")));
      }
      if (!answers.isEmpty()) {
        assertThat(cli.baton().settling().settle(TenantId.DEFAULT, answers).join())
            .allMatch(settled -> settled.kind().isAccepted());
      }
    }
  }
}
