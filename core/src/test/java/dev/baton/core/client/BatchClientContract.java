package dev.baton.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.client.BatchClient.Batch;
import dev.baton.core.client.BatchClient.Change;
import dev.baton.core.client.BatchClient.Counts;
import dev.baton.core.client.BatchClient.Row;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.batch.ResultFormat;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.Task;
import dev.baton.core.testing.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link BatchClient} must do. Extend it once per implementation and add nothing. */
public abstract class BatchClientContract {
  private static final BatchId ID = new BatchId("b1");
  private static final QueueName QUEUE = new QueueName("gpu");

  private final Baton baton = Baton.builder(new InMemoryStore()).build().start();
  private BatchClient server;

  /** A client of {@code baton}; the contract closes it before the Baton. */
  protected abstract BatchClient createServer(Baton baton);

  @BeforeEach
  void open() {
    server = createServer(baton);
  }

  @AfterEach
  void close() {
    server.close();
    baton.close();
  }

  private static List<NewTask> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> NewTask.of(Prompt.of("p" + i)).withId(Optional.of(new TaskId("t" + i))))
        .toList();
  }

  private Batch create(int count) {
    return server.create(named(Optional.empty()), rows(count));
  }

  private static NewBatch named(Optional<IdempotencyKey> key) {
    BatchConfig plain = BatchConfig.DEFAULT;
    BatchConfig config =
        new BatchConfig(
            Optional.empty(),
            plain.temperature(),
            plain.maxTokens(),
            OptionalInt.of(0),
            Priority.NORMAL,
            Optional.empty(),
            QUEUE,
            1_000);
    return new NewBatch(Optional.of(ID), "Fruit", "all of it", config, key);
  }

  private void answer(String text) {
    baton.complete(
        baton.lease(QUEUE, new WorkerId("w1"), Duration.ofMinutes(2)).orElseThrow(), text);
  }

  private Task task(String id) {
    return baton.find(new TaskId(id)).orElseThrow();
  }

  private String results(ResultFormat format) {
    StringBuilder text = new StringBuilder();
    server.results(ID, format, text::append);
    return text.toString();
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BatonException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  void create_waitsUntilItIsStarted() {
    Batch made = create(3);

    assertThat(made.id()).isEqualTo(ID);
    assertThat(made.name()).isEqualTo("Fruit");
    assertThat(made.state()).isEqualTo(BatchState.CREATED);
    assertThat(made.counts()).isEqualTo(new Counts(3, 0, 0, 0, 0));
    assertThat(baton.lease(QUEUE, new WorkerId("w1"), Duration.ofMinutes(2))).isEmpty();
    assertThat(server.find(ID)).isEqualTo(made);
  }

  @Test
  void create_withEverything_keepsEverything() {
    Instant deadline = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusSeconds(3600);
    BatchConfig config =
        new BatchConfig(
            Optional.of(new ModelName("echo")),
            OptionalDouble.of(0.5),
            OptionalInt.of(100),
            OptionalInt.of(4),
            Priority.HIGH,
            Optional.of(deadline),
            QUEUE,
            7);
    Parameters own =
        new Parameters(
            Optional.of(new Messages("[{\"role\":\"user\",\"content\":\"é\"}]")),
            OptionalDouble.of(1.5),
            OptionalInt.of(9),
            new Options("{\"seed\":1}"),
            true);
    NewTask row =
        NewTask.builder(new Prompt("label", new Metadata("{\"b\": 1.50}"), own))
            .id(new TaskId("mine:1"))
            .model(new ModelName("other"))
            .priority(Priority.LOW)
            .retry(RetryPolicy.DEFAULT.withMaxAttempts(3))
            .queue(new QueueName("own"))
            .idempotencyKey(new IdempotencyKey("rows", "row-key", ""))
            .build();
    NewTask plain = NewTask.of(Prompt.of("plain")).withId(Optional.of(new TaskId("plain")));

    server.create(
        new NewBatch(Optional.of(ID), "n", "d", config, Optional.empty()), List.of(row, plain));

    var about =
        Baton.await(baton.batches().find(TenantId.DEFAULT, ID)).orElseThrow().batch().about();
    assertThat(about.config()).isEqualTo(config);
    assertThat(about.description()).isEqualTo("d");
    Task stored = task("mine:1");
    assertThat(stored.prompt().text()).isEqualTo("label");
    assertThat(stored.prompt().metadata()).isEqualTo(row.prompt().metadata());
    assertThat(stored.prompt().parameters()).isEqualTo(own);
    assertThat(stored.row().terms().model()).contains(new ModelName("other"));
    assertThat(stored.row().terms().priority()).isEqualTo(Priority.LOW);
    assertThat(stored.row().terms().retry().maxAttempts()).isEqualTo(3);
    assertThat(stored.row().terms().queue()).isEqualTo(new QueueName("own"));
    assertThat(stored.row().terms().deadline()).contains(deadline);
    Task followed = task("plain");
    assertThat(followed.row().terms().model()).contains(new ModelName("echo"));
    assertThat(followed.row().terms().priority()).isEqualTo(Priority.HIGH);
    assertThat(followed.row().terms().retry().maxAttempts()).isEqualTo(5);
    assertThat(followed.prompt().parameters().temperature()).hasValue(0.5);
    assertThat(followed.prompt().parameters().maxTokens()).hasValue(100);
  }

  @Test
  void create_withAKeyAgain_isTheFirstBatch() {
    Optional<IdempotencyKey> key = Optional.of(new IdempotencyKey("s", "k", "f"));
    Batch first = server.create(named(key), rows(1));

    assertThat(server.create(named(key), rows(1))).isEqualTo(first);
  }

  @Test
  void create_takenId_isRefused() {
    create(1);

    assertRefused(
        ErrorCode.BATCH_EXISTS,
        () -> server.create(named(Optional.empty()), List.of(NewTask.of(Prompt.of("another")))));
  }

  @Test
  void create_withoutRowsOrWithTooMany_isABug() {
    assertThatThrownBy(() -> server.create(named(Optional.empty()), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> server.create(named(Optional.empty()), rows(BatchClient.ROWS_MAX + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itsLife_isCountedToItsEnd() {
    create(2);

    assertThat(server.start(ID).state()).isEqualTo(BatchState.RUNNING);
    assertThat(server.start(ID).state()).isEqualTo(BatchState.RUNNING);
    answer("one");
    assertThat(server.find(ID).counts()).isEqualTo(new Counts(1, 0, 1, 0, 0));
    answer("two");

    assertThat(server.find(ID).state()).isEqualTo(BatchState.COMPLETED);
    assertThat(server.find(ID).counts()).isEqualTo(new Counts(0, 0, 2, 0, 0));
    assertRefused(ErrorCode.INVALID_STATE, () -> server.pause(ID));
    assertRefused(ErrorCode.INVALID_STATE, () -> server.retry(ID));
  }

  @Test
  void pause_handsNothingOut_untilItIsResumed() {
    create(1);
    server.start(ID);

    assertThat(server.pause(ID).state()).isEqualTo(BatchState.PAUSED);
    assertThat(baton.lease(QUEUE, new WorkerId("w1"), Duration.ofMinutes(2))).isEmpty();

    assertThat(server.resume(ID).state()).isEqualTo(BatchState.RUNNING);
    answer("one");
    assertThat(server.find(ID).counts().succeeded()).isEqualTo(1);
  }

  @Test
  void cancel_callsOffWhatIsNotOver_andRetryLetsItStartOver() {
    create(2);
    server.start(ID);
    answer("one");

    server.cancel(ID);

    assertThat(server.find(ID).counts()).isEqualTo(new Counts(0, 0, 1, 0, 1));

    server.retry(ID);
    answer("two");

    assertThat(server.find(ID).counts()).isEqualTo(new Counts(0, 0, 2, 0, 0));
  }

  @Test
  void change_isTakenOnByWhatWaits() {
    create(2);
    Instant deadline = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusSeconds(3600);

    server.change(
        ID, new Change(Optional.of(5), Optional.of(Priority.URGENT), Optional.of(deadline)));

    BatchConfig config =
        Baton.await(baton.batches().find(TenantId.DEFAULT, ID))
            .orElseThrow()
            .batch()
            .about()
            .config();
    assertThat(config.maxConcurrency()).isEqualTo(5);
    assertThat(config.priority()).isEqualTo(Priority.URGENT);
    assertThat(config.deadline()).contains(deadline);
  }

  private Optional<String> waiting() {
    return server.details(ID).waiting().map(TaskView.Wait::reason);
  }

  @Test
  void details_sayWhatTheNextTaskWaitsFor() {
    create(2);
    assertThat(waiting()).contains("batch_not_started");
    assertThat(server.details(ID).batch()).isEqualTo(server.find(ID));
    assertThat(server.details(ID).description()).isEqualTo("all of it");
    assertThat(server.details(ID).config().queue()).isEqualTo(QUEUE);

    server.start(ID);
    server.pause(ID);
    assertThat(waiting()).contains("batch_paused");
    server.resume(ID);
    Baton.await(baton.queues().pause(TenantId.DEFAULT, QUEUE));
    assertThat(waiting()).contains("queue_paused");
    assertThat(server.details(ID).waiting().orElseThrow().sentence()).contains("paused");

    Baton.await(baton.queues().resume(TenantId.DEFAULT, QUEUE));
    LeasedTask held = baton.lease(QUEUE, new WorkerId("w1"), Duration.ofMinutes(2)).orElseThrow();
    assertThat(waiting()).contains("in_line");
    baton.complete(held, "one");
    answer("two");
    assertThat(waiting()).isEmpty();
  }

  @Test
  void details_ofATaskThatRests_sayUntilWhen() {
    NewBatch retried = NewBatch.of("retried", BatchConfig.DEFAULT);
    BatchId id = server.create(retried, List.of(NewTask.of(Prompt.of("a")))).id();
    server.start(id);
    LeasedTask held = baton.lease(new WorkerId("w1"), Duration.ofMinutes(2)).orElseThrow();
    Settlement fail =
        new Settlement.Fail(
            held.leaseId(), new Failure("BUSY", "", true), Optional.of(Duration.ofMinutes(5)));
    Baton.await(baton.settling().settle(TenantId.DEFAULT, fail));

    TaskView.Wait wait = server.details(id).waiting().orElseThrow();

    assertThat(wait.reason()).isEqualTo("backoff");
    assertThat(wait.until()).isPresent();
  }

  @Test
  void rows_comeInTheirOrder_pageAfterPage() {
    create(BatchClient.PAGE + 1);
    server.start(ID);
    answer("the first");

    List<Row> first = server.rows(ID, 0);

    assertThat(first).hasSize(BatchClient.PAGE);
    assertThat(first.get(0))
        .isEqualTo(new Row(new TaskId("t0"), true, Optional.of("the first"), Optional.empty()));
    assertThat(first.get(1).over()).isFalse();
    assertThat(server.rows(ID, 1))
        .extracting(row -> row.task().value())
        .containsExactly("t" + BatchClient.PAGE);
    assertThat(server.rows(ID, 2)).isEmpty();
  }

  @Test
  void results_areAFileOfEitherFormat() {
    create(BatchClient.PAGE * 2 + 1);
    server.start(ID);
    answer("Grüße, 世界");

    assertThat(results(ResultFormat.JSONL).lines())
        .hasSize(BatchClient.PAGE * 2 + 1)
        .first()
        .asString()
        .contains("Grüße, 世界")
        .startsWith("{");
    assertThat(results(ResultFormat.CSV).lines())
        .hasSize(BatchClient.PAGE * 2 + 2)
        .element(1)
        .asString()
        .contains("\"Grüße, 世界\"");
  }

  @Test
  void list_isNewestFirst() {
    create(1);
    server.create(NewBatch.of("second", BatchConfig.DEFAULT), List.of(NewTask.of(Prompt.of("x"))));

    assertThat(server.list(0)).extracting(Batch::name).containsExactly("second", "Fruit");
    assertThat(server.list(1)).isEmpty();
  }

  @Test
  void delete_removesItWithItsTasks() {
    create(2);

    server.delete(ID);

    assertThat(baton.find(new TaskId("t0"))).isEmpty();
    assertThat(server.list(0)).isEmpty();
  }

  @Test
  void whatIsNotThere_isRefused() {
    BatchId nobody = new BatchId("nobody");

    assertRefused(ErrorCode.BATCH_NOT_FOUND, () -> server.find(nobody));
    assertRefused(ErrorCode.BATCH_NOT_FOUND, () -> server.details(nobody));
    assertRefused(ErrorCode.BATCH_NOT_FOUND, () -> server.start(nobody));
    assertRefused(ErrorCode.BATCH_NOT_FOUND, () -> server.delete(nobody));
    assertRefused(ErrorCode.BATCH_NOT_FOUND, () -> server.rows(nobody, 0));
    assertRefused(
        ErrorCode.BATCH_NOT_FOUND, () -> server.results(nobody, ResultFormat.CSV, piece -> {}));
  }
}
