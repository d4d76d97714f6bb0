package dev.baton.http.in.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 71 to 79 of the bad inputs, and what an answer promises. */
final class PostResponseTest {
  private static final String TAKEN = "{\"ok\":true,\"version\":\"v1\"}";

  private final Bridge bridge = new Bridge();

  @AfterEach
  void close() {
    bridge.close();
  }

  @Test
  void answer_isStoredWithUsageAndTrace() {
    bridge.put("t1");
    bridge.lease();

    Answer answer =
        bridge.post(
            "/postResponse",
            "{\"taskId\":\"t1\",\"content\":\"4é😀\",\"traceId\":\"trace-1\",\"usage\":"
                + "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(TAKEN);
    assertThat(answer.isReplay()).isFalse();
    assertThat(bridge.get("/getResponse?taskId=t1").json())
        .isEqualTo(
            Answer.parse(
                "{\"taskId\":\"t1\",\"status\":\"succeeded\",\"content\":\"4é😀\",\"usage\":"
                    + "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15},"
                    + "\"traceId\":\"trace-1\",\"completedAt\":\"2025-01-15T10:30:00.000Z\"}"));
    assertThat(bridge.baton.insight().counters().answered()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-task", "<from getPrompt>", "../x", "", "t1~1"})
  void unknownTask_is404InTheSeedsOwnWords(String id) {
    Answer answer = refusedPost("{\"taskId\":\"" + id + "\",\"content\":\"a\"}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("{\"detail\":\"Unknown taskId\"}");
    assertThat(answer.header("X-Error-Code")).contains("TASK_NOT_FOUND");
  }

  @Test
  void neverLeased_isTakenWithoutAToken() {
    bridge.put("t1");

    assertThat(answer("t1", "a").body()).isEqualTo(TAKEN);

    assertThat(bridge.status("t1")).isEqualTo("succeeded");
    assertThat(bridge.get("/getPrompt").status()).isEqualTo(204);
    assertThat(bridge.baton.insight().counters().answered()).isEqualTo(1);
  }

  @Test
  void repeatedWithTheSameContent_isAReplay() {
    bridge.put("t1");
    answer("t1", "a");
    int before = bridge.changes();

    Answer again = answer("t1", "a");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(TAKEN);
    assertThat(again.isReplay()).isTrue();
    assertThat(bridge.changes()).isEqualTo(before);
    assertThat(bridge.baton.insight().counters().answered()).isEqualTo(1);
  }

  @Test
  void repeatedWithOtherContent_keepsTheFirstAndTheOtherBesideIt() {
    bridge.put("t1");
    answer("t1", "first");

    Answer again = answer("t1", "second");

    assertThat(again.body()).isEqualTo(TAKEN);
    assertThat(again.isReplay()).isTrue();
    assertThat(bridge.get("/getResponse?taskId=t1").text("content")).isEqualTo("first");
    assertThat(bridge.get("/getTask?taskId=t1").json().at("/alternatives/0/content").asText())
        .isEqualTo("second");
    assertThat(bridge.baton.insight().counters().answered()).isEqualTo(1);
  }

  @Test
  void manyOtherAnswers_areKeptUpToABoundOfNumberAndSize() {
    bridge.put("t1");
    answer("t1", "first");
    answer("t1", "x".repeat((1 << 20) + 1));

    for (int i = 1; i <= 12; i++) {
      assertThat(answer("t1", "other " + i).isReplay()).isTrue();
    }

    assertThat(
            bridge
                .get("/getTask?taskId=t1")
                .json()
                .path("alternatives")
                .findValuesAsText("content"))
        .hasSize(10)
        .startsWith("other 3")
        .endsWith("other 12");
  }

  @Test
  void leaseOvertaken_is409AndChangesNothing() {
    bridge.put("t1");
    String first = bridge.lease();
    bridge.advance(Duration.ofSeconds(60));
    String second = bridge.lease();

    Answer late =
        refusedPost("{\"taskId\":\"t1\",\"content\":\"late\",\"leaseId\":\"" + first + "\"}");
    Answer current =
        bridge.post(
            "/postResponse",
            "{\"taskId\":\"t1\",\"content\":\"right\",\"leaseId\":\"" + second + "\"}");

    assertThat(late.status()).isEqualTo(409);
    assertThat(late.header("X-Error-Code")).contains("LEASE_LOST");
    assertThat(late.json().path("detail").isTextual()).isTrue();
    assertThat(current.body()).isEqualTo(TAKEN);
    assertThat(bridge.get("/getResponse?taskId=t1").text("content")).isEqualTo("right");
  }

  @Test
  void leaseExpiredButNewest_isTaken() {
    bridge.put("t1");
    String lease = bridge.lease();
    bridge.advance(Duration.ofHours(1));

    Answer answer =
        bridge.post(
            "/postResponse",
            "{\"taskId\":\"t1\",\"content\":\"late\",\"leaseId\":\"" + lease + "\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.isReplay()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"t2~1", "t1", "t1~0", "t1~x", "~1", ""})
  void leaseOfAnotherTaskOrNoLeaseAtAll_is422(String lease) {
    bridge.put("t1");

    Answer answer =
        refusedPost("{\"taskId\":\"t1\",\"content\":\"a\",\"leaseId\":\"" + lease + "\"}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/detail/0/loc/1").asText()).isEqualTo("leaseId");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"taskId\":\"t1\"} | content",
        "{\"taskId\":\"t1\",\"content\":null} | content",
        "{\"taskId\":\"t1\",\"content\":5} | content",
        "{\"taskId\":\"t1\",\"content\":{\"a\":1}} | content",
        "{\"content\":\"a\"} | taskId",
        "{\"taskId\":7,\"content\":\"a\"} | taskId",
        "{\"taskId\":\"t1\",\"content\":\"a\",\"traceId\":5} | traceId",
        "{\"taskId\":\"t1\",\"content\":\"a\",\"usage\":[]} | usage",
        "{\"taskId\":\"t1\",\"content\":\"a\",\"usage\":{\"prompt_tokens\":-1}} | usage",
        "{\"taskId\":\"t1\",\"content\":\"a\",\"usage\":{\"prompt_tokens\":1.5}} | usage",
        "{\"taskId\":\"t1\",\"content\":\"a\",\"usage\":{\"total_tokens\":9007199254740993}} | usage",
        "{\"taskId\":\"t1\",\"content\":\"a\",\"usage\":{\"completion_tokens\":\"5\"}} | usage",
        "{\"taskId\":\"t1\",\"content\":\"a\",\"usage\":{\"total_tokens\":true}} | usage",
      })
  void valueMissingOrWrong_is422WithItsPlace(String json, String place) {
    bridge.put("t1");

    Answer answer = refusedPost(json);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/detail/0/loc/1").asText()).isEqualTo(place);
  }

  @Test
  void contentOf16Mebibytes_isTakenAndOneByteMoreIs413() {
    bridge.put("t1");
    String largest = "x".repeat(16 << 20);

    assertThat(refusedPost("{\"taskId\":\"t1\",\"content\":\"x" + largest + "\"}").status())
        .isEqualTo(413);
    assertThat(answer("t1", largest).status()).isEqualTo(200);
  }

  @Test
  void emptyContent_isAnAnswer() {
    bridge.put("t1");

    assertThat(answer("t1", "").status()).isEqualTo(200);

    Answer stored = bridge.get("/getResponse?taskId=t1");
    assertThat(stored.json().path("content").isTextual()).isTrue();
    assertThat(stored.text("content")).isEmpty();
  }

  @Test
  void usageWhoseTotalIsNoSum_isKeptAndFlagged() {
    bridge.put("t1");

    Answer answer =
        bridge.post(
            "/postResponse",
            "{\"taskId\":\"t1\",\"content\":\"a\",\"usage\":"
                + "{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":9007199254740992}}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(bridge.get("/getResponse?taskId=t1").json().path("usage"))
        .isEqualTo(
            Answer.parse(
                "{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":9007199254740992,"
                    + "\"inconsistent\":true}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"input_tokens":7,"output_tokens":5}                    | 7 | 12
          {"input_tokens":7,"cache_read_input_tokens":3,"output_tokens":5} | 10 | 15
          {"promptTokens":7,"completionTokens":5,"totalTokens":12}| 7 | 12
          {"promptTokenCount":7,"candidatesTokenCount":4,"thoughtsTokenCount":1} | 7 | 12
          {"prompt_eval_count":7,"eval_count":5}                  | 7 | 12
          """)
  void usageInOtherWords_isUnderstood(String usage, int read, int both) {
    bridge.put("t1");

    bridge.post(
        "/postResponse", "{\"taskId\":\"t1\",\"content\":\"a\",\"usage\":%s}".formatted(usage));

    assertThat(bridge.get("/getResponse?taskId=t1").json().path("usage"))
        .isEqualTo(
            Answer.parse(
                "{\"prompt_tokens\":%d,\"completion_tokens\":5,\"total_tokens\":%d}"
                    .formatted(read, both)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "{\"prompt_tokens\":null,\"completion_tokens\":null}",
        "{\"total_tokens\":9}",
        "{\"words\":7}"
      })
  void usageThatIsNotTold_isAbsent(String usage) {
    bridge.put("t1");

    bridge.post(
        "/postResponse", "{\"taskId\":\"t1\",\"content\":\"a\",\"usage\":%s}".formatted(usage));

    assertThat(bridge.get("/getResponse?taskId=t1").json().has("usage")).isFalse();
  }

  @Test
  void usageOfWhichHalfIsNotTold_isAbsent() {
    bridge.put("t1");

    bridge.post(
        "/postResponse",
        "{\"taskId\":\"t1\",\"content\":\"a\",\"usage\":"
            + "{\"prompt_tokens\":7,\"completion_tokens_details\":{\"x\":1}}}");

    assertThat(bridge.get("/getResponse?taskId=t1").json().has("usage")).isFalse();
  }

  @Test
  void cancelledTask_is409() {
    bridge.put("t1");
    bridge.post("/cancelTask", "{\"taskId\":\"t1\"}");

    Answer answer = refusedPost("{\"taskId\":\"t1\",\"content\":\"a\"}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.header("X-Error-Code")).contains("TASK_CANCELLED");
  }

  @Test
  void deadTask_is409() {
    bridge.put("t1");
    String lease = bridge.lease();
    bridge.post("/failPrompt", "{\"leaseId\":\"" + lease + "\",\"retryable\":false}");

    Answer answer = refusedPost("{\"taskId\":\"t1\",\"content\":\"a\"}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.header("X-Error-Code")).contains("INVALID_STATE");
  }

  @Test
  void dedupeKeyOfTheSeedsProgram_isAccepted() {
    bridge.put("t1");

    Answer answer =
        bridge.post(
            "/postResponse", "{\"taskId\":\"t1\",\"content\":\"a\",\"dedupeKey\":\"anything\"}");

    assertThat(answer.body()).isEqualTo(TAKEN);
    assertThat(answer.header("X-Ignored-Members")).isEmpty();
  }

  @Test
  void many_areEachTakenOrRefusedOnTheirOwn() {
    for (String id : new String[] {"done", "replayed", "other", "stale", "cancelled", "dead"}) {
      bridge.put(id);
    }
    answer("replayed", "a");
    answer("other", "a");
    bridge.post("/cancelTask", "{\"taskId\":\"cancelled\"}");
    String stale = lease("stale");
    bridge.post("/releasePrompt", "{\"leaseId\":\"" + stale + "\"}");
    String dead = lease("dead");
    bridge.post("/failPrompt", "{\"leaseId\":\"" + dead + "\",\"retryable\":false}");

    Answer answer =
        bridge.post(
            "/postResponses",
            "{\"responses\":["
                + "{\"taskId\":\"done\",\"content\":\"a\"},"
                + "{\"taskId\":\"replayed\",\"content\":\"a\"},"
                + "{\"taskId\":\"other\",\"content\":\"b\"},"
                + "{\"taskId\":\"absent\",\"content\":\"a\"},"
                + "{\"taskId\":\"no id\",\"content\":\"a\"},"
                + "{\"taskId\":\"stale\",\"content\":\"a\",\"leaseId\":\""
                + stale
                + "\"},"
                + "{\"taskId\":\"cancelled\",\"content\":\"a\"},"
                + "{\"taskId\":\"dead\",\"content\":\"a\"},"
                + "{\"taskId\":\"done\",\"content\":\"a\"}]}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("results").findValuesAsText("status"))
        .containsExactly(
            "done",
            "replayed",
            "alternative",
            "unknown",
            "unknown",
            "lease_lost",
            "cancelled",
            "over",
            "replayed");
    assertThat(answer.json().path("results").findValuesAsText("ok"))
        .containsExactly(
            "true", "true", "true", "false", "false", "false", "false", "false", "true");
    assertThat(answer.json().at("/results/4/taskId").asText()).isEqualTo("no id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"responses\":[]}",
        "{\"responses\":\"a\"}",
        "{\"responses\":[{\"taskId\":\"t1\",\"content\":\"a\"},{\"taskId\":\"t1\"}]}",
        "{\"responses\":[{\"taskId\":\"t1\",\"content\":\"a\"},"
            + "{\"taskId\":\"t1\",\"content\":\"a\",\"leaseId\":\"x\"}]}"
      })
  void manyWithOneMalformed_is422AndStoresNothing(String json) {
    bridge.put("t1");
    int before = bridge.changes();

    assertThat(bridge.post("/postResponses", json).status()).isEqualTo(422);

    assertThat(bridge.changes()).isEqualTo(before);
    assertThat(bridge.status("t1")).isEqualTo("ready");
  }

  /** Leases until this task comes up; the others stay leased. */
  private String lease(String taskId) {
    String lease = bridge.lease();
    return lease.startsWith(taskId + "~") ? lease : lease(taskId);
  }

  private Answer answer(String taskId, String content) {
    return bridge.post(
        "/postResponse", "{\"taskId\":\"" + taskId + "\",\"content\":\"" + content + "\"}");
  }

  private Answer refusedPost(String json) {
    int before = bridge.changes();
    Answer answer = bridge.post("/postResponse", json);
    assertThat(bridge.changes()).isEqualTo(before);
    return answer;
  }
}
