package dev.baton.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.cli.shared.CliBackend;
import dev.baton.cli.shared.CliBackend.Target;
import dev.baton.core.Baton;
import dev.baton.core.client.BatonClient;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.schedule.Cron;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.port.BatchFiles;
import dev.baton.http.in.runner.schedule.RunFiles;
import dev.baton.persistence.SqlStores;
import dev.baton.persistence.file.FileBatches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a database file that no server has open. */
final class LocalNodeTest {
  private static final CliBackend.Use USE =
      new CliBackend.Use(CliBackend.Use.Kind.SHORT, "a test", Duration.ZERO, holder -> {});

  @TempDir private Path directory;
  private Path db;

  @BeforeEach
  void name() {
    db = directory.resolve("baton.db");
  }

  private BatonClient open(Map<String, String> environment, TenantId tenant) {
    return new BatonBackend(environment, Seams.NONE).open(new Target.File(db), tenant, USE);
  }

  private static List<TaskClient.Granted> lease(TaskClient client, Duration wait) {
    return client.lease(
        new TaskClient.Ask(List.of(QueueName.DEFAULT), new WorkerId("w"), Duration.ofMinutes(1), 1),
        wait);
  }

  /** A schedule that was due minutes ago and has not fired. */
  private ScheduleId overdue() throws IOException {
    Files.createDirectory(directory.resolve("root"));
    Plan plan =
        new Plan(
            "each minute",
            Cron.parse("* * * * *"),
            ZoneOffset.UTC,
            new Plan.Files("rows.csv", Optional.empty(), false),
            BatchConfig.DEFAULT,
            false,
            true,
            Plan.Rules.DEFAULT);
    Instant past = Instant.now().minusSeconds(600);
    try (Baton baton =
        Baton.builder(SqlStores.open(db))
            .clock(InstantSource.fixed(past))
            .files(FileBatches.under(directory.resolve("root"), Optional.empty()), new RunFiles())
            .build()) {
      return Baton.await(baton.schedules().create(TenantId.DEFAULT, plan)).id();
    }
  }

  @Test
  void work_onAFile_firesNoSchedule() throws IOException {
    ScheduleId id = overdue();

    try (BatonClient client = open(Map.of(), TenantId.DEFAULT)) {
      // Time enough for a scheduler, which would fire as soon as it is started.
      assertThat(lease(client.tasks(), Duration.ofSeconds(1))).isEmpty();

      assertThat(client.schedules().runs(id, 0)).isEmpty();
      assertThat(client.schedules().find(id).lastRun()).isEmpty();
    }
  }

  @Test
  void leaseThatRanOut_isHandedOnAtOnce() {
    try (Baton baton =
        Baton.builder(SqlStores.open(db))
            .clock(InstantSource.fixed(Instant.now().minusSeconds(600)))
            .build()) {
      baton.submit("hello");
      assertThat(baton.lease(new WorkerId("lost"), Duration.ofMinutes(2))).isPresent();
    }

    try (BatonClient client = open(Map.of(), TenantId.DEFAULT)) {
      assertThat(lease(client.tasks(), Duration.ZERO)).hasSize(1);
    }
  }

  @Test
  void tenant_isTheOneThatWasNamed() {
    try (BatonClient client = open(Map.of(), new TenantId("other"))) {
      client.tasks().put(List.of(NewTask.of("theirs")));
    }

    try (BatonClient client = open(Map.of(), TenantId.DEFAULT)) {
      assertThat(lease(client.tasks(), Duration.ZERO)).isEmpty();
      assertThat(client.admin().queues()).allMatch(queue -> queue.ready() == 0);
    }
  }

  @Test
  void environment_isReadWhenFilesOrAddressesMatter_andNotBefore() {
    Map<String, String> wrong = Map.of("BATON_FILES_ROOT", directory.resolve("none").toString());

    try (BatonClient client = open(wrong, TenantId.DEFAULT)) {
      client.tasks().put(List.of(NewTask.of("hello")));

      assertThatThrownBy(
              () ->
                  client
                      .batches()
                      .create(
                          NewBatch.of("b", BatchConfig.DEFAULT),
                          Files.writeString(directory.resolve("in.csv"), "prompt\na\n"),
                          BatchFiles.Format.CSV))
          .hasMessageContaining("files.root");
    }
  }

  @Test
  void rowsOfAFile_areReadWhereverItLies_withoutARoot() throws IOException {
    Path rows = Files.writeString(directory.resolve("in.csv"), "prompt\na\nb\n");

    try (BatonClient client = open(Map.of(), TenantId.DEFAULT)) {
      var made =
          client
              .batches()
              .create(NewBatch.of("b", BatchConfig.DEFAULT), rows, BatchFiles.Format.CSV);

      assertThat(made.batch().counts().total()).isEqualTo(2);
    }
    assertThat(rows).hasContent("prompt\na\nb\n");
  }
}
