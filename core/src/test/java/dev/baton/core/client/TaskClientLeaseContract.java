package dev.baton.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.client.TaskClient.Ask;
import dev.baton.core.client.TaskClient.Granted;
import dev.baton.core.client.TaskClient.Receipt;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The half of {@link TaskClientContract} that brings work in and hands it out. */
abstract class TaskClientLeaseContract extends TaskClientFixture {
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
    assertThat(task.queue()).contains(stored.terms().queue());
    assertThat(stored.terms().priority()).isEqualTo(Priority.HIGH);
    assertThat(stored.terms().deadline()).isEqualTo(task.deadline());
    assertThat(stored.terms().maxAttempts()).isEmpty();
    assertThat(stored.terms().dedupeKey()).contains("a key");
    assertThat(stored.run().startAt()).contains(startAt);
    assertThat(stored.answer().state()).isEqualTo(TaskState.Kind.HELD);
    assertThat(stored.waiting().orElseThrow().until()).contains(startAt);
  }

  @Test
  void put_thatAsksAModel_isStoredWhole_andAgainIsTheSameTask() {
    Parameters parameters =
        new Parameters(
            Optional.of(new Messages("[{\"role\":\"user\",\"content\":\"hi\"}]")),
            OptionalDouble.of(0.5),
            OptionalInt.of(7),
            new Options("{\"seed\":1}"),
            true);
    NewTask task =
        NewTask.builder(new Prompt("label", new Metadata("{\"a\":1}"), parameters))
            .id(new TaskId("mine:2"))
            .model(new ModelName("echo"))
            .queue(new QueueName("gpu"))
            .build();

    put(task);
    assertThat(put(task).id()).isEqualTo(new TaskId("mine:2"));

    TaskClient.Ask ask =
        new TaskClient.Ask(
            List.of(new QueueName("gpu")), WORKER, LEASE, 1, List.of(new ModelName("echo")));
    TaskClient.Granted granted = server.lease(ask, Duration.ZERO).get(0);
    assertThat(granted.model()).isEqualTo(task.model());
    assertThat(granted.prompt()).isEqualTo(new Prompt("hi", task.prompt().metadata(), parameters));

    TaskView stored = find(new TaskId("mine:2"));
    assertThat(stored.prompt().text()).isEqualTo("label");
    assertThat(stored.prompt().metadata()).isEqualTo(task.prompt().metadata());
    assertThat(stored.terms().model()).isEqualTo(task.model());
    assertThat(stored.terms().queue()).isEqualTo(new QueueName("gpu"));
  }

  @Test
  void lease_ofALength_leavesLongerPromptsToOthers() {
    put(NewTask.builder(Prompt.of("four")).id(new TaskId("long")).build());
    put(NewTask.builder(Prompt.of("abc")).id(new TaskId("short")).build());
    TaskClient.Ask ask = new TaskClient.Ask(List.of(QUEUE), WORKER, LEASE, 9, List.of(), 3);

    assertThat(server.lease(ask, Duration.ZERO))
        .extracting(TaskClient.Granted::taskId)
        .containsExactly(new TaskId("short"));
    assertThat(find(new TaskId("long")).answer().state()).isEqualTo(TaskState.Kind.READY);
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
        IntStream.range(0, TaskClient.BATCH_MAX)
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
}
