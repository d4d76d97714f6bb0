package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.usecase.batch.BatchView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Maintenance} must do. */
public abstract class MaintenanceContract {
  @TempDir protected Path directory;
  protected Path file;

  /** The housekeeping of a database. */
  protected abstract Maintenance maintenance(Path database);

  /** Opens a database as a server does, creating it. */
  protected abstract Store openStore(Path database);

  @BeforeEach
  void name() {
    file = directory.resolve("baton.db");
  }

  protected final Baton open(Path database) {
    return Baton.builder(openStore(database)).build();
  }

  @Test
  void backup_besideARunningServer_holdsWhatWasThere() {
    Path copy = directory.resolve("copy.db");
    try (Baton baton = open(file)) {
      TaskId id = baton.submit("hello");

      Maintenance.Copied copied = maintenance(file).backup(copy, percent -> {});

      assertThat(copied.tasks()).isEqualTo(1);
      try (Baton restored = open(copy)) {
        assertThat(restored.find(id)).isPresent();
      }
    }
  }

  @Test
  void number_ofARemovedTask_isNotGivenAgain_alsoAfterARestart() {
    long removed = insertAndRemove("newest");

    assertThat(insertAndRemove("next")).isGreaterThan(removed);
  }

  /** In a store that is opened for it and closed again. */
  private long insertAndRemove(String id) {
    try (Store store = openStore(file)) {
      return Baton.await(
          store.write(
              Store.Urgency.CARRY,
              tx -> {
                TaskRow row = tx.tasks().insert(List.of(StoreFixture.readyTask(id))).get(0);
                tx.removals().remove(row);
                return row.seq();
              }));
    }
  }

  @Test
  void prune_removesBatchesThatAreOver_withAllTheirTasks_andNoPartOfAnother() {
    try (Baton baton = open(file)) {
      makeBatch(baton, "pending", 1);
      makeBatch(baton, "over", 1_201);
      start(baton, "over");
      answer(baton, 1);
      Baton.await(baton.batches().cancel(TenantId.DEFAULT, new BatchId("over")));
      while (Baton.await(baton.upkeep().sweep())) {}
      makeBatch(baton, "running", 3);
      start(baton, "running");
      answer(baton, 2);
    }

    assertThat(maintenance(file).prune(Duration.ofDays(1), count -> {})).isZero();
    List<Long> told = new ArrayList<>();
    assertThat(maintenance(file).prune(Duration.ofDays(-1), told::add)).isEqualTo(1_201);

    assertThat(told).endsWith(1_201L);
    try (Baton baton = open(file)) {
      assertThat(tally(baton, "over")).isEmpty();
      assertThat(tally(baton, "pending")).contains(new Tally(1, 0, 0, 0, 0, 0));
      assertThat(tally(baton, "running")).contains(new Tally(0, 1, 0, 2, 0, 0));
      assertThat(Baton.await(baton.insight().tally(TenantId.DEFAULT)))
          .isEqualTo(new Tally(1, 1, 0, 2, 0, 0));
    }
  }

  private static void makeBatch(Baton baton, String id, int rows) {
    NewBatch batch =
        new NewBatch(Optional.of(new BatchId(id)), "", "", BatchConfig.DEFAULT, Optional.empty());
    List<NewTask> tasks = Collections.nCopies(rows, NewTask.of(Prompt.of("p")));
    Baton.await(baton.batches().create(TenantId.DEFAULT, batch, tasks));
  }

  private static void start(Baton baton, String id) {
    Baton.await(baton.batches().start(TenantId.DEFAULT, new BatchId(id)));
  }

  private static void answer(Baton baton, int count) {
    for (int i = 0; i < count; i++) {
      baton.complete(
          baton.lease(new WorkerId("me"), Duration.ofMinutes(1)).orElseThrow(), "answer");
    }
  }

  private static Optional<Tally> tally(Baton baton, String id) {
    return Baton.await(baton.batches().find(TenantId.DEFAULT, new BatchId(id)))
        .map(BatchView::tally);
  }

  @Test
  void restore_putsTheBackupInPlace() {
    Path copy = directory.resolve("copy.db");
    TaskId early;
    TaskId late;
    try (Baton baton = open(file)) {
      early = baton.submit("early");
      maintenance(file).backup(copy, percent -> {});
      late = baton.submit("late");
    }

    maintenance(file).restore(copy);

    try (Baton baton = open(file)) {
      assertThat(baton.find(early)).isPresent();
      assertThat(baton.find(late)).isEmpty();
    }
  }

  @Test
  void restore_whileItIsOpen_isRefused() {
    Path copy = directory.resolve("copy.db");
    try (Baton baton = open(file)) {
      baton.submit("hello");
      maintenance(file).backup(copy, percent -> {});

      assertThatThrownBy(() -> maintenance(file).restore(copy))
          .isInstanceOfSatisfying(
              StoreRefusedException.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(Reason.IN_USE));
    }
  }

  @Test
  void prune_removesWhatIsOver_andKeepsTheRest() {
    TaskId done;
    TaskId waiting;
    try (Baton baton = open(file)) {
      done = baton.submit("done");
      LeasedTask leased = baton.lease(new WorkerId("me"), Duration.ofMinutes(1)).orElseThrow();
      baton.complete(leased, "answer");
      waiting = baton.submit("waiting");
    }

    assertThat(maintenance(file).prune(Duration.ofDays(1), count -> {})).isZero();
    assertThat(maintenance(file).prune(Duration.ofDays(-1), count -> {})).isEqualTo(1);

    maintenance(file).compact();
    try (Baton baton = open(file)) {
      assertThat(baton.find(done)).isEmpty();
      assertThat(baton.find(waiting)).isPresent();
    }
  }

  @Test
  void backup_tellsHowFarItIs_andReplacesAnOlderCopy() {
    Path copy = directory.resolve("copy.db");
    List<Long> told = new ArrayList<>();
    try (Baton baton = open(file)) {
      maintenance(file).backup(copy, percent -> {});
      TaskId id = baton.submit("hello");

      maintenance(file).backup(copy, told::add);

      try (Baton restored = open(copy)) {
        assertThat(restored.find(id)).isPresent();
      }
    }
    assertThat(told).isSorted().allSatisfy(percent -> assertThat(percent).isBetween(0L, 100L));
  }

  @Test
  void check_ofASoundDatabase_countsAndChangesNothing() {
    try (Baton baton = open(file)) {
      baton.submit("hello");
    }

    Maintenance.Checked checked = maintenance(file).check();

    assertThat(checked.isIntact()).isTrue();
    assertThat(checked.tasks()).isEqualTo(1);
    assertThat(checked.schema()).isPositive();
    assertThat(maintenance(file).check()).isEqualTo(checked);
  }

  @Test
  void holder_isTheProcessThatHasItOpen() {
    try (Baton baton = open(file)) {
      baton.submit("hello");

      assertThat(maintenance(file).holder()).hasValue(ProcessHandle.current().pid());
    }

    assertThat(maintenance(file).holder()).isEmpty();
  }
}
