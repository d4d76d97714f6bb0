package dev.baton.http.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Tally;
import dev.baton.http.in.api.Instants;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /batches}: seed 2's examples, and what is refused. */
final class BatchesTest {
  private static final String EXAMPLE =
      """
      {
        "id": "batch-001",
        "name": "Creative Writing Tasks",
        "description": "A collection of creative writing tasks",
        "tasks": [
          {"id": "task-001", "prompt": "Write a haiku about programming"},
          {"id": "task-002", "prompt": "Write a short story about AI"}
        ],
        "config": {"model": "gpt-4", "temperature": 0.7, "maxConcurrency": 5}
      }
      """;

  private final Runner runner = new Runner();

  @AfterEach
  void close() {
    runner.close();
  }

  private void assertNothingStored() {
    assertThat(Baton.await(runner.baton.insight().tally(TenantId.DEFAULT))).isEqualTo(Tally.NONE);
    assertThat(runner.get("/batches").json().at("/data/pagination/total").asInt()).isZero();
  }

  @Test
  void create_ofTheDocument_answersAsItShows() {
    Answer answer = runner.post("/batches", EXAMPLE);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("success").asBoolean()).isTrue();
    assertThat(answer.json().at("/data/id").asText()).isEqualTo("batch-001");
    assertThat(answer.json().at("/data/status").asText()).isEqualTo("pending");
    assertThat(answer.json().at("/data/taskCount").asInt()).isEqualTo(2);
    assertThat(answer.json().at("/data/createdAt").asText()).endsWith("Z");
  }

  @Test
  void batch_executedToItsEnd_looksAsTheDocumentShows() {
    runner.post("/batches", EXAMPLE);

    Answer started = runner.post("/batches/batch-001/execute");
    assertThat(started.status()).isEqualTo(200);
    assertThat(started.json().at("/data/executionId").asText()).isEqualTo("batch-exec-001");
    assertThat(started.json().at("/data/status").asText()).isEqualTo("running");
    assertThat(started.json().path("message").asText()).isEqualTo("Batch execution started");
    runner.complete(runner.lease(), Completion.of("first"));
    runner.complete(runner.lease(), Completion.of("=second"));

    Answer answer = runner.get("/batches/batch-001");
    assertThat(answer.json().at("/data/status").asText()).isEqualTo("completed");
    assertThat(answer.json().at("/data/progress").toString())
        .isEqualTo(
            "{\"total\":2,\"completed\":2,\"failed\":0,\"pending\":0,\"running\":0,\"cancelled\":0}");
    assertThat(answer.json().at("/data/tasks/0").toString())
        .isEqualTo("{\"id\":\"task-001\",\"status\":\"completed\",\"result\":\"first\"}");
    assertThat(answer.json().at("/data/completedAt").asText()).isNotEmpty();
    assertThat(
            runner
                .get("/batches/batch-001/tasks?status=completed&limit=1")
                .json()
                .at("/data/pagination/total")
                .asInt())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"tasks\":[]} | 400 | VALIDATION_ERROR",
        "{} | 400 | VALIDATION_ERROR",
        "{\"tasks\":[{\"prompt\":\"a\"}],\"inputFile\":\"a.csv\"} | 400 | VALIDATION_ERROR",
        "{\"tasks\":[{\"prompt\":\"a\"},{\"prompt\":\" \"}]} | 400 | VALIDATION_ERROR",
        "{\"tasks\":[{\"id\":\"a\",\"prompt\":\"p\"},{\"id\":\"a\",\"prompt\":\"q\"}]} | 400 |"
            + " VALIDATION_ERROR",
        "{\"tasks\":[{\"prompt\":\"a\"}],\"config\":{\"maxConcurrency\":0}} | 400 |"
            + " VALIDATION_ERROR",
        "{\"tasks\":[{\"prompt\":\"a\"}],\"config\":{\"maxConcurrency\":-1}} | 400 |"
            + " VALIDATION_ERROR",
        "{\"tasks\":[{\"prompt\":\"a\"}],\"config\":{\"maxConcurrency\":1001}} | 400 |"
            + " VALIDATION_ERROR",
        "{\"tasks\":[{\"prompt\":\"a\"}],\"config\":{\"temperature\":3}} | 400 | VALIDATION_ERROR",
        "{\"tasks\":[{\"prompt\":\"a\"}],\"config\":{\"deadline\":\"2001-01-01T00:00:00Z\"}} | 400"
            + " | VALIDATION_ERROR",
        "{\"inputFile\":\"/etc/passwd\"} | 403 | FILES_DISABLED",
      })
  void create_ofWhatIsWrong_isRefused_andNothingIsStored(String body, int status, String code) {
    Answer answer = runner.post("/batches", body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().at("/error/code").asText()).isEqualTo(code);
    assertNothingStored();
  }

  @Test
  void memberOfARow_underItsOtherSpelling_isRead_andNotNamed() {
    Answer made =
        runner.post("/batches", "{\"tasks\":[{\"id\":\"t\",\"prompt\":\"p\",\"max_tokens\":7}]}");

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.json().at("/data").has("unknownColumns")).isFalse();
    assertThat(runner.get("/tasks/t").json().at("/data/metadata").toString()).isEqualTo("{}");
  }

  @Test
  void memberOfARow_thatMeansNothing_isMetadata_andNamed() {
    Answer made =
        runner.post(
            "/batches",
            "{\"id\":\"b\",\"tasks\":[{\"id\":\"t\",\"prompt\":\"p\",\"colour\":\"r\\u00e9d\",\"n\":null,"
                + "\"size\":{\"x\":[1.50,\"y\"]},\"metadata\":{\"own\":1,\"size\":2}},{\"prompt\":\"q\"}]}");

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.json().at("/data/unknownColumns").toString())
        .isEqualTo("[\"colour\",\"n\",\"size\"]");
    assertThat(runner.get("/tasks/t").json().at("/data/metadata").toString())
        .isEqualTo("{\"colour\":\"réd\",\"size\":2,\"own\":1}");
    assertThat(runner.post("/batches", EXAMPLE).json().at("/data").has("unknownColumns")).isFalse();
  }

  @Test
  void create_ofMoreTasksThanABodyMayHold_isTooLarge() {
    String tasks =
        IntStream.rangeClosed(0, 10_000)
            .mapToObj(i -> "{\"prompt\":\"p\"}")
            .collect(Collectors.joining(",", "{\"tasks\":[", "]}"));

    Answer answer = runner.post("/batches", tasks);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/code").asText()).isEqualTo("BATCH_TOO_LARGE");
    assertNothingStored();
  }

  @Test
  void create_repeatedUnderItsKey_isTheSameBatch_andUnderItsIdAConflict() {
    String keyed = "{\"idempotencyKey\":\"k\",\"tasks\":[{\"prompt\":\"a\"}]}";
    String id = runner.post("/batches", keyed).json().at("/data/id").asText();

    Answer again = runner.post("/batches", keyed);

    assertThat(again.json().at("/data/id").asText()).isEqualTo(id);
    runner.post("/batches", EXAMPLE);
    assertThat(runner.post("/batches", EXAMPLE).status()).isEqualTo(409);
  }

  @Test
  void actions_changeTheBatch_andAreRefusedInAWrongState() {
    runner.post("/batches", EXAMPLE);
    assertThat(runner.post("/batches/batch-001/pause").status()).isEqualTo(409);
    runner.post("/batches/batch-001/execute");

    assertThat(status(runner.post("/batches/batch-001/pause"))).isEqualTo("paused");
    assertThat(status(runner.post("/batches/batch-001/resume"))).isEqualTo("running");
    assertThat(
            runner
                .patch("/batches/batch-001", "{\"name\":\"n\",\"maxConcurrency\":7}")
                .json()
                .at("/data/config/maxConcurrency")
                .asInt())
        .isEqualTo(7);
    assertThat(status(runner.post("/batches/batch-001/cancel"))).isEqualTo("cancelled");
    assertThat(status(runner.post("/batches/batch-001/retry"))).isEqualTo("running");
    assertThat(runner.delete("/batches/batch-001").status()).isEqualTo(200);
    Answer gone = runner.get("/batches/batch-001");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.json().at("/error/code").asText()).isEqualTo("BATCH_NOT_FOUND");
  }

  private static String status(Answer answer) {
    return answer.json().at("/data/status").asText();
  }

  @Test
  void lateTask_joinsItsBatch_andAnUnknownOneIsNotFound() {
    runner.post("/batches", EXAMPLE);

    assertThat(runner.post("/tasks", "{\"prompt\":\"p\",\"batchId\":\"batch-001\"}").status())
        .isEqualTo(201);

    assertThat(runner.get("/batches/batch-001").json().at("/data/progress/total").asInt())
        .isEqualTo(3);
    assertThat(runner.post("/tasks", "{\"prompt\":\"p\",\"batchId\":\"none\"}").status())
        .isEqualTo(404);
  }

  @Test
  void batch_saysWhatItWaitsFor_whileItDoes() {
    runner.post("/batches", "{\"id\":\"b\",\"tasks\":[{\"prompt\":\"p\"}]}");
    assertThat(waiting()).isEqualTo("batch_not_started");

    runner.post("/batches/b/execute");
    assertThat(waiting()).isEqualTo("in_line");

    runner.lease();
    assertThat(runner.get("/batches/b").data().has("waiting")).isFalse();
  }

  private String waiting() {
    return runner.get("/batches/b").data().at("/waiting/reason").asText();
  }

  @Test
  void deadlineAndPriority_besideTheConfig_workAsWhenItIsChanged() {
    String later = Instants.text(runner.clock.instant().plusSeconds(60));
    String more = ",\"maxConcurrency\":3,\"priority\":\"high\",\"deadline\":\"" + later + "\"}";
    runner.post("/batches", "{\"id\":\"b\",\"tasks\":[{\"prompt\":\"p\"}]" + more);

    JsonNode config = runner.get("/batches/b").data().path("config");
    assertThat(config.path("maxConcurrency").asInt()).isEqualTo(3);
    assertThat(config.path("priority").asText()).isEqualTo("high");
    assertThat(config.path("deadline").asText()).isEqualTo(later);

    Answer twice =
        runner.post(
            "/batches", "{\"tasks\":[{\"prompt\":\"p\"}],\"config\":{\"priority\":\"low\"}" + more);
    assertThat(twice.status()).isEqualTo(400);
    assertThat(twice.pointer()).isEqualTo("/priority");
  }

  @Test
  void refusals_sayStatesInPlainWords() {
    runner.post("/batches", "{\"id\":\"b\",\"tasks\":[{\"id\":\"t\",\"prompt\":\"p\"}]}");
    runner.post("/batches/b/execute");
    runner.complete(runner.lease(), dev.baton.core.domain.task.Completion.of("a"));

    assertThat(runner.post("/batches/b/execute").json().at("/error/message").asText())
        .isEqualTo("batch b is completed and can't be started");
    assertThat(runner.post("/tasks/t/cancel").json().at("/error/message").asText())
        .isEqualTo("task t has its answer and can't be cancelled");
  }
}
