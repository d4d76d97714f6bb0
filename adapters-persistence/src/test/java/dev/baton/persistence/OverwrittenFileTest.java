package dev.baton.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are written to by others while they are open; the inode stays the same. */
final class OverwrittenFileTest {
  @TempDir private Path directory;
  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("baton.db");
  }

  private Baton open(Path database) {
    return Baton.builder(
            SqlStores.open(database, StoreOptions.DEFAULT.withLowWater(0).onBroken(broken::set)))
        .build();
  }

  private void fill(Path database, int tasks) {
    try (Baton baton = open(database)) {
      for (int i = 0; i < tasks; i++) {
        baton.submit("x".repeat(20_000));
      }
    }
  }

  private void assertStopped(Baton baton) {
    await().untilAsserted(() -> assertThat(broken.get()).isNotNull());
    assertThat(broken.get()).hasMessageContaining("while this process had it open");
    Assertions.assertThatThrownBy(() -> baton.submit("lost"))
        .isInstanceOfSatisfying(
            BatonException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
  }

  @Test
  void emptiedFile_stopsTheStore() throws IOException {
    fill(file, 3);
    try (Baton baton = open(file)) {
      baton.submit("a");
      Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);

      assertStopped(baton);
    }
  }

  @Test
  void emptiedLog_stopsTheStore() throws IOException {
    fill(file, 3);
    try (Baton baton = open(file)) {
      baton.submit("a");
      Files.write(
          directory.resolve("baton.db-wal"), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);

      assertStopped(baton);
    }
  }

  @Test
  void largerDatabaseWrittenOverIt_stopsTheStore() throws IOException {
    Path other = directory.resolve("other.db");
    fill(other, 200);
    fill(file, 3);
    byte[] bytes = Files.readAllBytes(other);
    try (Baton baton = open(file)) {
      baton.submit("a");
      Files.write(file, bytes, StandardOpenOption.WRITE);

      assertStopped(baton);
    }
  }

  @Test
  void fileThatIsTouched_orWhoseLogIsMovedByTheWriter_isServedOn() throws IOException {
    try (Baton baton = open(file)) {
      for (int i = 0; i < 1_000; i++) {
        baton.submit("x".repeat(20_000));
      }
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
      baton.submit("b");

      assertThat(broken.get()).isNull();
    }
    assertThat(SqlStores.maintenance(file).check().isIntact()).isTrue();
  }
}
