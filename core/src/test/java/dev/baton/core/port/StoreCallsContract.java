package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Multiset;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.Store.Line;
import dev.baton.core.port.Store.Touches;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.TaskRows.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Listeners, many threads at once, and the end of a store. */
public abstract class StoreCallsContract extends StoreFixture {
  private static final int THREADS = 64;

  @Test
  void readyListener_isToldAfterTheCommit() throws Exception {
    BlockingQueue<Multiset<Line>> told = new LinkedBlockingQueue<>();
    BlockingQueue<CompletableFuture<Integer>> seen = new LinkedBlockingQueue<>();
    store()
        .addReadyListener(
            lines -> {
              seen.add(
                  store()
                      .read(
                          tx ->
                              tx.tasks()
                                  .nextReady(TENANT, List.of(QUEUE), ModelFilter.ANY, 9)
                                  .size()));
              told.add(ImmutableMultiset.copyOf(lines));
            });

    run(
        tx -> {
          tx.tasks().insert(List.of(readyTask("a"), readyTask("b")));
          tx.readied(TENANT, QUEUE, 1);
          tx.readied(TENANT, QUEUE, 1);
          tx.readied(OTHER_TENANT, OTHER_QUEUE, 3);
        });

    assertThat(told.poll(20, TimeUnit.SECONDS))
        .isEqualTo(
            ImmutableMultiset.builder()
                .addCopies(new Line(TENANT, QUEUE), 2)
                .addCopies(new Line(OTHER_TENANT, OTHER_QUEUE), 3)
                .build());
    assertThat(get(polled(seen.poll(20, TimeUnit.SECONDS)))).isEqualTo(2);
  }

  private static <T> T polled(@Nullable T value) {
    assertThat(value).isNotNull();
    return java.util.Objects.requireNonNull(value);
  }

  @Test
  void eventListener_isToldWhatWasLogged_inOrderAndAfterTheCommit() throws Exception {
    TaskRow row = insert(readyTask("t"));
    BlockingQueue<List<LoggedEvent>> told = new LinkedBlockingQueue<>();
    store().addEventListener(told::add);
    TaskEvent first = new TaskEvent(TENANT, row.id(), TaskEvent.Kind.LEASED, 1, NOW);
    TaskEvent second = new TaskEvent(TENANT, row.id(), TaskEvent.Kind.SUCCEEDED, 1, NOW);

    Throwable lost =
        failure(
            store()
                .write(
                    Urgency.CARRY,
                    tx -> {
                      tx.log(second);
                      throw new BatonException(ErrorCode.INVALID_STATE, "no");
                    }));
    run(
        tx -> {
          tx.log(first);
          tx.log(second);
        });
    run(tx -> tx.readied(TENANT, QUEUE, 1));

    assertThat(lost).isInstanceOf(BatonException.class);
    List<LoggedEvent> heard = polled(told.poll(20, TimeUnit.SECONDS));
    assertThat(heard).extracting(LoggedEvent::event).containsExactly(first, second);
    assertThat(reading().events().after(heard.get(0).number() - 1, 9)).isEqualTo(heard);
    assertThat(told).isEmpty();
  }

  @Test
  void readyListener_ofAWorkThatThrew_isNotTold() throws Exception {
    BlockingQueue<Multiset<Line>> told = new LinkedBlockingQueue<>();
    store().addReadyListener(lines -> told.add(ImmutableMultiset.copyOf(lines)));

    CompletableFuture<Boolean> failed =
        store()
            .write(
                Urgency.CARRY,
                tx -> {
                  tx.tasks().insert(List.of(readyTask("a")));
                  tx.readied(TENANT, QUEUE, 1);
                  throw new BatonException(ErrorCode.INVALID_STATE, "no");
                });
    assertThat(failure(failed)).isInstanceOf(BatonException.class);
    run(tx -> tx.readied(TENANT, OTHER_QUEUE, 1));

    assertThat(told.poll(20, TimeUnit.SECONDS))
        .isEqualTo(ImmutableMultiset.of(new Line(TENANT, OTHER_QUEUE)));
  }

  @Test
  void lease_byManyThreadsAtOnce_neverHandsOutATaskTwice() throws Exception {
    int tasks = 500;
    List<Submission> submissions = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      submissions.add(readyTask("t" + i));
    }
    run(tx -> tx.tasks().insert(submissions));
    ConcurrentLinkedQueue<Long> taken = new ConcurrentLinkedQueue<>();

    inThreads(
        () -> {
          for (List<Long> leased = lease(); !leased.isEmpty(); leased = lease()) {
            taken.addAll(leased);
          }
          return true;
        });

    assertThat(taken).hasSize(tasks).doesNotHaveDuplicates();
  }

  private List<Long> lease() {
    return write(
        tx -> {
          List<Long> taken = new ArrayList<>();
          for (Submission next : tx.tasks().nextReady(TENANT, List.of(QUEUE), ModelFilter.ANY, 2)) {
            TaskRow row = next.row();
            WorkerId worker = new WorkerId("w");
            tx.tasks()
                .update(
                    List.of(row.with(row.leaseState().leased(worker, NOW_MILLIS + 9, NOW_MILLIS))));
            taken.add(row.seq());
          }
          return taken;
        });
  }

  @Test
  void write_byManyThreadsAtOnce_losesNoUpdate() throws Exception {
    TaskRow row = insert(task("t", terms(QUEUE, 1), leased(NOW.plusMillis(1))));

    inThreads(
        () -> {
          for (int i = 0; i < 5; i++) {
            run(
                tx -> {
                  TaskRow now = tx.tasks().find(row.seq()).orElseThrow();
                  long until = now.leaseState().leaseUntil() + 1;
                  tx.tasks()
                      .update(List.of(now.with(now.leaseState().extended(until, NOW_MILLIS))));
                });
          }
          return true;
        });

    assertThat(row(row.seq()).leaseState().leaseUntil()).isEqualTo(NOW_MILLIS + 1 + THREADS * 5L);
  }

  private static void inThreads(Callable<Boolean> job) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Boolean>> jobs = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        jobs.add(job);
      }
      for (var done : pool.invokeAll(jobs, 60, TimeUnit.SECONDS)) {
        assertThat(done.get()).isTrue();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void write_thatNamesWhatItTouches_doesAsAnyOther() {
    TaskRow row = insert(readyTask("t"));
    Touches touches =
        new Touches(
            List.of(
                new Touches.TaskRef(TENANT, row.id()),
                new Touches.TaskRef(OTHER_TENANT, row.id())));

    Map<TaskId, TaskRow> found =
        get(
            store()
                .write(
                    Urgency.CARRY,
                    touches,
                    tx -> tx.tasks().find(TENANT, List.of(row.id(), new TaskId("unnamed")))));

    assertThat(found).isEqualTo(Map.of(row.id(), row));
  }

  @Test
  void close_twice_isHarmless() {
    insert(readyTask("t"));

    store().close();
    store().close();
  }

  @Test
  void close_finishesWhatWasHandedOver() {
    List<CompletableFuture<List<TaskRow>>> writes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String id = "t" + i;
      writes.add(store().write(Urgency.CARRY, tx -> tx.tasks().insert(List.of(readyTask(id)))));
    }

    store().close();

    assertThat(writes).allSatisfy(write -> assertThat(get(write)).hasSize(1));
  }

  @Test
  void close_thenCalls_areRefused() {
    store().close();

    for (CompletableFuture<Boolean> refused :
        List.of(
            store().write(Urgency.SUBMIT, tx -> true),
            store().write(Urgency.CARRY, tx -> true),
            store().read(tx -> true))) {
      assertThat(failure(refused))
          .isInstanceOfSatisfying(
              BatonException.class,
              e -> assertThat(e.code()).isIn(ErrorCode.STORE_UNAVAILABLE, ErrorCode.SHUTTING_DOWN));
    }
  }
}
