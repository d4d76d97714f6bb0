package dev.baton.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.client.AdminClient.Catalog;
import dev.baton.core.client.AdminClient.Offered;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.testing.FakeModelClient;
import dev.baton.core.testing.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AdminClient} must do. Extend it once per implementation and add nothing. */
public abstract class AdminClientContract {
  private static final QueueName GPU = new QueueName("gpu");
  private static final WorkerId WORKER = new WorkerId("w1");
  private static final Duration LEASE = Duration.ofMinutes(2);

  private static final ModelSpec BIG =
      new ModelSpec(
          new ModelName("big"),
          "fake",
          4,
          OptionalInt.of(4_096),
          List.of(new ModelName("small")),
          OptionalDouble.of(2.5),
          OptionalDouble.of(10));

  private final Baton baton =
      Baton.builder(new InMemoryStore())
          .models(new FakeModelClient(BIG, FakeModelClient.model("small", 2)))
          .withoutExecutor()
          .build()
          .start();
  private AdminClient server;

  /** A client of {@code baton}; the contract closes it before the Baton. */
  protected abstract AdminClient createServer(Baton baton);

  @BeforeEach
  void open() {
    server = createServer(baton);
    put("g1", GPU);
    put("g2", GPU);
  }

  @AfterEach
  void close() {
    server.close();
    baton.close();
  }

  private void put(String id, QueueName queue) {
    TaskId unused =
        baton.submit(NewTask.builder(Prompt.of("hello")).id(new TaskId(id)).queue(queue).build());
  }

  private LeasedTask lease() {
    return baton.lease(GPU, WORKER, LEASE).orElseThrow();
  }

  private AdminClient.Queue queue(QueueName name) {
    return server.queues().stream()
        .filter(queue -> queue.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void models_areWhatIsOffered_andSayUntilWhenTheyArePaused() {
    Duration howLong = Duration.ofMinutes(5);
    ModelPause pause =
        Baton.await(baton.models().pause(new ModelName("small"), howLong, "over its quota"));

    assertThat(server.models())
        .isEqualTo(
            new Catalog(
                List.of(
                    new Offered(BIG, Optional.empty()),
                    new Offered(FakeModelClient.model("small", 2), Optional.of(pause))),
                false));
  }

  @Test
  void models_ofOneWhoAnswersForAll_areAny() {
    Baton open =
        Baton.builder(new InMemoryStore())
            .models(new FakeModelClient())
            .withoutExecutor()
            .build()
            .start();
    try (open;
        AdminClient itsServer = createServer(open)) {
      assertThat(itsServer.models()).isEqualTo(new Catalog(List.of(), true));
    }
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BatonException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  void queues_countsWhatWaitsAndRuns_andKnowsTheOnesThatAreAlwaysThere() {
    TaskId unused =
        baton.submit(
            NewTask.builder(Prompt.of("not yet"))
                .queue(GPU)
                .startAt(Instant.now().plusSeconds(3600))
                .build());
    lease();

    assertThat(queue(GPU)).isEqualTo(new AdminClient.Queue(GPU, 1, 1, 1, false));
    assertThat(queue(QueueName.DEFAULT))
        .isEqualTo(new AdminClient.Queue(QueueName.DEFAULT, 0, 0, 0, false));
    assertThat(server.queues()).extracting(queue -> queue.name().value()).isSorted();
  }

  @Test
  void pause_handsNothingOut_untilItIsResumed() {
    server.pause(GPU);
    server.pause(GPU);

    assertThat(queue(GPU).paused()).isTrue();
    assertThat(baton.lease(GPU, WORKER, LEASE)).isEmpty();

    server.resume(GPU);
    server.resume(GPU);

    assertThat(queue(GPU).paused()).isFalse();
    assertThat(baton.lease(GPU, WORKER, LEASE)).isPresent();
  }

  @Test
  void held_tellsWhoHoldsWhatUntilWhen() {
    assertThat(server.held()).isEmpty();
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    TaskId id = lease().leaseId().taskId();

    assertThat(server.held())
        .singleElement()
        .satisfies(
            held -> {
              assertThat(held.worker()).isEqualTo(WORKER);
              assertThat(held.task()).isEqualTo(id);
              assertThat(held.queue()).isEqualTo(GPU);
              assertThat(held.attempt()).isEqualTo(1);
              assertThat(held.since()).isAfterOrEqualTo(before);
              assertThat(held.until()).isEqualTo(held.since().plus(LEASE));
            });
  }

  @Test
  void run_goesBeforeAllThatWaits() {
    TaskId unused =
        baton.submit(
            NewTask.builder(Prompt.of("pressing")).queue(GPU).priority(Priority.URGENT).build());

    server.run(new TaskId("g2"), false);

    assertThat(lease().leaseId().taskId()).isEqualTo(new TaskId("g2"));
  }

  @Test
  void run_withAnAnswer_isRefusedUnlessForced() {
    LeasedTask done = lease();
    baton.complete(done, "the answer");
    TaskId id = done.leaseId().taskId();

    assertRefused(ErrorCode.INVALID_STATE, () -> server.run(id, false));
    assertThat(baton.answer(id)).contains("the answer");

    server.run(id, true);

    assertThat(lease().leaseId().taskId()).isEqualTo(id);
  }

  @Test
  void delete_removesATask_whoeverHoldsIt() {
    TaskId id = lease().leaseId().taskId();

    server.delete(id);

    assertThat(baton.find(id)).isEmpty();
    assertThat(server.held()).isEmpty();
  }

  @Test
  void whatIsNotThere_isRefused() {
    TaskId nobody = new TaskId("nobody");

    assertRefused(ErrorCode.TASK_NOT_FOUND, () -> server.run(nobody, true));
    assertRefused(ErrorCode.TASK_NOT_FOUND, () -> server.delete(nobody));
  }
}
