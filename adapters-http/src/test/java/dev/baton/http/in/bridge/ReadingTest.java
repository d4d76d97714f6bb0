package dev.baton.http.in.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Settlement;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading tasks back, and changing them from outside. */
final class ReadingTest {
  private final Bridge bridge = new Bridge();

  @AfterEach
  void close() {
    bridge.close();
  }

  @Test
  void waitingTask_isShownWithItsTermsAndWhyItWaits() {
    bridge.put("other");
    bridge.put(
        "t1",
        "{\"prompt\":\"a\",\"taskId\":\"t1\",\"meta\":{\"k\": 1.0},\"dedupeKey\":\"d\","
            + "\"priority\":\"low\",\"deadline\":\"2025-01-15T12:00:00Z\",\"maxAttempts\":3}");

    Answer answer = bridge.get("/getTask?taskId=t1");

    assertThat(answer.body())
        .isEqualTo(
            "{\"taskId\":\"t1\",\"queue\":\"integration\",\"status\":\"ready\","
                + "\"priority\":\"low\",\"prompt\":\"a\",\"meta\":{\"k\": 1.0},"
                + "\"dedupeKey\":\"d\",\"submittedAt\":\"2025-01-15T10:30:00.000Z\","
                + "\"attempts\":0,\"maxAttempts\":3,\"deadline\":\"2025-01-15T12:00:00.000Z\","
                + "\"history\":[],\"alternatives\":[],\"waiting\":{\"reason\":\"in_line\","
                + "\"sentence\":\"in line behind 1 other\",\"ahead\":1}}");
  }

  @Test
  void whatTheProviderSaid_isShownBesideTheText() {
    bridge.put("t1");
    String calls = "[{\"id\":\"c1\"}]";
    Completion answer =
        new Completion(
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new ModelAnswer(
                    new ModelName("m"),
                    "tool_calls",
                    Optional.of(calls),
                    Optional.empty(),
                    Optional.of("Hm."),
                    Optional.of("{\"content\":[]}"),
                    Optional.of("{\"audio\":{\"id\":\"a1\"}}"))));
    Baton.await(
        bridge
            .baton
            .settling()
            .settle(
                TenantId.DEFAULT,
                new Settlement.Complete(new TaskId("t1"), Optional.empty(), answer)));
    Baton.await(
        bridge
            .baton
            .settling()
            .settle(
                TenantId.DEFAULT,
                new Settlement.Complete(
                    new TaskId("t1"),
                    Optional.empty(),
                    new Completion("b", answer.usage(), answer.traceId(), answer.modelAnswer()))));

    String said =
        "{\"model\":\"m\",\"finishReason\":\"tool_calls\",\"toolCalls\":"
            + calls
            + ",\"reasoning\":\"Hm.\",\"logprobs\":{\"content\":[]},\"extras\":{\"audio\":{\"id\":\"a1\"}}}";
    assertThat(bridge.get("/getResponse?taskId=t1").json().path("modelAnswer"))
        .isEqualTo(Answer.parse(said));
    Answer whole = bridge.get("/getTask?taskId=t1");
    assertThat(whole.json().path("modelAnswer")).isEqualTo(Answer.parse(said));
    assertThat(whole.json().at("/alternatives/0/modelAnswer")).isEqualTo(Answer.parse(said));
  }

  @Test
  void heldTask_showsItsStart() {
    bridge.put("t1", "{\"prompt\":\"a\",\"taskId\":\"t1\",\"delaySeconds\":90}");

    Answer answer = bridge.get("/getTask?taskId=t1");

    assertThat(answer.text("status")).isEqualTo("held");
    assertThat(answer.text("startAt")).isEqualTo("2025-01-15T10:31:30.000Z");
    assertThat(answer.json().path("maxAttempts").isNull()).isTrue();
    assertThat(answer.json().at("/waiting/reason").asText()).isEqualTo("start_time");
    assertThat(answer.json().at("/waiting/until").asText()).isEqualTo("2025-01-15T10:31:30.000Z");
  }

  @Test
  void leasedTask_showsItsHolderAndItsPast() {
    bridge.put("t1");
    bridge.lease();
    bridge.advance(Duration.ofSeconds(60));
    bridge.lease();

    Answer answer = bridge.get("/getTask?taskId=t1");

    assertThat(answer.json().path("lease"))
        .isEqualTo(
            Answer.parse(
                "{\"leaseId\":\"t1~2\",\"worker\":\"w1\","
                    + "\"grantedAt\":\"2025-01-15T10:31:00.000Z\","
                    + "\"expiresAt\":\"2025-01-15T10:32:00.000Z\"}"));
    assertThat(answer.json().path("history"))
        .isEqualTo(
            Answer.parse(
                "[{\"attempt\":1,\"worker\":\"w1\",\"startedAt\":\"2025-01-15T10:30:00.000Z\","
                    + "\"endedAt\":\"2025-01-15T10:31:00.000Z\",\"outcome\":\"expired\"}]"));
    assertThat(answer.json().at("/waiting/reason").asText()).isEqualTo("leased");
  }

  @Test
  void finishedTask_waitsForNothing() {
    bridge.put("t1");
    bridge.post("/postResponse", "{\"taskId\":\"t1\",\"content\":\"a\"}");

    Answer answer = bridge.get("/getTask?taskId=t1");

    assertThat(answer.text("content")).isEqualTo("a");
    assertThat(answer.text("completedAt")).isEqualTo("2025-01-15T10:30:00.000Z");
    assertThat(answer.json().has("waiting")).isFalse();
    assertThat(answer.json().has("lease")).isFalse();
  }

  static Stream<String> readingPaths() {
    return Stream.of("/getResponse", "/getTask", "/getChunks");
  }

  @ParameterizedTest
  @MethodSource("readingPaths")
  void taskUnknown_is404AndNoneNamedIs422(String path) {
    assertThat(bridge.get(path + "?taskId=absent").body())
        .isEqualTo("{\"detail\":\"Unknown taskId\"}");
    assertThat(bridge.get(path + "?taskId=absent").status()).isEqualTo(404);
    assertThat(bridge.get(path + "?taskId=a%2Fb").status()).isEqualTo(404);
    assertThat(bridge.get(path + "?taskId=").status()).isEqualTo(404);
    assertThat(bridge.get(path).status()).isEqualTo(422);
  }

  @ParameterizedTest
  @MethodSource("readingPaths")
  void readings_mayBeProbedAndAreNotStored(String path) {
    bridge.put("t1");

    assertThat(bridge.get(path + "?taskId=t1").header("Cache-Control")).contains("no-store");
    assertThat(bridge.dialect.routes())
        .filteredOn(route -> route.pattern().equals(path))
        .allMatch(route -> route.options().head());
  }

  @ParameterizedTest
  @ValueSource(strings = {"token=0", "after=-1", "after=x", "max=0", "max=1001"})
  void chunksOutOfRange_are422(String query) {
    bridge.put("t1");

    assertThat(bridge.get("/getChunks?taskId=t1&" + query).status()).isEqualTo(422);
  }

  @Test
  void list_isPagedNewestFirst() {
    for (int i = 1; i <= 5; i++) {
      bridge.put("t" + i);
    }
    bridge.lease();

    Answer first = bridge.get("/listTasks?max=3");
    Answer second = bridge.get("/listTasks?max=3&before=" + first.json().path("next").asLong());

    assertThat(first.json().path("tasks").findValuesAsText("taskId"))
        .containsExactly("t5", "t4", "t3");
    assertThat(second.json().path("tasks").findValuesAsText("taskId")).containsExactly("t2", "t1");
    assertThat(second.json().path("next").isNull()).isTrue();
    assertThat(second.json().at("/tasks/1/worker").asText()).isEqualTo("w1");
    assertThat(second.json().at("/tasks/0").has("worker")).isFalse();
    assertThat(second.json().at("/tasks/0/submittedAt").asText())
        .isEqualTo("2025-01-15T10:30:00.000Z");
  }

  @Test
  void list_isFilteredByStateAndQueue() {
    bridge.put("ready");
    bridge.put("elsewhere", "{\"prompt\":\"a\",\"taskId\":\"elsewhere\",\"queue\":\"gpu\"}");
    bridge.put("held", "{\"prompt\":\"a\",\"taskId\":\"held\",\"delaySeconds\":9}");

    assertThat(bridge.get("/listTasks?state=held").json().path("tasks").findValuesAsText("taskId"))
        .containsExactly("held");
    assertThat(bridge.get("/listTasks?queue=gpu").json().path("tasks").findValuesAsText("taskId"))
        .containsExactly("elsewhere");
    assertThat(bridge.get("/listTasks?queue=gpu&state=held").json().path("tasks")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state=done",
        "state=",
        "queue=a%20b",
        "before=x",
        "before=-1",
        "before=",
        "before=9999999999999999999",
        "max=0",
        "max=1001"
      })
  void listOutOfRange_is422(String query) {
    assertThat(bridge.get("/listTasks?" + query).status()).isEqualTo(422);
  }

  @Test
  void cancelled_isOverAndCancellingTwiceChangesNothing() {
    bridge.put("t1");

    Answer first = bridge.post("/cancelTask", "{\"taskId\":\"t1\"}");
    int before = bridge.changes();
    Answer second = bridge.post("/cancelTask", "{\"taskId\":\"t1\"}");

    assertThat(first.body()).isEqualTo("{\"taskId\":\"t1\",\"status\":\"cancelled\"}");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(bridge.changes()).isEqualTo(before);
    assertThat(bridge.get("/getPrompt").status()).isEqualTo(204);
    assertThat(bridge.get("/getResponse?taskId=t1").text("completedAt")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/cancelTask,409", "/redriveTask,409", "/editTask,409"})
  void taskThatIsOver_isLeftAlone(String path, int status) {
    bridge.put("t1");
    bridge.post("/postResponse", "{\"taskId\":\"t1\",\"content\":\"a\"}");
    int before = bridge.changes();

    Answer answer = bridge.post(path, "{\"taskId\":\"t1\",\"prompt\":\"b\"}");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("X-Error-Code")).contains("INVALID_STATE");
    assertThat(bridge.changes()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/cancelTask", "/redriveTask", "/editTask"})
  void taskUnknown_cannotBeChanged(String path) {
    assertThat(bridge.post(path, "{\"taskId\":\"absent\"}").status()).isEqualTo(404);
    assertThat(bridge.post(path, "{\"taskId\":\"a b\"}").status()).isEqualTo(404);
  }

  @Test
  void edited_changesWhatIsGivenAndLeavesTheRest() {
    bridge.put("t1", "{\"prompt\":\"a\",\"taskId\":\"t1\",\"meta\":{\"k\":1}}");
    bridge.put("t2");

    Answer text = bridge.post("/editTask", "{\"taskId\":\"t1\",\"prompt\":\"b\"}");
    bridge.post("/editTask", "{\"taskId\":\"t2\",\"meta\":{\"k\":2},\"priority\":\"high\"}");

    assertThat(text.body()).isEqualTo("{\"taskId\":\"t1\",\"status\":\"ready\"}");
    Answer first = bridge.get("/getPrompt");
    Answer second = bridge.get("/getPrompt");
    assertThat(first.body()).contains("\"taskId\":\"t2\",\"prompt\":\"What is t2?\"");
    assertThat(first.body()).contains("\"meta\":{\"k\":2}");
    assertThat(second.body()).contains("\"prompt\":\"b\",\"meta\":{\"k\":1}");
  }

  @Test
  void editedStart_holdsTheTaskUntilThen() {
    bridge.put("t1");

    Answer answer =
        bridge.post("/editTask", "{\"taskId\":\"t1\",\"startAt\":\"2025-01-15T10:31:00Z\"}");

    assertThat(answer.text("status")).isEqualTo("held");
    bridge.advance(Duration.ofMinutes(1));
    assertThat(bridge.status("t1")).isEqualTo("ready");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"prompt\":\" \" | 400",
        "\"prompt\":5 | 422",
        "\"meta\":[] | 422",
        "\"priority\":\"banana\" | 422",
        "\"startAt\":\"soon\" | 422",
        "\"deadline\":5 | 422",
      })
  void editOutOfRange_isRefused(String member, int status) {
    bridge.put("t1");
    int before = bridge.changes();

    assertThat(bridge.post("/editTask", "{\"taskId\":\"t1\"," + member + "}").status())
        .isEqualTo(status);

    assertThat(bridge.changes()).isEqualTo(before);
  }

  @Test
  void editOfALeasedTask_is409() {
    bridge.put("t1");
    bridge.lease();

    assertThat(bridge.post("/editTask", "{\"taskId\":\"t1\",\"prompt\":\"b\"}").status())
        .isEqualTo(409);
  }
}
