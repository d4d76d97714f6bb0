package dev.baton.core.usecase.model;

import static dev.baton.core.testing.FakeModelClient.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.task.Chunk;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.testing.FakeModelClient.FakeCall;
import dev.baton.core.testing.FakeModelClient.Hangs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the executor takes, how it holds it, and how it lets go. */
final class ExecutorTest extends ExecutorFixture {

  @Test
  void runOnce_answersWhatIsReady_andNamesTheModel() {
    TaskId plain = submit("hello");
    TaskId named = submit(task("bonjour").model(A));

    executor.runOnce();

    assertThat(find(plain).completion().orElseThrow().content()).isEqualTo("hello");
    assertThat(find(named).completion().orElseThrow().modelAnswer().orElseThrow().model())
        .isEqualTo(A);
    assertThat(executor.inHand()).isZero();
  }

  @Test
  void runOnce_leavesOtherQueuesAndPausedOnesAlone() {
    TaskId other = submit(task("p").queue(new QueueName("integration")));
    Baton.await(baton.queues().pause(TENANT, QueueName.DEFAULT));
    TaskId paused = submit("q");

    pass(Duration.ofSeconds(5));
    assertThat(state(other)).isEqualTo(Kind.READY);
    assertThat(state(paused)).isEqualTo(Kind.READY);
    Baton.await(baton.queues().resume(TENANT, QueueName.DEFAULT));
    executor.runOnce();

    assertThat(state(other)).isEqualTo(Kind.READY);
    assertThat(state(paused)).isEqualTo(Kind.SUCCEEDED);
  }

  @Test
  void runOnce_taskOfAModelThatIsNotOffered_isLeftToOthers() {
    open(model("a", 4));
    TaskId other = submit(task("p").model(B));
    TaskId own = submit(task("p").model(A));

    pass(Duration.ofSeconds(5));

    assertThat(state(own)).isEqualTo(Kind.SUCCEEDED);
    assertThat(state(other)).isEqualTo(Kind.READY);
    assertThat(baton.lease(new WorkerId("w"), Duration.ofSeconds(9))).isPresent();
  }

  @Test
  void concurrency_isBoundedInAll_andAFreePlaceIsTakenAtOnce() {
    open(ExecutorSettings.DEFAULT.withConcurrency(3));
    client.otherwise(new Hangs());
    submitMany(10, A);

    executor.runOnce();
    assertThat(client.open()).hasSize(3);
    client.open().get(0).answer("done");
    client.open().get(0).answer("done");
    executor.runOnce();

    assertThat(client.open()).hasSize(3);
    assertThat(client.calls()).hasSize(5);
    assertThat(client.mostAtOnce()).isEqualTo(3);
  }

  @Test
  void concurrency_isBoundedForEachModel_andTheOthersGoOn() {
    open(ExecutorSettings.DEFAULT.withConcurrency(8), model("a", 2), model("b", 100));
    client.otherwise(new Hangs());
    submitMany(20, A);
    submitMany(20, B);

    executor.runOnce();

    assertThat(asked().stream().filter("a"::equals)).hasSize(2);
    assertThat(asked().stream().filter("b"::equals)).hasSize(6);
    client.open().stream().filter(c -> c.request().model().equals(A)).forEach(c -> c.answer("x"));
    executor.runOnce();
    assertThat(asked().stream().filter("a"::equals).count()).isLessThanOrEqualTo(4);
    assertThat(client.open()).hasSize(8);
    assertThat(client.mostAtOnce()).isEqualTo(8);
  }

  @Test
  void calls_areCountedByModel_whileTheyAreUnderWay() {
    open(ExecutorSettings.DEFAULT, model("a", 2), model("b", 100));
    client.otherwise(new Hangs());
    submitMany(5, A);
    submitMany(1, B);
    assertThat(executor.calls()).isEmpty();

    executor.runOnce();
    assertThat(executor.calls()).isEqualTo(Map.of(A, 2, B, 1));
    client.open().get(2).answer("x");
    executor.runOnce();
    assertThat(executor.calls()).isEqualTo(Map.of(A, 2));
    while (!client.open().isEmpty()) {
      client.open().get(0).answer("x");
      executor.runOnce();
    }

    assertThat(executor.calls()).isEmpty();
  }

  @Test
  void concurrency_isBoundedForEachTenant_andNobodyStarves() {
    TenantId other = new TenantId("other");
    open(ExecutorSettings.DEFAULT.withConcurrency(6).withPerTenant(4));
    client.otherwise(new Hangs());
    submitMany(20, A);
    for (int i = 0; i < 5; i++) {
      Baton.await(baton.submissions().submit(other, NewTask.of("other")));
    }

    executor.runOnce();

    assertThat(client.open()).hasSize(6);
    assertThat(client.open().stream().filter(c -> c.request().prompt().text().equals("other")))
        .hasSizeBetween(2, 4);
  }

  @Test
  void lease_isExtendedWhileTheCallRuns() {
    client.otherwise(new Hangs());
    TaskId id = submit("slow");
    executor.runOnce();

    for (int i = 0; i < 20; i++) {
      pass(Duration.ofSeconds(10));
    }
    assertThat(state(id)).isEqualTo(Kind.LEASED);
    client.open().get(0).answer("at last");
    executor.runOnce();

    assertThat(find(id).completion().orElseThrow().content()).isEqualTo("at last");
    assertThat(attempts(id)).isEqualTo(1);
    assertThat(client.calls()).hasSize(1);
  }

  @Test
  void cancel_abortsTheCallAtOnce() {
    client.otherwise(new Hangs());
    TaskId id = submit("slow");
    executor.runOnce();

    Baton.await(baton.control().cancel(TENANT, id));
    executor.runOnce();

    assertThat(client.calls().get(0).isAborted()).isTrue();
    assertThat(executor.inHand()).isZero();
    assertThat(state(id)).isEqualTo(Kind.CANCELLED);
  }

  @Test
  void deadline_passed_abortsTheCall() {
    client.otherwise(new Hangs());
    TaskId id = submit(task("slow").deadline(clock.instant().plusSeconds(15)));
    executor.runOnce();

    pass(Duration.ofSeconds(15));

    assertThat(client.calls().get(0).isAborted()).isTrue();
    assertThat(executor.inHand()).isZero();
    assertThat(state(id)).isEqualTo(Kind.DEAD);
  }

  @Test
  void lease_lostWhileTheCallRan_changesNothing_andTheNewHolderIsLeftAlone() {
    client.otherwise(new Hangs());
    TaskId id = submit("slow");
    executor.runOnce();
    // The executor slept through its lease, and an outside worker was quicker.
    clock.advance(Duration.ofSeconds(61));
    Baton.await(baton.upkeep().sweep());
    assertThat(baton.lease(new WorkerId("w"), Duration.ofSeconds(60))).isPresent();

    client.open().get(0).answer("too late");
    executor.runOnce();

    assertThat(state(id)).isEqualTo(Kind.LEASED);
    assertThat(executor.inHand()).isZero();
  }

  @Test
  void lease_lostAndTakenAgain_dropsTheOlderCall() {
    client.otherwise(new Hangs());
    TaskId id = submit("slow");
    executor.runOnce();
    FakeCall first = client.open().get(0);

    pass(Duration.ofSeconds(61));

    assertThat(first.isAborted()).isTrue();
    assertThat(client.open()).hasSize(1);
    client.open().get(0).answer("second");
    executor.runOnce();
    assertThat(find(id).completion().orElseThrow().content()).isEqualTo("second");
    assertThat(attempts(id)).isEqualTo(2);
  }

  @Test
  void stream_piecesAreStoredInGroups_allBeforeTheEnd() {
    client.otherwise(new Hangs());
    TaskId id = Baton.await(baton.submissions().submit(TENANT, streamed("p"))).id();
    executor.runOnce();
    FakeCall call = client.open().get(0);

    call.tell("one ");
    call.tell("two ");
    executor.runOnce();
    assertThat(chunks(id)).containsExactly("one two ");
    call.tell("three ");
    executor.runOnce();
    assertThat(chunks(id)).hasSize(1);
    pass(Duration.ofMillis(60));
    assertThat(chunks(id)).containsExactly("one two ", "three ");
    call.tell("four");
    call.answer("one two three four");
    executor.runOnce();

    assertThat(chunks(id)).containsExactly("one two ", "three ", "four");
    assertThat(find(id).completion().orElseThrow().content()).isEqualTo("one two three four");
  }

  @Test
  void stream_pairThatIsCutInTwo_isStoredWhole() {
    client.otherwise(new Hangs());
    TaskId id = Baton.await(baton.submissions().submit(TENANT, streamed("p"))).id();
    executor.runOnce();
    FakeCall call = client.open().get(0);

    call.tell("a\uD83D");
    executor.runOnce();
    call.tell("\uDE00b");
    pass(Duration.ofMillis(60));

    assertThat(chunks(id)).containsExactly("a", "\uD83D\uDE00b");
  }

  private List<String> chunks(TaskId id) {
    long seq = find(id).row().seq();
    return Baton.await(store.read(tx -> tx.answers().chunks(seq, 0, 0, 100))).stream()
        .map(Chunk::text)
        .toList();
  }

  @Test
  void drain_takesNothingNew_letsCallsFinish() throws InterruptedException {
    client.otherwise(new Hangs());
    TaskId running = submit("slow");
    executor.runOnce();

    executor.beginDrain();
    executor.runOnce();
    TaskId late = submit("late");
    client.open().get(0).answer("done");
    executor.runOnce();

    assertThat(executor.drain(Duration.ZERO)).isTrue();
    assertThat(state(running)).isEqualTo(Kind.SUCCEEDED);
    assertThat(state(late)).isEqualTo(Kind.READY);
  }

  @Test
  void close_givesBackUncounted_andAbortsTheCalls() {
    client.otherwise(new Hangs());
    baton.start();
    TaskId id = submit("slow");
    await().until(() -> client.open().size() == 1);

    executor.close();

    assertThat(client.calls().get(0).isAborted()).isTrue();
    assertThat(state(id)).isEqualTo(Kind.READY);
    assertThat(attempts(id)).isZero();
  }

  @Test
  void start_worksByItself() {
    open(ExecutorSettings.DEFAULT.withConcurrency(50));
    baton.start();
    List<NewTask> many = IntStream.range(0, 500).mapToObj(i -> NewTask.of("p" + i)).toList();

    Baton.await(baton.submissions().submit(TENANT, many));

    await().until(() -> baton.insight().counters().answered() == 500);
    assertThat(client.calls()).hasSize(500);
    assertThat(client.mostAtOnce()).isLessThanOrEqualTo(50);
  }
}
