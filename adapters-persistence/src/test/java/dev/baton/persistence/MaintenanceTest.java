package dev.baton.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import dev.baton.core.domain.id.TaskId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MaintenanceTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("baton.db");
  }

  @Test
  void restore_ofADamagedBackup_changesNothing() throws IOException {
    Path copy = directory.resolve("copy.db");
    TaskId id;
    try (Baton baton = open(file)) {
      id = baton.submit("x".repeat(50_000));
      SqlStores.maintenance(file).backup(copy, percent -> {});
    }
    damage(copy);

    assertThatThrownBy(() -> SqlStores.maintenance(file).restore(copy))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("the backup " + copy + " is damaged")
        .hasMessageEndingWith(file + " is as it was");
    assertThat(directory.resolve("baton.db.part")).doesNotExist();
    try (Baton baton = open(file)) {
      assertThat(baton.find(id)).isPresent();
    }
  }

  @Test
  void backup_whereNoFileCanBe_isRefused_andLeavesNothing() throws IOException {
    open(file).close();
    Path taken = Files.createDirectory(directory.resolve("taken"));

    for (Path to : List.of(directory.resolve("none/copy.db"), taken)) {
      assertThatThrownBy(() -> SqlStores.maintenance(file).backup(to, percent -> {}))
          .isInstanceOfSatisfying(
              StoreRefusedException.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(Reason.UNREACHABLE))
          .hasMessageContaining("can't write " + to);
    }
    assertThat(directory.resolve("taken.part")).doesNotExist();
  }

  @Test
  void backup_ofADamagedFile_leavesNoPartOfIt() throws IOException {
    try (Baton baton = open(file)) {
      baton.submit("x".repeat(50_000));
    }
    damage(file);
    Path copy = directory.resolve("copy.db");

    assertThatThrownBy(() -> SqlStores.maintenance(file).backup(copy, percent -> {}))
        .isInstanceOf(RuntimeException.class);
    assertThat(directory.resolve("copy.db.part")).doesNotExist();
    assertThat(copy).doesNotExist();
  }

  @Test
  void check_findsDamage_andMissingTexts() throws IOException, SQLException {
    try (Baton baton = open(file)) {
      baton.submit("x".repeat(50_000));
    }
    assertThat(SqlStores.maintenance(file).check().isIntact()).isTrue();

    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.createStatement().execute("DELETE FROM task_text");
    }
    assertThat(SqlStores.maintenance(file).check().findings())
        .containsExactly("1 tasks have lost their prompt");

    damage(file);
    assertThat(SqlStores.maintenance(file).check().isIntact()).isFalse();
  }

  @Test
  void open_ofADamagedFile_isRefused_andLeavesItAsItWas() throws IOException {
    byte[] noise = "this is no database, whatever its name says".getBytes(StandardCharsets.UTF_8);
    Files.write(file, noise);

    assertThatThrownBy(() -> SqlStores.open(file))
        .isInstanceOfSatisfying(
            StoreRefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.DAMAGED))
        .hasMessageContaining("baton restore");
    assertThat(file).hasBinaryContent(noise);
  }

  @Test
  void open_ofANewerFile_isRefused() throws SQLException {
    open(file).close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.createStatement().execute("PRAGMA user_version = 99");
    }

    assertThatThrownBy(() -> SqlStores.open(file))
        .isInstanceOfSatisfying(
            StoreRefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NEWER));
  }

  @Test
  void open_ofSomebodyElsesDatabase_isRefused() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.createStatement().execute("CREATE TABLE mine (x)");
    }

    assertThatThrownBy(() -> SqlStores.open(file)).hasMessageContaining("not one of Baton's");
  }

  @Test
  void open_twice_isRefused_withTheOwnersPid() {
    try (Baton first = open(file)) {
      first.submit("hello");

      assertThatThrownBy(() -> SqlStores.open(file))
          .isInstanceOfSatisfying(
              StoreRefusedException.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(Reason.IN_USE))
          .hasMessageContaining("process " + ProcessHandle.current().pid());
      assertThat(SqlStores.maintenance(file).holder()).hasValue(ProcessHandle.current().pid());
    }
    assertThat(SqlStores.maintenance(file).holder()).isEmpty();
  }

  @Test
  void open_twice_leavesTheFirstOneItsLock() throws IOException, InterruptedException {
    try (Baton first = open(file)) {
      first.submit("hello");
      assertThatThrownBy(() -> SqlStores.open(file)).isInstanceOf(StoreRefusedException.class);

      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  LockProbe.class.getName(),
                  directory.resolve("baton.db-lock").toString())
              .start();

      assertThat(other.waitFor()).as("another process finds it locked").isEqualTo(LockProbe.LOCKED);
    }
  }

  @Test
  void open_withoutADirectory_isRefused() {
    assertThatThrownBy(() -> SqlStores.open(directory.resolve("missing/baton.db")))
        .isInstanceOfSatisfying(
            StoreRefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.UNREACHABLE));
  }

  @Test
  void files_areTheirOwnersAlone() throws IOException {
    try (Baton baton = open(file)) {
      baton.submit("hello");

      for (String suffix : new String[] {"", "-wal", "-shm"}) {
        Path path = directory.resolve("baton.db" + suffix);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .isEqualTo("rw-------");
      }
    }
  }

  private static Baton open(Path file) {
    return Baton.builder(SqlStores.open(file, StoreOptions.DEFAULT.withLowWater(0))).build();
  }

  /** Overwrites what lies behind the first pages, where the texts are. */
  private static void damage(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      for (long at = 4_096; at < bytes.length(); at += 4_096) {
        bytes.seek(at);
        bytes.write(new byte[512]);
      }
    }
  }
}
