package dev.baton.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.client.BatchClient.Batch;
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
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Task;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.PlainRunFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link BatchClient} must make of a file: the same rows, by the same reader, whether
 * they are read here or behind HTTP. Apart from {@link BatchClientContract} because it needs a
 * {@link BatchFiles} that reads.
 */
public abstract class BatchClientFileContract {
  private static final BatchId ID = new BatchId("b1");

  /** For the files of a test, and for uploads while they are read. */
  @TempDir protected Path directory;

  private Baton baton;
  private BatchClient server;

  /** Reads rows. */
  protected abstract BatchFiles files();

  /** A client of {@code baton}; the contract closes it before the Baton. */
  protected abstract BatchClient createServer(Baton baton, BatchFiles files);

  @BeforeEach
  void open() {
    BatchFiles files = files();
    baton = Baton.builder(new InMemoryStore()).files(files, new PlainRunFormat()).build().start();
    server = createServer(baton, files);
  }

  @AfterEach
  void close() {
    server.close();
    baton.close();
  }

  private static NewBatch named(Optional<IdempotencyKey> key) {
    return new NewBatch(Optional.of(ID), "Fruit", "", BatchConfig.DEFAULT, key);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("in"), text);
  }

  private Batch create(String text, Format format) throws IOException {
    return server.create(named(Optional.empty()), file(text), format).batch();
  }

  private Task task(String id) {
    return baton.find(new TaskId(id)).orElseThrow();
  }

  private void assertRefused(ErrorCode code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            BatonException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    assertThatThrownBy(() -> server.find(ID)).isInstanceOf(BatonException.class);
  }

  @Test
  void csv_columnsAreWhatTheyAreForAServer() throws IOException {
    Batch made =
        create(
            """
            id,prompt,model,temperature,max_tokens,max_retries,priority,colour
            apple,"which, ""colour""?",gpt-x,1.5,9,2,high,red
            pear,plain,,,,,,
            """,
            Format.CSV);

    assertThat(made.state()).isEqualTo(BatchState.CREATED);
    assertThat(made.counts().total()).isEqualTo(2);
    Task apple = task("apple");
    assertThat(apple.prompt().text()).isEqualTo("which, \"colour\"?");
    assertThat(apple.prompt().metadata().json()).isEqualTo("{\"colour\":\"red\"}");
    assertThat(apple.prompt().parameters().temperature()).hasValue(1.5);
    assertThat(apple.prompt().parameters().maxTokens()).hasValue(9);
    assertThat(apple.row().terms().model()).contains(new ModelName("gpt-x"));
    assertThat(apple.row().terms().priority()).isEqualTo(Priority.HIGH);
    assertThat(apple.row().terms().retry().maxAttempts()).isEqualTo(3);
    assertThat(task("pear").prompt().metadata().isEmpty()).isTrue();
  }

  @Test
  void columnsThatMeanNothing_areNamed_wherePeopleMadeThem() throws IOException {
    assertThat(
            server
                .create(
                    named(Optional.empty()),
                    file("prompt,temprature,colour,id\na,0.5,,1\nb,,red,2\n"),
                    Format.CSV)
                .unknownColumns())
        .containsExactly("temprature", "colour");
    server.delete(ID);
    assertThat(
            server
                .create(
                    named(Optional.empty()),
                    file(
                        "{\"prompt\":\"a\",\"zeta\":1,\"metadata\":{\"b\":2}}\n"
                            + "{\"custom_id\":\"no id\",\"body\":{\"messages\":"
                            + "[{\"role\":\"user\",\"content\":\"a\"}]}}\n"),
                    Format.JSONL)
                .unknownColumns())
        .containsExactly("zeta");
    server.delete(ID);
    assertThat(
            server
                .create(named(Optional.empty()), file("prompt,options\na,\n"), Format.CSV)
                .unknownColumns())
        .isEmpty();
  }

  @Test
  void linesOfABatchApi_areAnsweredInItsForm() throws IOException {
    create(
        """
        {"custom_id":"no id","method":"POST","url":"/v1/chat/completions","body":{"messages":[{"role":"user","content":"a"}]}}
        {"custom_id":"r2","method":"POST","url":"/v1/chat/completions","body":{"messages":[{"role":"user","content":"b"}]}}
        """,
        Format.JSONL);
    server.start(ID);
    baton.complete(
        baton.lease(new WorkerId("w"), Duration.ofMinutes(1)).orElseThrow(), "the answer");

    assertThat(results(ResultFormat.OPENAI))
        .contains("\"custom_id\":\"no id\"", "\"content\":\"the answer\"")
        .endsWith("\"error\":null}\n")
        .doesNotContain("r2");
    assertThat(results(ResultFormat.ANTHROPIC))
        .contains("\"custom_id\":\"no id\"", "{\"type\":\"text\",\"text\":\"the answer\"}")
        .doesNotContain("r2");
  }

  private String results(ResultFormat format) {
    StringBuilder text = new StringBuilder();
    server.results(ID, format, text::append);
    return text.toString();
  }

  @Test
  void jsonLines_mayHaveMessagesAlone() throws IOException {
    create(
        """
        {"id":"m","messages":[{"role":"system","content":"be brief"},{"role":"user","content":"Grüße"}]}
        {"id":"p","prompt":"a","temperature":0}
        """,
        Format.JSONL);

    assertThat(task("m").prompt().text()).isEqualTo("Grüße");
    assertThat(task("m").prompt().parameters().messages().orElseThrow().json())
        .contains("be brief");
    assertThat(task("p").prompt().parameters().temperature()).hasValue(0);
  }

  @Test
  void manyRows_comeInTheirOrder_andTheFileStays() throws IOException {
    StringBuilder rows = new StringBuilder("prompt,id\n");
    for (int i = 0; i < 20_000; i++) {
      rows.append("p").append(i).append(",t").append(i).append('\n');
    }

    assertThat(create(rows.toString(), Format.CSV).counts().total()).isEqualTo(20_000);

    assertThat(server.rows(ID, 0).get(0).task().value()).isEqualTo("t0");
    assertThat(server.rows(ID, 199).get(99).task().value()).isEqualTo("t19999");
    assertThat(directory.resolve("in")).content().isEqualTo(rows.toString());
  }

  @Test
  void whatIsSaidOfTheBatch_isKept() throws IOException {
    BatchConfig config =
        new BatchConfig(
            Optional.of(new ModelName("gpt-x")),
            OptionalDouble.of(0.5),
            OptionalInt.of(100),
            OptionalInt.of(4),
            Priority.LOW,
            Optional.empty(),
            new QueueName("gpu"),
            7);

    server.create(
        new NewBatch(Optional.of(ID), "Früchte", "all\nof \"it\"", config, Optional.empty()),
        file("prompt\na\n"),
        Format.CSV);

    BatchClient.Details details = server.details(ID);
    assertThat(details.batch().name()).isEqualTo("Früchte");
    assertThat(details.description()).isEqualTo("all\nof \"it\"");
    assertThat(details.config()).isEqualTo(config);
  }

  @Test
  void aBadRow_isNamedByItsLine_andNothingIsMade() {
    assertRefused(
        ErrorCode.VALIDATION_FAILED,
        "line 3: temperature",
        () -> create("prompt,temperature\na,1\nb,9\n", Format.CSV));
    assertRefused(
        ErrorCode.VALIDATION_FAILED,
        "line 2",
        () -> create("{\"prompt\":\"a\"}\n{\"prompt\":7}\n", Format.JSONL));
  }

  @Test
  void csvWithoutAHeader_isRefusedAtLine1() {
    assertRefused(ErrorCode.VALIDATION_FAILED, "line 1: ", () -> create("a\nb\n", Format.CSV));
    assertRefused(
        ErrorCode.VALIDATION_FAILED, "at least one", () -> create("prompt\n", Format.CSV));
  }

  @Test
  void aFileThatIsMissing_isRefused() {
    assertRefused(
        ErrorCode.FILE_NOT_FOUND,
        "none.csv",
        () -> server.create(named(Optional.empty()), directory.resolve("none.csv"), Format.CSV));
  }

  @Test
  void takenId_isRefused_andAKeyAgainIsTheFirstBatch() throws IOException {
    Optional<IdempotencyKey> key = Optional.of(new IdempotencyKey("s", "k", "f"));
    Batch first = server.create(named(key), file("prompt\na\n"), Format.CSV).batch();

    assertThat(server.create(named(key), file("prompt\na\n"), Format.CSV).batch()).isEqualTo(first);
    assertThatThrownBy(() -> create("prompt\nb\n", Format.CSV))
        .isInstanceOfSatisfying(
            BatonException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BATCH_EXISTS));
  }
}
