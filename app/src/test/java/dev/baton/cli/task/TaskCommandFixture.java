package dev.baton.cli.task;

import dev.baton.cli.CliHarness;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Task;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of task commands share. */
abstract class TaskCommandFixture {
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

  Task task(String id) {
    return cli.baton().find(new TaskId(id)).orElseThrow();
  }
}
