package dev.baton.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import dev.baton.core.domain.id.TaskId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is seen before a file is served; whatever is refused is left as it was, to the byte. */
final class StartTest {
  @TempDir private Path directory;
  private Path file;
  private Path log;

  @BeforeEach
  void name() {
    file = directory.resolve("baton.db");
    log = directory.resolve("baton.db-wal");
  }

  private static Baton open(Path database) {
    return Baton.builder(SqlStores.open(database, StoreOptions.DEFAULT.withLowWater(0))).build();
  }

  private void assertRefused(Reason reason, ThrowingCallable call) throws IOException {
    byte[] before = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    byte[] logBefore = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreRefusedException.class,
            refusal -> assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason));
    if (before.length > 0) {
      assertThat(file).hasBinaryContent(before);
    }
    if (logBefore.length > 0) {
      assertThat(log).hasBinaryContent(logBefore);
    }
  }

  private TaskId fill(int tasks) {
    try (Baton baton = open(file)) {
      TaskId id = baton.submit("x".repeat(20_000));
      for (int i = 1; i < tasks; i++) {
        id = baton.submit("x".repeat(20_000));
      }
      return id;
    }
  }

  /** A file and the log of acknowledged work that a killed process left beside it. */
  private void leaveALog() throws IOException {
    try (StoreProcess process = StoreProcess.open(file, true)) {
      assertThat(process.outcome()).isEqualTo("OPEN");
      process.kill();
    }
    assertThat(log).isNotEmptyFile();
  }

  @Test
  void logWithoutItsDatabase_isNeverTouched() throws IOException {
    leaveALog();
    Files.delete(file);

    assertRefused(Reason.DAMAGED, () -> open(file));
    assertThat(file).doesNotExist();
  }

  @Test
  void logOfAnEmptyDatabase_isNeverTouched_byWhateverCommand() throws IOException {
    leaveALog();
    Files.write(file, new byte[0]);

    assertRefused(Reason.DAMAGED, () -> open(file));
    assertRefused(Reason.DAMAGED, () -> SqlStores.read(file));
    assertRefused(
        Reason.DAMAGED, () -> SqlStores.maintenance(file).prune(Duration.ZERO, removed -> {}));
    Path copy = directory.resolve("copy.db");
    assertRefused(Reason.DAMAGED, () -> SqlStores.maintenance(file).backup(copy, percent -> {}));
    assertThat(SqlStores.maintenance(file).check().findings().toString())
        .contains("may hold acknowledged work");
    assertThat(file).isEmptyFile();
    assertThat(copy).doesNotExist();
  }

  /** SQLite would take it for an empty one. */
  @ParameterizedTest
  @ValueSource(ints = {0, 12, 20, 30})
  void logWithABrokenHeader_isNeverTouched_byWhateverCommand(int at) throws IOException {
    leaveALog();
    byte[] bytes = Files.readAllBytes(log);
    bytes[at] ^= 0x55;
    Files.write(log, bytes);

    assertRefused(Reason.DAMAGED, () -> open(file));
    assertRefused(Reason.DAMAGED, () -> SqlStores.read(file));
    assertRefused(
        Reason.DAMAGED, () -> SqlStores.maintenance(file).prune(Duration.ZERO, removed -> {}));
    assertRefused(
        Reason.DAMAGED,
        () -> SqlStores.maintenance(file).backup(directory.resolve("copy.db"), percent -> {}));
    assertThat(SqlStores.maintenance(file).check().isIntact()).isFalse();
  }

  /** Else nobody would miss them, with the log. */
  @Test
  void tablesOfANewFile_doNotStandInTheLogAlone() throws IOException {
    leaveALog();
    Files.delete(log);

    try (Baton baton = open(file)) {
      assertThat(Baton.await(baton.insight().tally(TenantId.DEFAULT)).ready()).isZero();
    }
    assertThat(file.toFile().length()).isGreaterThan(100_000);
  }

  @Test
  void restore_putsALogWithoutItsDatabaseAside() throws IOException {
    Path copy = directory.resolve("copy.db");
    TaskId id = fill(1);
    SqlStores.maintenance(file).backup(copy, percent -> {});
    leaveALog();
    Files.delete(file);

    SqlStores.maintenance(file).restore(copy);

    try (Baton baton = open(file)) {
      assertThat(baton.find(id)).isPresent();
    }
    assertThat(directory.resolve("baton.db.before-restore-1-wal")).isNotEmptyFile();
  }

  @Test
  void logOfAKilledProcess_isReadOn() throws IOException {
    leaveALog();

    try (Baton baton = open(file)) {
      assertThat(Baton.await(baton.insight().tally(TenantId.DEFAULT)).ready()).isEqualTo(1);
    }
  }

  @Test
  void fileThatWasCutShort_isRefused() throws IOException {
    fill(5);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(bytes.length() / 2 / 4096 * 4096);
    }

    assertRefused(Reason.DAMAGED, () -> open(file));
    assertRefused(Reason.DAMAGED, () -> SqlStores.read(file));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void zeroedPages_areFoundAtTheStart(int part) throws IOException {
    fill(20);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long pages = bytes.length() / 4096;
      for (long page = 1L + part; page < pages; page += 8) {
        bytes.seek(page * 4096);
        bytes.write(new byte[4096]);
      }
    }

    assertRefused(Reason.DAMAGED, () -> open(file));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 28, 50})
  void brokenHeader_isRefused(int at) throws IOException {
    fill(2);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      bytes.write(new byte[] {0x11, 0x22, 0x33, 0x44, 0x55, 0x66});
    }

    assertRefused(Reason.DAMAGED, () -> open(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DROP TABLE task_text", "DROP INDEX batch_busy"})
  void missingTableOrIndex_isRefused(String drop) throws SQLException {
    fill(1);
    execute(drop);

    assertThatThrownBy(() -> open(file)).hasMessageContaining("it has no ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void anotherProgramsDatabase_isRefused_beforeAnythingOfItChanges(String journal)
      throws SQLException, IOException {
    execute("PRAGMA journal_mode = " + journal, "CREATE TABLE mine (x)", "PRAGMA user_version = 7");
    List<Path> before = list();

    assertRefused(Reason.FOREIGN, () -> open(file));
    assertRefused(Reason.FOREIGN, () -> SqlStores.read(file));
    assertThat(list()).isEqualTo(before);
  }

  private void execute(String... statements) throws SQLException {
    for (String statement : statements) {
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement execution = connection.createStatement()) {
        execution.execute(statement);
      }
    }
  }

  private List<Path> list() throws IOException {
    try (var paths = Files.list(directory)) {
      return paths.sorted().toList();
    }
  }

  @Test
  void check_takesNoLongerThanItMay_andSaysWhatItSaw() throws IOException {
    fill(50);
    long start = System.nanoTime();

    SqlStores.open(file, StoreOptions.DEFAULT.withCheck(Duration.ofNanos(1))).close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }
}
