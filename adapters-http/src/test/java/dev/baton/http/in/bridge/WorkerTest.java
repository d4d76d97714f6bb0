package dev.baton.http.in.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker may do with its lease beside answering. */
final class WorkerTest {
  private final Bridge bridge = new Bridge();

  @AfterEach
  void close() {
    bridge.close();
  }

  @Test
  void extended_lastsFromNowOnAndShowsProgress() {
    bridge.put("t1");
    String lease = bridge.lease();
    bridge.advance(Duration.ofSeconds(30));

    Answer answer =
        bridge.post(
            "/extendLease",
            "{\"leaseId\":\""
                + lease
                + "\",\"leaseSeconds\":60,\"progress\":{\"percent\":40,"
                + "\"note\":\"halfway\"}}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"ok\":true,\"leaseExpiresAt\":\"2025-01-15T10:31:30.000Z\"}");
    bridge.advance(Duration.ofSeconds(59));
    assertThat(bridge.get("/getTask?taskId=t1").json().path("progress"))
        .isEqualTo(Answer.parse("{\"percent\":40,\"note\":\"halfway\"}"));
    assertThat(bridge.status("t1")).isEqualTo("leased");
  }

  @Test
  void extendedWithoutALength_lasts120SecondsAndNeverLess() {
    bridge.put("t1");
    String lease = bridge.lease();

    assertThat(bridge.post("/extendLease", lease(lease)).text("leaseExpiresAt"))
        .isEqualTo("2025-01-15T10:32:00.000Z");
    assertThat(
            bridge
                .post("/extendLease", "{\"leaseId\":\"" + lease + "\",\"leaseSeconds\":1}")
                .text("leaseExpiresAt"))
        .isEqualTo("2025-01-15T10:32:00.000Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"leaseSeconds\":0",
        "\"leaseSeconds\":86401",
        "\"leaseSeconds\":1.5",
        "\"leaseSeconds\":\"60\"",
        "\"progress\":5",
        "\"progress\":{}",
        "\"progress\":{\"percent\":101}",
        "\"progress\":{\"percent\":-1}",
        "\"progress\":{\"percent\":1,\"note\":5}"
      })
  void extensionOutOfRange_is422(String member) {
    bridge.put("t1");
    String lease = bridge.lease();

    assertThat(
            bridge.post("/extendLease", "{\"leaseId\":\"" + lease + "\"," + member + "}").status())
        .isEqualTo(422);
  }

  @Test
  void released_isReadyAtOnceAndUncounted() {
    bridge.put("t1");
    String lease = bridge.lease();

    Answer answer = bridge.post("/releasePrompt", lease(lease));

    assertThat(answer.body()).isEqualTo("{\"ok\":true}");
    assertThat(answer.isReplay()).isFalse();
    assertThat(bridge.get("/getPrompt").header("X-Attempt")).contains("1");
    Answer again = bridge.post("/releasePrompt", lease(lease));
    assertThat(again.body()).isEqualTo("{\"ok\":true}");
    assertThat(again.isReplay()).isTrue();
  }

  @Test
  void releasedWithADelay_restsForSoLong() {
    bridge.put("t1");
    String lease = bridge.lease();

    bridge.post("/releasePrompt", "{\"leaseId\":\"" + lease + "\",\"delaySeconds\":30}");

    bridge.advance(Duration.ofSeconds(29));
    assertThat(bridge.get("/getPrompt").status()).isEqualTo(204);
    bridge.advance(Duration.ofSeconds(1));
    assertThat(bridge.get("/getPrompt").status()).isEqualTo(200);
  }

  @Test
  void failedForNow_isTriedAgainAfterTheRestAsked() {
    bridge.put("t1");
    String lease = bridge.lease();

    Answer answer =
        bridge.post(
            "/failPrompt",
            "{\"leaseId\":\""
                + lease
                + "\",\"error\":{\"code\":\"BUSY\",\"message\":\"later\"},"
                + "\"retryAfterSeconds\":10}");

    assertThat(answer.body()).isEqualTo("{\"ok\":true}");
    assertThat(bridge.get("/getPrompt").status()).isEqualTo(204);
    bridge.advance(Duration.ofSeconds(10));
    assertThat(bridge.get("/getPrompt").header("X-Attempt")).contains("2");
    assertThat(bridge.get("/getTask?taskId=t1").json().at("/history/0/error"))
        .isEqualTo(Answer.parse("{\"code\":\"BUSY\",\"message\":\"later\"}"));
  }

  @Test
  void failedForGood_isDeadUntilRedriven() {
    bridge.put("t1");
    String lease = bridge.lease();

    bridge.post("/failPrompt", "{\"leaseId\":\"" + lease + "\",\"retryable\":false}");

    Answer dead = bridge.get("/getResponse?taskId=t1");
    assertThat(dead.text("status")).isEqualTo("dead");
    assertThat(dead.json().at("/error/code").asText()).isEqualTo("WORKER_FAILED");
    assertThat(bridge.post("/redriveTask", "{\"taskId\":\"t1\"}").body())
        .isEqualTo("{\"taskId\":\"t1\",\"status\":\"ready\"}");
    assertThat(bridge.get("/getPrompt").header("X-Attempt")).contains("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/failPrompt | \"error\":\"broken\"",
        "/failPrompt | \"error\":{\"code\":5}",
        "/failPrompt | \"retryable\":\"no\"",
        "/failPrompt | \"retryAfterSeconds\":-1",
        "/failPrompt | \"retryAfterSeconds\":2592001",
        "/releasePrompt | \"delaySeconds\":-1",
        "/releasePrompt | \"delaySeconds\":2592001",
        "/releasePrompt | \"delaySeconds\":\"5\"",
        "/appendChunks | \"chunks\":[]",
        "/appendChunks | \"chunks\":\"a\"",
        "/appendChunks | \"chunks\":[\"a\",5]",
        "/appendChunks | \"chunks\":[\"a\"],\"from\":0",
        "/appendChunks | \"chunks\":[\"a\"],\"from\":3",
        "/appendChunks | \"chunks\":[\"a\"],\"from\":100001",
      })
  void memberOutOfRange_is422AndTheLeaseStays(String path, String member) {
    bridge.put("t1");
    String lease = bridge.lease();
    int before = bridge.changes();

    assertThat(bridge.post(path, "{\"leaseId\":\"" + lease + "\"," + member + "}").status())
        .isEqualTo(422);

    assertThat(bridge.changes()).isEqualTo(before);
    assertThat(bridge.status("t1")).isEqualTo("leased");
  }

  @Test
  void chunks_areNumberedAndRepeatedOnesAddNothing() {
    bridge.put("t1");
    String lease = bridge.lease();

    Answer first = append(lease, "\"chunks\":[\"Bon\",\"jour\"]");
    Answer repeated = append(lease, "\"from\":2,\"chunks\":[\"jour\",\" 😀\"]");

    assertThat(first.body()).isEqualTo("{\"ok\":true,\"last\":2}");
    assertThat(repeated.body()).isEqualTo("{\"ok\":true,\"last\":3}");
    assertThat(bridge.get("/getChunks?taskId=t1").body())
        .isEqualTo(
            "{\"taskId\":\"t1\",\"status\":\"leased\",\"chunks\":["
                + "{\"token\":1,\"number\":1,\"text\":\"Bon\"},"
                + "{\"token\":1,\"number\":2,\"text\":\"jour\"},"
                + "{\"token\":1,\"number\":3,\"text\":\" 😀\"}]}");
    assertThat(bridge.get("/getChunks?taskId=t1&after=1&max=1").json().path("chunks"))
        .isEqualTo(Answer.parse("[{\"token\":1,\"number\":2,\"text\":\"jour\"}]"));
  }

  @Test
  void chunkOf16KibiUnits_isTakenAndOneMoreIs422() {
    bridge.put("t1");
    String lease = bridge.lease();
    String largest = "x".repeat(16 << 10);

    assertThat(append(lease, "\"chunks\":[\"" + largest + "\"]").status()).isEqualTo(200);
    Answer refused = append(lease, "\"chunks\":[\"a\",\"x" + largest + "\"]");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/detail/0/loc"))
        .isEqualTo(Answer.parse("[\"body\",\"chunks\",1]"));
  }

  @Test
  void aThousandChunks_areTakenAndOneMoreIs422() {
    bridge.put("t1");
    String lease = bridge.lease();
    String thousand = "\"a\"" + ",\"a\"".repeat(999);

    assertThat(append(lease, "\"chunks\":[" + thousand + "]").text("last")).isEqualTo("1000");
    assertThat(append(lease, "\"chunks\":[\"a\"," + thousand + "]").status()).isEqualTo(422);
  }

  @Test
  void chunksOfALaterAttempt_comeInsteadFromTheFirstOn() {
    bridge.put("t1");
    append(bridge.lease(), "\"chunks\":[\"old\",\"older\"]");
    bridge.advance(Duration.ofSeconds(60));

    append(bridge.lease(), "\"chunks\":[\"new\"]");

    assertThat(bridge.get("/getChunks?taskId=t1&token=1&after=2").json().path("chunks"))
        .isEqualTo(Answer.parse("[{\"token\":2,\"number\":1,\"text\":\"new\"}]"));
  }

  static Stream<String> leasePaths() {
    return Stream.of("/extendLease", "/releasePrompt", "/failPrompt", "/appendChunks");
  }

  @ParameterizedTest
  @MethodSource("leasePaths")
  void leaseOvertaken_is409(String path) {
    bridge.put("t1");
    String stale = bridge.lease();
    bridge.advance(Duration.ofSeconds(60));
    bridge.lease();
    int before = bridge.changes();

    Answer answer = bridge.post(path, body(stale));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.header("X-Error-Code")).contains("LEASE_LOST");
    assertThat(bridge.changes()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("leasePaths")
  void taskCancelled_is409AndSaysSo(String path) {
    bridge.put("t1");
    String lease = bridge.lease();
    bridge.post("/cancelTask", "{\"taskId\":\"t1\"}");

    Answer answer = bridge.post(path, body(lease));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.header("X-Error-Code")).contains("TASK_CANCELLED");
  }

  @ParameterizedTest
  @MethodSource("leasePaths")
  void leaseOfNoTask_is404AndNoLeaseIs422(String path) {
    assertThat(bridge.post(path, body("absent~1")).status()).isEqualTo(404);
    assertThat(bridge.post(path, body("absent")).status()).isEqualTo(422);
    assertThat(bridge.post(path, body("")).status()).isEqualTo(422);
  }

  private Answer append(String lease, String members) {
    return bridge.post("/appendChunks", "{\"leaseId\":\"" + lease + "\"," + members + "}");
  }

  private static String lease(String lease) {
    return "{\"leaseId\":\"" + lease + "\"}";
  }

  /** Names the lease, with all that any of the paths requires. */
  private static String body(String lease) {
    return "{\"leaseId\":\"" + lease + "\",\"chunks\":[\"a\"]}";
  }
}
