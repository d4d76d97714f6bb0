package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.task.Chunk;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.Store.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All or nothing, one after the other, and what readers see. */
public abstract class TransactionContract extends TransactionFixture {

  @ParameterizedTest
  @MethodSource("changes")
  void work_thatThrowsAfterAChange_leavesNoTrace(Change change) {
    TaskRow row = filled();
    List<Object> before = everything(row);

    CompletableFuture<Object> outcome =
        store()
            .write(
                Urgency.CARRY,
                tx -> {
                  change.changing().to(tx, row);
                  throw new BatonException(ErrorCode.INVALID_STATE, "on second thoughts");
                });

    assertThat(failure(outcome))
        .isInstanceOfSatisfying(
            BatonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_STATE));
    assertThat(everything(row)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void read_thatWrites_failsAndLeavesNoTrace(Change change) {
    TaskRow row = filled();
    List<Object> before = everything(row);

    CompletableFuture<Boolean> outcome =
        store()
            .read(
                tx -> {
                  change.changing().to(tx, row);
                  return true;
                });

    assertThat(failure(outcome)).isInstanceOf(IllegalStateException.class);
    assertThat(everything(row)).isEqualTo(before);
  }

  @Test
  void work_readsWhatItWrote() {
    TaskRow row = insert(readyTask("t"));

    run(
        tx -> {
          TaskRow moved = row.with(row.leaseState().leased(WORKER, NOW_MILLIS + 9, NOW_MILLIS));
          tx.tasks().update(List.of(moved));
          tx.answers().addChunks(row.seq(), List.of(new Chunk(1, 1, "c")));
          tx.queues().setPaused(TENANT, QUEUE, true);
          tx.log(event(moved));
          assertThat(tx.tasks().find(row.seq())).contains(moved);
          assertThat(tx.tasks().nextReady(TENANT, List.of(QUEUE), ModelFilter.ANY, 1)).isEmpty();
          assertThat(tx.answers().lastChunk(row.seq(), 1)).isEqualTo(1);
          assertThat(tx.queues().paused(TENANT)).containsExactly(QUEUE);
          assertThat(tx.events().last()).isEqualTo(1);
          assertThat(tx.events().after(0, 9)).extracting("event").containsExactly(event(moved));
        });
  }

  @Test
  void work_thatFindsNothing_mayAnswerWithEmpty() {
    assertThat(writing().tasks().find(77)).isEmpty();
    assertThat(reading().tasks().find(77)).isEmpty();
  }

  @Test
  void works_handedOverTogetherOfWhichSomeThrow_onlyTheOthersLeaveATrace() {
    List<CompletableFuture<TaskRow>> outcomes = new ArrayList<>();

    whileBusy(
        () -> {
          for (int i = 0; i < 40; i++) {
            String id = "t" + i;
            boolean fails = i % 3 == 1;
            outcomes.add(
                store()
                    .write(
                        Urgency.SUBMIT,
                        tx -> {
                          TaskRow row = tx.tasks().insert(List.of(readyTask(id))).get(0);
                          tx.log(event(row));
                          if (fails) {
                            throw new BatonException(ErrorCode.INVALID_STATE, "no");
                          }
                          return row;
                        }));
          }
        });

    List<String> stored = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (i % 3 == 1) {
        assertThat(failure(outcomes.get(i))).isInstanceOf(BatonException.class);
      } else {
        stored.add(get(outcomes.get(i)).id().value());
      }
    }
    List<TaskRow> rows =
        reading().tasks().nextReady(TENANT, List.of(QUEUE), ModelFilter.ANY, 100).stream()
            .map(TaskRows.Submission::row)
            .toList();
    assertThat(ids(rows)).isEqualTo(stored);
    assertThat(reading().events().after(0, 100)).hasSize(stored.size());
  }

  @Test
  void pause_besideAWorkThatThrows_staysKnown() {
    List<CompletableFuture<Boolean>> outcomes = new ArrayList<>();

    whileBusy(
        () -> {
          outcomes.add(
              store()
                  .write(
                      Urgency.CARRY,
                      tx -> {
                        tx.queues().setPaused(TENANT, QUEUE, true);
                        return true;
                      }));
          outcomes.add(
              store()
                  .write(
                      Urgency.CARRY,
                      tx -> {
                        tx.queues().setPaused(TENANT, OTHER_QUEUE, true);
                        throw new BatonException(ErrorCode.INVALID_STATE, "no");
                      }));
        });

    assertThat(get(outcomes.get(0))).isTrue();
    assertThat(failure(outcomes.get(1))).isInstanceOf(BatonException.class);
    assertThat(writing().queues().paused(TENANT)).containsExactly(QUEUE);
    assertThat(reading().queues().paused(TENANT)).containsExactly(QUEUE);
  }

  @Test
  void read_chainedToAWrite_seesIt() {
    for (int i = 0; i < 50; i++) {
      boolean pause = i % 2 == 0;
      String id = "t" + i;
      CompletableFuture<Boolean> seen =
          store()
              .write(
                  Urgency.CARRY,
                  tx -> {
                    tx.queues().setPaused(TENANT, QUEUE, pause);
                    return tx.tasks().insert(List.of(readyTask(id))).get(0).seq();
                  })
              .thenCompose(
                  seq ->
                      store()
                          .read(
                              tx ->
                                  tx.tasks().find(seq).isPresent()
                                      && tx.queues().paused(TENANT).isEmpty() != pause));

      assertThat(get(seen)).as("round %s", i).isTrue();
    }
  }

  @Test
  void write_chainedToAWrite_runs() {
    CompletableFuture<TaskRow> second =
        store()
            .write(Urgency.SUBMIT, tx -> tx.tasks().insert(List.of(readyTask("a"))))
            .thenCompose(
                rows ->
                    store()
                        .write(
                            Urgency.SUBMIT,
                            tx -> tx.tasks().insert(List.of(readyTask("b"))).get(0)));

    assertThat(get(second).id()).isEqualTo(new TaskId("b"));
  }

  @Test
  void read_whileWritesGoOn_seesOneSnapshot() {
    TaskRow one = insert(readyTask("one"));
    TaskRow two = insert(readyTask("two"));
    List<CompletableFuture<Boolean>> reads = new ArrayList<>();
    List<CompletableFuture<Boolean>> writes = new ArrayList<>();

    for (int i = 1; i <= 200; i++) {
      long until = NOW_MILLIS + i;
      writes.add(
          store()
              .write(
                  Urgency.CARRY,
                  tx -> {
                    for (TaskRow row : List.of(one, two)) {
                      TaskRow moved = row.with(ready().leased(WORKER, until, NOW_MILLIS));
                      tx.tasks().update(List.of(moved));
                    }
                    return true;
                  }));
      reads.add(
          store()
              .read(
                  tx ->
                      tx.tasks().find(one.seq()).orElseThrow().leaseState().leaseUntil()
                          == tx.tasks().find(two.seq()).orElseThrow().leaseState().leaseUntil()));
    }

    assertThat(writes).allSatisfy(write -> assertThat(get(write)).isTrue());
    assertThat(reads).allSatisfy(read -> assertThat(get(read)).isTrue());
  }

  /** Hands works over while another one runs, so that a store that groups works groups these. */
  private void whileBusy(Runnable handOver) {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<Boolean> first =
        CompletableFuture.supplyAsync(
            () ->
                get(
                    store()
                        .write(
                            Urgency.CARRY,
                            tx -> {
                              busy.countDown();
                              awaitLatch(release);
                              return true;
                            })));
    awaitLatch(busy);
    Thread other = new Thread(handOver, "hands-over");
    other.start();
    // Until it has handed over all, or waits for the running work to end.
    while (other.getState() == Thread.State.NEW || other.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
    release.countDown();
    join(other);
    assertThat(get(first)).isTrue();
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
