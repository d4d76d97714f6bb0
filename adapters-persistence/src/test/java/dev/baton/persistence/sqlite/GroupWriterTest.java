package dev.baton.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.TaskRows.Filter;
import dev.baton.core.port.Transaction;
import dev.baton.core.usecase.task.Submitted;
import dev.baton.persistence.SqlStores;
import dev.baton.persistence.StoreOptions;
import dev.baton.persistence.jdbc.SqlFailure;
import dev.baton.persistence.sql.SqlTransaction;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the writer does with groups and with errors, beyond what any store must do. */
final class GroupWriterTest {
  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_IOERR_FSYNC = 1034;

  @TempDir private Path directory;
  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private SqliteStore store;
  private Baton baton;

  @BeforeEach
  void open() {
    StoreOptions options = StoreOptions.DEFAULT.withLowWater(0).onBroken(broken::set);
    store = SqlStores.open(directory.resolve("baton.db"), options);
    baton = Baton.builder(store).build();
  }

  @AfterEach
  void close() {
    baton.close();
  }

  @Test
  void aWorkThatFailsHalfway_leavesItsNeighboursInTheGroupAlone() {
    List<CompletableFuture<?>> futures = new ArrayList<>();
    blockWriterWhile(
        () -> {
          futures.add(submit("before"));
          futures.add(
              store.write(
                  Urgency.CARRY,
                  tx -> {
                    baton.submissions().submitIn(tx, TenantId.DEFAULT, tasks("half"));
                    throw new BatonException(ErrorCode.INVALID_STATE, "halfway");
                  }));
          futures.add(submit("after"));
        });

    assertThat(futures.get(0)).succeedsWithin(java.time.Duration.ofSeconds(10));
    assertThatThrownBy(() -> Baton.await(futures.get(1))).hasMessage("halfway");
    assertThat(futures.get(2)).succeedsWithin(java.time.Duration.ofSeconds(10));
    assertThat(ids()).containsExactly("after", "before");
    assertThat(Baton.await(baton.insight().events(0, 100)))
        .as("the log has no trace of the half that was taken back")
        .extracting(event -> event.number())
        .containsExactly(1L, 2L);
  }

  @Test
  void aWorkThatFailsBeforeItWrote_failsAlone() {
    List<CompletableFuture<?>> futures = new ArrayList<>();
    blockWriterWhile(
        () -> {
          futures.add(
              store.write(
                  Urgency.CARRY,
                  tx -> {
                    throw new IllegalStateException("early");
                  }));
          futures.add(submit("other"));
        });

    assertThat(futures.get(0)).failsWithin(java.time.Duration.ofSeconds(10));
    Baton.await(futures.get(1));
    assertThat(ids()).containsExactly("other");
  }

  @Test
  void anIoError_stopsAllWriting_andIsToldOnce() {
    Baton.await(submit("kept"));
    CompletableFuture<Object> failing =
        store.write(
            Urgency.CARRY,
            tx -> {
              throw new SqlFailure(new SQLException("disk I/O error", "", SQLITE_IOERR_FSYNC));
            });

    assertThatThrownBy(() -> Baton.await(failing))
        .isInstanceOfSatisfying(
            BatonException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
        .hasMessageContaining("unknown");
    assertThatThrownBy(() -> Baton.await(submit("lost")))
        .hasMessageContaining("the outcome is unknown");
    assertThat(broken.get()).isNotNull();
    assertThat(ids()).as("reads go on").containsExactly("kept");

    baton.close();
    assertThat(directory.resolve("baton.db-wal"))
        .as("the log stays as it is for the next start: even its removal would be a write")
        .isNotEmptyFile();
  }

  @Test
  void aFullDisk_refusesTheGroup_keepsTheFirstError_andRecovers() {
    Baton.await(submit("kept"));
    long pages =
        Baton.await(
            store.write(
                Urgency.CARRY,
                tx -> {
                  long used = pragma(tx, "PRAGMA page_count");
                  pragma(tx, "PRAGMA max_page_count = " + used);
                  return used;
                }));
    String large = "x".repeat(100_000);

    assertThatThrownBy(
            () ->
                Baton.await(
                    baton.submissions().submit(TenantId.DEFAULT, List.of(NewTask.of(large)))))
        .isInstanceOfSatisfying(
            BatonException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.STORAGE_FULL))
        .hasMessageContaining("the disk is full; nothing was stored")
        .hasRootCauseInstanceOf(SQLException.class);
    assertThat(broken.get()).isNull();
    assertThat(store.hasRoom()).isFalse();

    Baton.await(
        store.write(
            Urgency.CARRY, tx -> pragma(tx, "PRAGMA max_page_count = " + (pages + 10_000))));
    org.awaitility.Awaitility.await().until(store::hasRoom);
    Baton.await(submit("later"));
    assertThat(ids()).containsExactly("later", "kept");
  }

  @Test
  void aDatabaseThatAnotherHolds_refusesTheGroup_whoseOutcomeIsKnown() {
    CompletableFuture<Object> failing =
        store.write(
            Urgency.CARRY,
            tx -> {
              throw new SqlFailure(new SQLException("database is locked", "", SQLITE_BUSY));
            });

    assertThatThrownBy(() -> Baton.await(failing))
        .isInstanceOfSatisfying(
            BatonException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED))
        .hasMessageContaining("nothing was stored");
    assertThat(broken.get()).isNull();
  }

  @Test
  void afterClose_worksAreRefused() {
    store.close();

    assertThatThrownBy(() -> Baton.await(submit("late")))
        .isInstanceOfSatisfying(
            BatonException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
  }

  /** On the writer's own connection, for that is where the bound holds; within a work. */
  private static long pragma(Transaction tx, String sql) {
    return ((SqlTransaction) tx)
        .session()
        .handle()
        .createQuery(sql)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  private CompletableFuture<List<Submitted>> submit(String id) {
    return baton.submissions().submit(TenantId.DEFAULT, tasks(id));
  }

  private static List<NewTask> tasks(String id) {
    return List.of(
        NewTask.builder(dev.baton.core.domain.prompt.Prompt.of("hello"))
            .id(new TaskId(id))
            .build());
  }

  private List<String> ids() {
    return Baton.await(baton.tasks().list(TenantId.DEFAULT, Filter.ALL, Long.MAX_VALUE, 100))
        .stream()
        .map(row -> row.id().value())
        .toList();
  }

  /** Holds the writer up, so that what is submitted meanwhile becomes one group. */
  private void blockWriterWhile(Runnable submits) {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Store.Work<Boolean> hold =
        tx -> {
          entered.countDown();
          return await(release);
        };
    CompletableFuture<Boolean> held = store.write(Urgency.CARRY, hold);
    await(entered);
    submits.run();
    release.countDown();
    Baton.await(held);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, java.util.concurrent.TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
