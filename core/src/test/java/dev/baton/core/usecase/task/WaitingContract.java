package dev.baton.core.usecase.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Waiting for work. */
public abstract class WaitingContract extends LifecycleFixture {
  private static final Duration WAIT = Duration.ofSeconds(30);

  private CompletableFuture<List<LeasedTask>> waitFor(int max) {
    return baton.leasing().leaseWhenReady(ask(max), WAIT);
  }

  /** So many callers that are in line. */
  private List<CompletableFuture<List<LeasedTask>>> line(int length) {
    List<CompletableFuture<List<LeasedTask>>> line = new ArrayList<>();
    for (int i = 1; i <= length; i++) {
      line.add(waitFor(1));
      int waiting = i;
      await().until(() -> baton.leasing().waiting() == waiting);
    }
    return line;
  }

  private static List<LeasedTask> served(CompletableFuture<List<LeasedTask>> waiting) {
    assertThat(waiting).succeedsWithin(20, TimeUnit.SECONDS);
    return waiting.join();
  }

  @Test
  void wait_whenSomethingIsReady_isServedAtOnce() {
    TaskId id = submitId(task("p"));

    assertThat(served(waitFor(1))).extracting(LeasedTask::id).containsExactly(id);
    assertThat(baton.leasing().waiting()).isZero();
  }

  @Test
  void wait_ofZero_doesNotWait() {
    assertThat(Baton.await(baton.leasing().leaseWhenReady(ask(1), Duration.ZERO))).isEmpty();
    assertThat(baton.leasing().waiting()).isZero();
  }

  @Test
  void wait_endsWithASubmit() {
    List<CompletableFuture<List<LeasedTask>>> line = line(1);

    TaskId id = submitId(task("p"));

    assertThat(served(line.get(0))).extracting(LeasedTask::id).containsExactly(id);
  }

  @Test
  void wait_ofMany_servesExactlyAsManyAsThereAreTasks_longestFirst() {
    List<CompletableFuture<List<LeasedTask>>> line = line(5);

    submitId(task("a"));
    submitId(task("b"));

    assertThat(served(line.get(0))).hasSize(1);
    assertThat(served(line.get(1))).hasSize(1);
    assertThat(baton.leasing().waiting()).isEqualTo(3);
    assertThat(line.subList(2, 5)).noneMatch(CompletableFuture::isDone);
    submitId(task("c"));
    assertThat(served(line.get(2))).hasSize(1);
  }

  @Test
  void wait_forAnotherQueue_isNotServed() {
    List<CompletableFuture<List<LeasedTask>>> line = line(1);

    submitId(task("p").queue(OTHER_QUEUE));
    Baton.await(baton.submissions().submit(OTHER_TENANT, task("p").build()));
    submitId(task("mine"));

    assertThat(served(line.get(0)))
        .extracting(task -> task.prompt().text())
        .containsExactly("mine");
  }

  @Test
  void wait_givenUp_handsTheTaskToTheNext() {
    List<CompletableFuture<List<LeasedTask>>> line = line(2);

    line.get(0).cancel(false);
    assertThat(baton.leasing().waiting()).isEqualTo(1);
    TaskId id = submitId(task("p"));

    assertThat(served(line.get(1))).extracting(LeasedTask::id).containsExactly(id);
  }

  @Test
  void wait_endsAtItsTime() {
    List<CompletableFuture<List<LeasedTask>>> line = line(1);

    clock.advance(WAIT.minus(TICK));
    baton.leasing().endOverdueWaits();
    assertThat(line.get(0)).isNotDone();
    clock.advance(TICK);
    baton.leasing().endOverdueWaits();

    assertThat(served(line.get(0))).isEmpty();
    assertThat(baton.leasing().waiting()).isZero();
  }

  @Test
  void wait_endsWithAnExpiryAReleaseAndAStartTime() {
    submitId(task("p"));
    take(SECOND);
    submitId(task("later").startAt(clock.instant().plus(LEASE)));
    List<CompletableFuture<List<LeasedTask>>> line = line(3);

    pass(LEASE);
    List<LeasedTask> expired = served(line.get(0));
    assertThat(served(line.get(1))).hasSize(1);
    release(expired.get(0), Duration.ZERO);

    assertThat(served(line.get(2))).extracting(LeasedTask::id).containsExactly(expired.get(0).id());
  }

  @Test
  void wait_onAPausedQueue_endsWithItsResumption() {
    Baton.await(baton.queues().pause(TENANT, QUEUE));
    List<CompletableFuture<List<LeasedTask>>> line = line(2);
    submitId(task("a"));
    submitId(task("b"));
    await().until(() -> baton.leasing().waiting() == 2);

    Baton.await(baton.queues().resume(TENANT, QUEUE));

    assertThat(served(line.get(0))).hasSize(1);
    assertThat(served(line.get(1))).hasSize(1);
  }

  @Test
  void stop_endsAllWaitsAndGrantsNothingMore() {
    List<CompletableFuture<List<LeasedTask>>> line = line(3);

    baton.leasing().stop();

    for (CompletableFuture<List<LeasedTask>> waiting : line) {
      assertThat(served(waiting)).isEmpty();
    }
    submitId(task("p"));
    assertRefusal(ErrorCode.SHUTTING_DOWN, () -> lease(FIRST));
    assertRefused(ErrorCode.SHUTTING_DOWN, waitFor(1));
  }

  @Test
  void waits_ofManyAndAsManyTasks_areAllServedOnce() {
    int many = 200;
    List<CompletableFuture<List<LeasedTask>>> waits = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      waits.add(waitFor(1));
    }
    for (int i = 0; i < many; i++) {
      submitId(task("p" + i));
    }

    assertThat(waits)
        .allSatisfy(waiting -> assertThat(served(waiting)).hasSize(1))
        .extracting(waiting -> served(waiting).get(0).id())
        .doesNotHaveDuplicates();
  }

  @Test
  void counters_tellWhatWasCommitted() {
    for (int i = 0; i < 4; i++) {
      submitId(task("p" + i));
    }
    List<LeasedTask> taken = Baton.await(baton.leasing().lease(ask(4)));
    complete(taken.get(0), "a");
    complete(taken.get(0), "a");
    failNow(taken.get(1));
    failNow(taken.get(1));
    release(taken.get(2), Duration.ZERO);
    pass(LEASE);

    assertThat(baton.insight().counters()).isEqualTo(new Counters.Snapshot(4, 4, 1, 1, 1));
  }

  @Test
  void events_areTheWholeStoryInOrder() {
    TaskId id = submitId(task("p").retry(retried(2).retry().orElseThrow()));
    failNow(take(FIRST));
    LeasedTask second = take(SECOND);
    pass(LEASE);
    Baton.await(baton.control().redrive(TENANT, id));
    release(take(FIRST), Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));
    complete(take(SECOND), "at last");

    assertThat(events(id))
        .containsExactly(
            TaskEvent.Kind.SUBMITTED,
            TaskEvent.Kind.LEASED,
            TaskEvent.Kind.FAILED,
            TaskEvent.Kind.LEASED,
            TaskEvent.Kind.EXPIRED,
            TaskEvent.Kind.DIED,
            TaskEvent.Kind.REDRIVEN,
            TaskEvent.Kind.LEASED,
            TaskEvent.Kind.RELEASED,
            TaskEvent.Kind.READIED,
            TaskEvent.Kind.LEASED,
            TaskEvent.Kind.SUCCEEDED);
    assertThat(second.attempt()).isEqualTo(2);
  }

  @Test
  void settle_sameTokenInTwoCallsAtOnce_isDoneOnce() {
    submitId(task("p"));
    LeasedTask taken = take(FIRST);
    List<CompletableFuture<?>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Settlement release = new Settlement.Release(taken.leaseId(), Duration.ZERO);
      calls.add(baton.settling().settle(TENANT, release));
    }

    assertThat(calls).allSatisfy(call -> assertThat(call).succeedsWithin(20, TimeUnit.SECONDS));

    assertThat(events(taken.id())).containsOnlyOnce(TaskEvent.Kind.RELEASED);
  }
}
