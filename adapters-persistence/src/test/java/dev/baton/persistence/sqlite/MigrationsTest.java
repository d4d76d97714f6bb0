package dev.baton.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.Resources;
import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.testing.ManualClock;
import dev.baton.persistence.SqlStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of older schemas are brought to this build's, with all that lies in them. */
final class MigrationsTest {
  /** Within the lease that the rows hold, and before the start time of the delayed task. */
  private static final Instant SOON_AFTER = Instant.parse("2026-11-26T02:00:00Z");

  private static final Tally STORED = new Tally(1, 2, 1, 1, 1, 1);

  private final ManualClock clock = new ManualClock(SOON_AFTER);
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("old.db");
  }

  static IntStream olderSchemas() {
    return IntStream.range(1, Migrations.newest());
  }

  @ParameterizedTest
  @MethodSource("olderSchemas")
  void olderFile_isMigrated_andNothingInItIsLost(int schema) throws SQLException {
    make(schema);

    try (Baton baton = open()) {
      assertThat(Baton.await(baton.insight().tally(TenantId.DEFAULT))).isEqualTo(STORED);
      assertThat(Baton.await(baton.insight().events(0, 100))).hasSize(13);
      assertThat(baton.answer(new TaskId("done"))).contains("Bonjour");
      assertThat(find(baton, "dead").attempts()).hasSize(1);
      assertThat(find(baton, "later").state().kind()).isEqualTo(Kind.HELD);
    }
    assertThat(SqlStores.maintenance(file).check().schema()).isEqualTo(Migrations.newest());
    assertThat(SqlStores.maintenance(file).check().findings()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("olderSchemas")
  void olderFile_worksOn(int schema) throws SQLException {
    make(schema);

    try (Baton baton = open()) {
      LeasedTask next =
          baton
              .lease(QueueName.INTEGRATION, new WorkerId("w"), Duration.ofMinutes(1))
              .orElseThrow();
      assertThat(next.leaseId().taskId()).isEqualTo(new TaskId("ready"));
      baton.complete(next, "here you are");
      assertThat(
              baton.lease(new WorkerId("w"), Duration.ofMinutes(1)).orElseThrow().prompt().text())
          .isEqualTo("Quick");
      NewTask again = NewTask.builder(Prompt.of("Quick")).dedupeKey(DedupeKey.of("once")).build();
      assertThat(Baton.await(baton.submissions().submit(TenantId.DEFAULT, again)).id())
          .isEqualTo(new TaskId("urgent"));
      Settlement held =
          Settlement.Complete.of(
              LeaseId.parse("held~1").orElseThrow(), Completion.of("by who has it"));
      assertThat(Baton.await(baton.settling().settle(TenantId.DEFAULT, held)).kind().isAccepted())
          .isTrue();
      clock.advance(Duration.ofDays(2));
      while (Baton.await(baton.upkeep().sweep())) {}
      assertThat(Baton.await(baton.insight().tally(TenantId.DEFAULT)))
          .isEqualTo(new Tally(0, 2, 0, 3, 1, 1));
    }
  }

  @Test
  void migrationThatFails_leavesTheFileAsItWas() throws SQLException {
    make(1);
    run(handle -> handle.execute("CREATE TABLE webhook (in_the_way INTEGER)"));

    assertThatThrownBy(this::open).isInstanceOf(StoreRefusedException.class);

    run(
        handle -> {
          assertThat(handle.createQuery("PRAGMA user_version").mapTo(Integer.class).one())
              .isEqualTo(1);
          handle.execute("DROP TABLE webhook");
        });
    try (Baton baton = open()) {
      assertThat(Baton.await(baton.insight().tally(TenantId.DEFAULT))).isEqualTo(STORED);
    }
  }

  private static Task find(Baton baton, String id) {
    return baton.find(new TaskId(id)).orElseThrow();
  }

  private Baton open() {
    return Baton.builder(SqlStores.open(file)).clock(clock).build();
  }

  /** The file as schema 1 left it, brought to {@code schema} by the scripts in between. */
  private void make(int schema) throws SQLException {
    run(
        handle -> {
          handle.execute(
              "CREATE TABLE schema_version"
                  + " (version INTEGER PRIMARY KEY, checksum TEXT NOT NULL) STRICT");
          handle.createScript(resource("V001.sql")).execute();
          handle.createScript(resource("schema1-rows.sql")).execute();
          for (int next = 2; next <= schema; next++) {
            String script = resource("V%03d.sql".formatted(next));
            handle.createScript(script).execute();
            handle.execute(
                "INSERT INTO schema_version VALUES (?, ?)", next, Migrations.checksum(script));
          }
          handle.execute("PRAGMA application_id = " + Migrations.APPLICATION_ID);
          handle.execute("PRAGMA user_version = " + schema);
        });
  }

  private void run(HandleConsumer<RuntimeException> work) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      Jdbi.create(connection).useHandle(work);
    }
  }

  private static String resource(String name) {
    try {
      return Resources.toString(
          Resources.getResource(MigrationsTest.class, name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
