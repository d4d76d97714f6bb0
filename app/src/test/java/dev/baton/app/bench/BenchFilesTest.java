package dev.baton.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.TaskRows;
import dev.baton.persistence.SqlStores;
import dev.baton.persistence.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bench writes past the store is what a store would have written. */
final class BenchFilesTest {
  private static final StoreOptions OPTIONS = StoreOptions.DEFAULT.withLowWater(0);

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void makeFile() {
    file = directory.resolve("bench.db");
    SqlStores.open(file, OPTIONS).close();
  }

  private static List<Kind> states(Baton baton) {
    return Baton.await(
            baton.tasks().list(TenantId.DEFAULT, TaskRows.Filter.ALL, Long.MAX_VALUE, 100))
        .stream()
        .map(TaskRow::state)
        .toList();
  }

  @Test
  void filled_hasFinishedTasks_andWaitingOnesThatCanBeLeased() {
    BenchFiles.fill(file, 3, 2, 8);

    try (Baton baton = Baton.builder(SqlStores.open(file, OPTIONS)).build()) {
      assertThat(states(baton))
          .containsExactly(Kind.READY, Kind.READY, Kind.SUCCEEDED, Kind.SUCCEEDED, Kind.SUCCEEDED);
      LeasedTask leased = baton.lease(new WorkerId("w"), Duration.ofMinutes(1)).orElseThrow();
      assertThat(leased.prompt().text()).isEqualTo("x".repeat(8));
    }
  }

  @Test
  void rawCycles_leaveFinishedTasksOnly() {
    assertThat(RawLimit.cyclesPerSecond(file, 4, 8, Duration.ofMillis(50))).isPositive();

    try (Baton baton = Baton.builder(SqlStores.open(file, OPTIONS)).build()) {
      assertThat(states(baton)).isNotEmpty().containsOnly(Kind.SUCCEEDED);
      assertThat(Baton.await(baton.insight().events(0, 3))).hasSize(3);
    }
  }
}
