package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.DedupeKey;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.FencingToken;
import dev.baton.core.domain.task.LeaseId;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.QueueName;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.TaskId;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.domain.task.WorkerId;
import dev.baton.core.port.TaskRows.Filter;
import dev.baton.core.port.WorkServer.Ask;
import dev.baton.core.port.WorkServer.Edit;
import dev.baton.core.port.WorkServer.Granted;
import dev.baton.core.port.WorkServer.Receipt;
import dev.baton.core.port.WorkServer.Summary;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link WorkServer} must do. Extend it once per implementation and add nothing. */
public abstract class WorkServerContract {
  private static final QueueName QUEUE = QueueName.DEFAULT;
  private static final WorkerId WORKER = new WorkerId("w1");
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final LeaseId NO_LEASE = new LeaseId(new TaskId("none"), new FencingToken(1));

  private WorkServer server;

  /** A client of a new, empty Baton with the default settings; the contract closes it. */
  protected abstract WorkServer createServer() throws Exception;

  @BeforeEach
  void open() throws Exception {
    server = createServer();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void put_withNothingButAPrompt_makesATaskThatWaits() {
    Receipt receipt = put(NewTask.of("hello"));

    TaskView task = find(receipt.id());
    assertThat(receipt.replayed()).isFalse();
    assertThat(task.prompt()).isEqualTo(Prompt.of("hello"));
    assertThat(task.answer().state()).isEqualTo(TaskState.Kind.READY);
    assertThat(task.terms().queue()).isEqualTo(QUEUE);
    assertThat(task.terms().maxAttempts()).contains(RetryPolicy.DEFAULT.maxAttempts());
    assertThat(task.terms().dedupeKey()).isEmpty();
    assertThat(task.waiting().orElseThrow().reason()).isEqualTo("in_line");
    assertThat(task.waiting().orElseThrow().ahead()).contains(0);
  }

  @Test
  void put_withEverything_keepsEverything() {
    Instant startAt = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusSeconds(3600);
    Metadata metadata = new Metadata("{\"b\": 1.50, \"a\":[\"é\", null]}");
    NewTask task =
        NewTask.builder(new Prompt("Grüße, 世界 \uD83D\uDE00\n\t\"'", metadata))
            .id(new TaskId("mine:1"))
            .queue(new QueueName("gpu"))
            .priority(Priority.HIGH)
            .startAt(startAt)
            .deadline(startAt.plusSeconds(60))
            .retry(RetryPolicy.FOREVER)
            .dedupeKey(DedupeKey.of("a key"))
            .build();

    assertThat(put(task)).isEqualTo(new Receipt(new TaskId("mine:1"), false));

    TaskView stored = find(new TaskId("mine:1"));
    assertThat(stored.prompt()).isEqualTo(task.prompt());
    assertThat(stored.terms().queue()).isEqualTo(task.queue());
    assertThat(stored.terms().priority()).isEqualTo(Priority.HIGH);
    assertThat(stored.terms().deadline()).isEqualTo(task.deadline());
    assertThat(stored.terms().maxAttempts()).isEmpty();
    assertThat(stored.terms().dedupeKey()).contains("a key");
    assertThat(stored.run().startAt()).contains(startAt);
    assertThat(stored.answer().state()).isEqualTo(TaskState.Kind.HELD);
    assertThat(stored.waiting().orElseThrow().until()).contains(startAt);
  }

  @Test
  void put_sameIdAgain_isTheSameTask() {
    NewTask task = NewTask.builder(Prompt.of("hello")).id(new TaskId("t1")).build();
    put(task);

    assertThat(put(task)).isEqualTo(new Receipt(new TaskId("t1"), true));
  }

  @Test
  void put_sameIdWithOtherContent_isRefusedAndNothingOfTheListIsStored() {
    put(NewTask.builder(Prompt.of("hello")).id(new TaskId("t1")).build());
    List<NewTask> list =
        List.of(
            NewTask.builder(Prompt.of("new")).id(new TaskId("t2")).build(),
            NewTask.builder(Prompt.of("other")).id(new TaskId("t1")).build());

    assertRefused(ErrorCode.TASK_EXISTS, () -> server.put(list));
    assertThat(server.find(new TaskId("t2"))).isEmpty();
  }

  @Test
  void put_sameDedupeKey_isTheFirstTask() {
    TaskId first = put(NewTask.builder(Prompt.of("a")).dedupeKey(DedupeKey.of("k")).build()).id();

    assertThat(put(NewTask.builder(Prompt.of("b")).dedupeKey(DedupeKey.of("k")).build()))
        .isEqualTo(new Receipt(first, true));
  }

  @Test
  void put_aLongList_comesBackInOrder() {
    List<NewTask> tasks =
        IntStream.range(0, WorkServer.BATCH_MAX)
            .mapToObj(i -> NewTask.builder(Prompt.of("p" + i)).id(new TaskId("t" + i)).build())
            .toList();

    List<Receipt> receipts = server.put(tasks);

    assertThat(receipts)
        .extracting(receipt -> receipt.id().value())
        .containsExactlyElementsOf(tasks.stream().map(t -> t.id().orElseThrow().value()).toList());
  }

  @Test
  void lease_nothingReady_isAnEmptyList() {
    assertThat(server.lease(ask(1), Duration.ZERO)).isEmpty();
  }

  @Test
  void lease_severalReady_takesTheOldestAndNoMoreThanAsked() {
    put(NewTask.of("first"));
    put(NewTask.of("second"));
    put(NewTask.of("third"));

    List<Granted> granted = server.lease(ask(2), Duration.ZERO);

    assertThat(granted).extracting(g -> g.prompt().text()).containsExactly("first", "second");
    assertThat(granted).extracting(Granted::attempt).containsOnly(1);
    assertThat(granted.get(0).expiresAt())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plus(LEASE).plusSeconds(60));
    assertThat(find(granted.get(0).taskId()).run().lease().orElseThrow().holder())
        .isEqualTo(WORKER);
  }

  @Test
  void lease_keepsMetadataByteForByte() {
    Metadata metadata = new Metadata("{ \"n\" : 1e3, \"big\":123456789012345678901234567890 }");
    put(NewTask.builder(new Prompt("p", metadata)).build());

    assertThat(lease().prompt().metadata()).isEqualTo(metadata);
  }

  @Test
  void lease_ofAnotherQueue_findsNothing() {
    put(NewTask.of("hello"));
    Ask ask = new Ask(List.of(new QueueName("other")), WORKER, LEASE, 1);

    assertThat(server.lease(ask, Duration.ZERO)).isEmpty();
  }

  @Test
  void lease_waiting_getsWhatIsSubmittedMeanwhile() {
    CompletableFuture<List<Granted>> waiting =
        CompletableFuture.supplyAsync(() -> server.lease(ask(1), Duration.ofSeconds(30)));
    TaskId id = put(NewTask.of("hello")).id();

    assertThat(waiting.join()).extracting(Granted::taskId).containsExactly(id);
  }

  @Test
  void lease_waitIsOver_isAnEmptyList() {
    assertThat(server.lease(ask(1), Duration.ofSeconds(1))).isEmpty();
  }

  @Test
  void lease_interruptedWhileWaiting_isAnEmptyListAndHoldsNothing() throws Exception {
    CompletableFuture<List<Granted>> granted = new CompletableFuture<>();
    Thread waiter =
        new Thread(
            () -> {
              granted.complete(server.lease(ask(1), Duration.ofSeconds(60)));
            });
    waiter.start();
    waiter.interrupt();

    assertThat(granted.join()).isEmpty();
    waiter.join();
    assertThat(server.tally().leased()).isZero();
  }

  @Test
  void lease_longerThanTheServerAllows_isRefused() {
    Ask ask = new Ask(List.of(QUEUE), WORKER, Duration.ofDays(2), 1);

    assertRefused(ErrorCode.VALIDATION_FAILED, () -> server.lease(ask, Duration.ZERO));
  }

  @Test
  void complete_underTheLease_storesTheAnswer() {
    TaskId id = put(NewTask.of("hello")).id();
    Completion answer =
        new Completion("Bonjour 世界\n", Optional.of(new Usage(10, 5, 15)), Optional.of("trace-1"));

    assertThat(complete(Settlement.Complete.of(lease().lease(), answer)))
        .isEqualTo(new Settled(id, Settled.Kind.DONE));

    TaskView task = find(id);
    assertThat(task.answer().state()).isEqualTo(TaskState.Kind.SUCCEEDED);
    assertThat(task.answer().completion()).contains(answer);
    assertThat(task.answer().endedAt()).isPresent();
    assertThat(task.waiting()).isEmpty();
    assertThat(task.run().lease()).isEmpty();
  }

  @Test
  void complete_again_isTold() {
    put(NewTask.of("hello"));
    LeaseId lease = lease().lease();
    complete(Settlement.Complete.of(lease, Completion.of("one")));

    assertThat(complete(Settlement.Complete.of(lease, Completion.of("one"))).kind())
        .isEqualTo(Settled.Kind.REPLAYED);
    assertThat(complete(Settlement.Complete.of(lease, Completion.of("two"))).kind())
        .isEqualTo(Settled.Kind.ALTERNATIVE);
    assertThat(find(lease.taskId()).answer().completion()).contains(Completion.of("one"));
    assertThat(find(lease.taskId()).alternatives()).containsExactly(Completion.of("two"));
  }

  @Test
  void complete_aList_tellsOfEachAndRefusesNoneForAnother() {
    TaskId plain = put(NewTask.of("a")).id();
    TaskId cancelled = put(NewTask.of("b")).id();
    server.cancel(cancelled);
    Granted held = lease();

    List<Settled> settled =
        server.complete(
            List.of(
                Settlement.Complete.of(NO_LEASE, Completion.of("x")),
                new Settlement.Complete(cancelled, Optional.empty(), Completion.of("x")),
                Settlement.Complete.of(
                    new LeaseId(plain, new FencingToken(99)), Completion.of("x")),
                Settlement.Complete.of(held.lease(), Completion.of("x"))));

    assertThat(settled)
        .extracting(Settled::kind)
        .containsExactly(
            Settled.Kind.UNKNOWN,
            Settled.Kind.CANCELLED,
            Settled.Kind.LEASE_LOST,
            Settled.Kind.DONE);
  }

  @Test
  void fail_permanent_endsTheTask() {
    put(NewTask.of("hello"));
    LeaseId lease = lease().lease();

    server.fail(
        new Settlement.Fail(lease, Failure.permanent("BAD_PROMPT", "no"), Optional.empty()));

    TaskView task = find(lease.taskId());
    assertThat(task.answer().state()).isEqualTo(TaskState.Kind.DEAD);
    assertThat(task.answer().failure().orElseThrow().code()).isEqualTo("BAD_PROMPT");
    assertThat(task.answer().failure().orElseThrow().message()).isEqualTo("no");
  }

  @Test
  void fail_retryable_bringsTheTaskBackWithItsHistory() {
    put(NewTask.of("hello"));
    LeaseId lease = lease().lease();

    server.fail(
        new Settlement.Fail(lease, Failure.retryable("BUSY", "later"), Optional.of(Duration.ZERO)));

    TaskView task = find(lease.taskId());
    assertThat(task.answer().state()).isEqualTo(TaskState.Kind.READY);
    assertThat(task.history()).hasSize(1);
    TaskView.PastAttempt past = task.history().get(0);
    assertThat(past.number()).isEqualTo(1);
    assertThat(past.worker()).isEqualTo(WORKER);
    assertThat(past.outcome()).isEqualTo(Attempt.Outcome.FAILED);
    assertThat(past.failure().orElseThrow().code()).isEqualTo("BUSY");
    assertThat(lease().attempt()).isEqualTo(2);
  }

  @Test
  void fail_withALostLease_isRefused() {
    put(NewTask.of("hello"));
    LeaseId lease = lease().lease();
    complete(Settlement.Complete.of(lease, Completion.of("done")));
    Settlement.Fail fail =
        new Settlement.Fail(lease, Failure.retryable("BUSY", "later"), Optional.empty());

    assertRefused(ErrorCode.LEASE_LOST, () -> server.fail(fail));
  }

  @Test
  void release_givesTheTaskBackUncounted() {
    put(NewTask.of("hello"));
    server.release(new Settlement.Release(lease().lease(), Duration.ZERO));

    assertThat(lease().attempt()).isEqualTo(1);
  }

  @Test
  void release_withADelay_holdsTheTask() {
    put(NewTask.of("hello"));
    LeaseId lease = lease().lease();

    server.release(new Settlement.Release(lease, Duration.ofMinutes(10)));

    assertThat(find(lease.taskId()).answer().state()).isEqualTo(TaskState.Kind.HELD);
    assertThat(server.lease(ask(1), Duration.ZERO)).isEmpty();
  }

  @Test
  void extend_withProgress_movesTheEndAndKeepsTheWord() {
    put(NewTask.of("hello"));
    Granted granted = lease();
    Progress progress = new Progress(40, "four of ten");

    Instant until = server.extend(granted.lease(), Duration.ofMinutes(30), Optional.of(progress));

    assertThat(until).isAfter(granted.expiresAt());
    TaskView task = find(granted.taskId());
    assertThat(task.run().progress()).contains(progress);
    assertThat(task.run().lease().orElseThrow().expiresAt()).isEqualTo(until);
  }

  @Test
  void extend_afterACancel_isTold() {
    TaskId id = put(NewTask.of("hello")).id();
    LeaseId lease = lease().lease();
    server.cancel(id);

    assertRefused(ErrorCode.TASK_CANCELLED, () -> server.extend(lease, LEASE, Optional.empty()));
  }

  @Test
  void extend_afterARelease_isRefused() {
    put(NewTask.of("hello"));
    LeaseId lease = lease().lease();
    server.release(new Settlement.Release(lease, Duration.ZERO));

    assertRefused(ErrorCode.LEASE_LOST, () -> server.extend(lease, LEASE, Optional.empty()));
  }

  @Test
  void extend_ofNoTask_isRefused() {
    assertRefused(ErrorCode.TASK_NOT_FOUND, () -> server.extend(NO_LEASE, LEASE, Optional.empty()));
  }

  @Test
  void append_numbersThePieces() {
    put(NewTask.of("hello"));
    LeaseId lease = lease().lease();

    assertThat(server.append(lease, Optional.empty(), List.of("a", "b"))).isEqualTo(2);
    assertThat(server.append(lease, Optional.of(2), List.of("b", "c"))).isEqualTo(3);
  }

  @Test
  void answers_tellOfThoseThatExist() {
    TaskId waiting = put(NewTask.of("a")).id();
    Granted done = lease();
    complete(Settlement.Complete.of(done.lease(), Completion.of("answer")));
    TaskId other = put(NewTask.of("b")).id();

    Map<TaskId, WorkServer.Answer> answers =
        server.answers(List.of(waiting, other, new TaskId("none")));

    assertThat(answers).containsOnlyKeys(waiting, other);
    assertThat(answers.get(waiting).completion()).contains(Completion.of("answer"));
    assertThat(answers.get(waiting).endedAt()).isPresent();
    assertThat(answers.get(other).state()).isEqualTo(TaskState.Kind.READY);
    assertThat(answers.get(other).completion()).isEmpty();
  }

  @Test
  void find_ofNoTask_isEmpty() {
    assertThat(server.find(new TaskId("none"))).isEmpty();
  }

  @Test
  void list_pagesNewestFirstAndFilters() {
    TaskId first = put(NewTask.of("a")).id();
    TaskId second = put(NewTask.of("b")).id();
    TaskId third = put(NewTask.builder(Prompt.of("c")).queue(new QueueName("gpu")).build()).id();
    server.cancel(second);

    List<Summary> page = server.list(Filter.ALL, Long.MAX_VALUE, 2);

    assertThat(page).extracting(Summary::id).containsExactly(third, second);
    assertThat(server.list(Filter.ALL, page.get(1).seq(), 10))
        .extracting(Summary::id)
        .containsExactly(first);
    assertThat(list(new Filter(Optional.of(TaskState.Kind.CANCELLED), Optional.empty())))
        .containsExactly(second);
    assertThat(list(new Filter(Optional.empty(), Optional.of(new QueueName("gpu")))))
        .containsExactly(third);
  }

  private List<TaskId> list(Filter filter) {
    return server.list(filter, Long.MAX_VALUE, 10).stream().map(Summary::id).toList();
  }

  @Test
  void cancelAndRedrive_moveTheTask() {
    TaskId id = put(NewTask.of("hello")).id();

    assertThat(server.cancel(id)).isEqualTo(TaskState.Kind.CANCELLED);
    assertThat(server.cancel(id)).isEqualTo(TaskState.Kind.CANCELLED);
    assertThat(server.redrive(id)).isEqualTo(TaskState.Kind.READY);
    assertRefused(ErrorCode.INVALID_STATE, () -> server.redrive(id));
    assertRefused(ErrorCode.TASK_NOT_FOUND, () -> server.cancel(new TaskId("none")));
  }

  @Test
  void cancel_ofAnAnsweredTask_isRefused() {
    put(NewTask.of("hello"));
    LeaseId lease = lease().lease();
    complete(Settlement.Complete.of(lease, Completion.of("done")));

    assertRefused(ErrorCode.INVALID_STATE, () -> server.cancel(lease.taskId()));
  }

  @Test
  void edit_changesWhatIsNamedAndNothingElse() {
    Metadata metadata = new Metadata("{\"a\":1}");
    TaskId id = put(NewTask.builder(new Prompt("old", metadata)).build()).id();

    server.edit(
        id,
        new Edit(
            Optional.of("new"),
            Optional.empty(),
            Optional.of(Priority.URGENT),
            Optional.empty(),
            Optional.empty()));

    assertThat(find(id).prompt()).isEqualTo(new Prompt("new", metadata));
    assertThat(find(id).terms().priority()).isEqualTo(Priority.URGENT);
  }

  @Test
  void tally_countsWhatWasDone() {
    put(NewTask.of("hello"));
    complete(Settlement.Complete.of(lease().lease(), Completion.of("done")));

    assertThat(server.tally()).isEqualTo(new WorkServer.Tally(1, 1, 1, 0));
  }

  private Receipt put(NewTask task) {
    return server.put(List.of(task)).get(0);
  }

  private TaskView find(TaskId id) {
    return server.find(id).orElseThrow();
  }

  private Settled complete(Settlement.Complete complete) {
    return server.complete(List.of(complete)).get(0);
  }

  private Granted lease() {
    return server.lease(ask(1), Duration.ZERO).get(0);
  }

  private static Ask ask(int max) {
    return new Ask(List.of(QUEUE), WORKER, LEASE, max);
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BatonException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
