package dev.baton.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.port.Store.Urgency;
import dev.baton.persistence.sql.SqlTransaction;
import dev.baton.persistence.sqlite.SqliteStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk of 24 MiB that is really full. Where no such disk can be mounted (that takes root), a
 * bound of SQLite's on the file stands for it while the store is open, which says no in the same
 * words; then {@code prune} and {@code check} have a disk with room.
 */
final class FullDiskTest {
  private static final long RECOVERY_NANOS = 30_000_000_000L;

  @TempDir private Path directory;
  private boolean mounted;
  private Path file;
  private Path filler;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", directory.toString()) == 0;
    file = directory.resolve("baton.db");
    filler = directory.resolve("filler");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      assertThat(run("umount", "-l", directory.toString())).isZero();
    }
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor();
    } catch (IOException e) {
      return -1;
    }
  }

  private SqliteStore store() {
    return SqlStores.open(
        file, StoreOptions.DEFAULT.withLowWater(0).withBallast(StoreOptions.SERVER_BALLAST));
  }

  /** Leaves no room at all to an open store. */
  private void fill(SqliteStore store) throws IOException {
    if (mounted) {
      fillDisk();
    } else {
      bound(store, 0);
    }
  }

  private void makeRoom(SqliteStore store) throws IOException {
    if (mounted) {
      Files.delete(filler);
    } else {
      bound(store, 10_000);
    }
  }

  private static void bound(SqliteStore store, long morePages) {
    Baton.await(
        store.write(
            Urgency.CARRY,
            tx -> {
              Handle handle = ((SqlTransaction) tx).session().handle();
              long pages = handle.createQuery("PRAGMA page_count").mapTo(Long.class).one();
              return handle
                  .createQuery("PRAGMA max_page_count = " + (pages + morePages))
                  .mapTo(Long.class)
                  .one();
            }));
  }

  private void fillDisk() throws IOException {
    try (OutputStream out =
        Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int size = 1 << 20; size > 0; size /= 2) {
        try {
          while (true) {
            out.write(new byte[size]);
          }
        } catch (IOException full) {
          assertThat(full).hasMessageContaining("space");
        }
      }
    }
  }

  private static Optional<TaskId> submitted(Baton baton) {
    try {
      return Optional.of(baton.submit("x".repeat(20_000)));
    } catch (BatonException e) {
      assertThat(e.code()).isIn(ErrorCode.STORE_UNAVAILABLE, ErrorCode.STORAGE_FULL);
      return Optional.empty();
    }
  }

  @Test
  void fullDisk_losesNothing_goesOnWhenThereIsRoom_andIsPruned() throws IOException {
    List<TaskId> acknowledged = new ArrayList<>();
    try (SqliteStore store = store();
        Baton baton = Baton.builder(store).build()) {
      for (int i = 0; i < 20; i++) {
        acknowledged.add(baton.submit("y".repeat(20_000)));
        LeasedTask leased = baton.lease(new WorkerId("w"), Duration.ofHours(1)).orElseThrow();
        baton.complete(leased, "z".repeat(20_000));
      }
      store.ensureBallast();
      if (mounted) {
        assertThat(file.resolveSibling("baton.db-ballast")).hasSize(1 << 20);
      }

      fill(store);
      int refused = 0;
      for (int i = 0; i < 400; i++) {
        Optional<TaskId> id = submitted(baton);
        id.ifPresent(acknowledged::add);
        refused += id.isPresent() ? 0 : 1;
      }
      assertThat(refused).isPositive();
      assertThat(acknowledged).allMatch(id -> baton.find(id).isPresent());

      makeRoom(store);
      acknowledged.add(recovered(baton));
      store.ensureBallast();
    }

    if (mounted) {
      fillDisk();
    }
    checkIsNotCalledDamage();
    assertThat(SqlStores.maintenance(file).prune(Duration.ofDays(-1), removed -> {})).isEqualTo(20);

    Files.deleteIfExists(filler);
    try (Baton baton = Baton.builder(store()).build()) {
      assertThat(acknowledged.subList(20, acknowledged.size()))
          .allMatch(id -> baton.find(id).isPresent());
    }
    assertThat(SqlStores.maintenance(file).check().findings()).isEmpty();
  }

  private static TaskId recovered(Baton baton) {
    long end = System.nanoTime() + RECOVERY_NANOS;
    Optional<TaskId> id = submitted(baton);
    while (id.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(20_000_000);
      id = submitted(baton);
    }
    return id.orElseThrow();
  }

  private void checkIsNotCalledDamage() {
    try {
      assertThat(SqlStores.maintenance(file).check().findings()).isEmpty();
    } catch (StoreRefusedException e) {
      assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.FULL);
    }
  }
}
