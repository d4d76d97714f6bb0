package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.BatchWalkState;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.ListOrder;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Terms;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Batches and the counts of their tasks. */
public abstract class BatchRowsContract extends StoreFixture {
  private static final BatchId ID = new BatchId("b");
  private static final Set<BatchState> ALL = EnumSet.allOf(BatchState.class);

  private static Batch batch(String id, Batch.Run run) {
    BatchConfig config =
        new BatchConfig(
            Optional.of(new ModelName("m")),
            OptionalDouble.of(0.25),
            OptionalInt.of(7),
            OptionalInt.of(0),
            Priority.LOW,
            Optional.of(NOW.plusSeconds(5)),
            new QueueName("q"),
            3);
    return new Batch(
        0, TENANT, new BatchId(id), new Batch.About("n'", "d\"", config, NOW.plusMillis(1)), run);
  }

  private Batch insertBatch(String id, Batch.Run run) {
    return write(tx -> tx.batches().insert(batch(id, run), Optional.empty()));
  }

  @Test
  void batch_comesBackAsGiven_alsoChanged() {
    Batch inserted = insertBatch("b", Batch.Run.importing(NOW));
    assertThat(reading().batches().find(TENANT, ID)).contains(inserted);
    assertThat(reading().batches().find(OTHER_TENANT, ID)).isEmpty();

    Batch changed =
        inserted.with(
            inserted
                .run()
                .started(NOW.plusMillis(2))
                .finished(BatchState.FAILED, NOW.plusMillis(3))
                .with(
                    BatchWalkState.of(BatchWalkState.Kind.RETRY)
                        .and(BatchWalkState.Kind.AMEND)
                        .upTo(9),
                    NOW.plusMillis(4)));
    run(tx -> tx.batches().update(changed));

    assertThat(reading().batches().find(TENANT, ID)).contains(changed);
    run(tx -> tx.batches().remove(changed));
    assertThat(reading().batches().find(TENANT, ID)).isEmpty();
  }

  @Test
  void tally_isKeptAcrossTransactions_andSeenWithin() {
    insertBatch("b", Batch.Run.importing(NOW));
    run(tx -> tx.batches().count(TENANT, ID, Kind.HELD, 5));

    Tally within =
        write(
            tx -> {
              tx.batches().count(TENANT, ID, Kind.HELD, -2);
              tx.batches().count(TENANT, ID, Kind.READY, 2);
              return tx.batches().tally(TENANT, ID);
            });

    assertThat(within).isEqualTo(new Tally(3, 2, 0, 0, 0, 0));
    assertThat(reading().batches().tally(TENANT, ID)).isEqualTo(within);
  }

  @Test
  void key_findsTheBatchOfItsScopeAndValue() {
    IdempotencyKey key = new IdempotencyKey("scope", "k", "print");
    Batch keyed =
        write(tx -> tx.batches().insert(batch("b", Batch.Run.importing(NOW)), Optional.of(key)));

    assertThat(reading().batches().findByKey(TENANT, new IdempotencyKey("scope", "k", "other")))
        .contains(new BatchRows.Keyed(keyed, "print"));
    assertThat(reading().batches().findByKey(TENANT, new IdempotencyKey("s", "k", "print")))
        .isEmpty();
    assertThat(reading().batches().findByKey(OTHER_TENANT, key)).isEmpty();
  }

  @Test
  void lists_showWhatTheySay() {
    Batch first = insertBatch("1", Batch.Run.importing(NOW));
    Batch second = insertBatch("2", Batch.Run.importing(NOW.minusSeconds(1)));
    Batch over =
        insertBatch(
            "3",
            Batch.Run.importing(NOW)
                .with(BatchWalkState.NONE, NOW)
                .finished(BatchState.COMPLETED, NOW));

    BatchRows rows = reading().batches();
    assertThat(rows.list(TENANT, ALL, ListOrder.NEWEST_FIRST, 0, 9))
        .containsExactly(over, second, first);
    assertThat(rows.list(TENANT, ALL, ListOrder.NEWEST_FIRST, 1, 1)).containsExactly(second);
    assertThat(rows.list(TENANT, EnumSet.of(BatchState.COMPLETED), ListOrder.NEWEST_FIRST, 0, 9))
        .containsExactly(over);
    assertThat(rows.list(TENANT, ALL, new ListOrder(ListOrder.By.CREATED, true), 0, 9))
        .containsExactly(first, second, over);
    // Alike in their names: in the order of making, or against it.
    assertThat(rows.list(TENANT, ALL, new ListOrder(ListOrder.By.NAME, true), 0, 2))
        .containsExactly(first, second);
    assertThat(rows.list(TENANT, ALL, new ListOrder(ListOrder.By.NAME, false), 0, 2))
        .containsExactly(over, second);
    assertThat(rows.count(TENANT, EnumSet.of(BatchState.IMPORTING))).isEqualTo(2);
    assertThat(rows.count(OTHER_TENANT, ALL)).isZero();
    assertThat(rows.busy(9)).containsExactly(second, first);
    assertThat(rows.finishedBefore(NOW.plusMillis(1), 9)).containsExactly(over);
    assertThat(rows.finishedBefore(NOW, 9)).isEmpty();
  }

  @Test
  void tasks_ofABatch_areFound_andRemovedUpToANumber() {
    List<Long> seqs = insertTasks();

    assertThat(ids(reading().batches().tasks(TENANT, ID, seqs.get(0), 9)))
        .containsExactly("t2", "t3");
    assertThat(ids(reading().batches().tasks(TENANT, ID, EnumSet.of(Kind.READY), 0, 9)))
        .containsExactly("t1", "t3");
    assertThat(ids(reading().batches().tasks(TENANT, ID, EnumSet.of(Kind.READY), 1, 9)))
        .containsExactly("t3");
    assertThat(ids(reading().batches().ready(TENANT, ID, 9))).containsExactly("t3", "t1");

    run(tx -> tx.batches().removeTasks(TENANT, ID, seqs.get(1)));

    assertThat(ids(reading().batches().tasks(TENANT, ID, 0, 9))).containsExactly("t3");
    assertThat(reading().tasks().find(seqs.get(3))).isPresent();
  }

  /** Three of the batch, and one of none. */
  private List<Long> insertTasks() {
    return insertAll(
            task("t1", ofBatch(9), ready()),
            task("t2", ofBatch(1), held(0)),
            task("t3", ofBatch(2), ready()),
            task("other", terms(QUEUE, 1), ready()))
        .stream()
        .map(row -> row.seq())
        .toList();
  }

  private static Terms ofBatch(long rank) {
    var plain = behindGate(ID.gate(), rank);
    return new Terms(
        plain.queue(),
        plain.priority(),
        plain.rank(),
        plain.submittedAt(),
        plain.deadline(),
        plain.retry(),
        plain.gate(),
        plain.dedupeKey(),
        plain.model(),
        Optional.of(ID));
  }

  @Test
  void batches_areCountedByState() {
    assertThat(reading().batches().countByState().values()).allMatch(count -> count == 0);
    insertBatch("a", Batch.Run.importing(NOW));
    insertBatch("b", Batch.Run.importing(NOW).started(NOW));
    insertBatch("c", Batch.Run.importing(NOW).started(NOW));

    assertThat(reading().batches().countByState())
        .containsEntry(BatchState.IMPORTING, 1L)
        .containsEntry(BatchState.RUNNING, 2L);
    assertThat(writing().batches().countByState().getOrDefault(BatchState.FAILED, 0L)).isZero();
  }
}
