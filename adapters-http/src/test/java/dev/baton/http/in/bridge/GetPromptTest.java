package dev.baton.http.in.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.testing.InMemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 66 to 70 of the bad inputs, and what a lease promises. */
final class GetPromptTest {
  private final Bridge bridge = new Bridge();

  @AfterEach
  void close() {
    bridge.close();
  }

  @Test
  void onePrompt_isGivenWithItsLeaseInTheHeaders() {
    bridge.put("t1", "{\"prompt\":\"a\",\"taskId\":\"t1\",\"meta\":{\"k\":1},\"dedupeKey\":\"d\"}");

    Answer answer = bridge.get("/getPrompt?leaseSeconds=60");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).contains("application/json");
    assertThat(answer.body())
        .isEqualTo("{\"taskId\":\"t1\",\"prompt\":\"a\",\"meta\":{\"k\":1},\"dedupeKey\":\"d\"}");
    assertThat(answer.header("X-Lease-Id")).contains("t1~1");
    assertThat(answer.header("X-Attempt")).contains("1");
    assertThat(answer.header("X-Lease-Expires-At")).contains("2025-01-15T10:31:00.000Z");
    assertThat(answer.header("Cache-Control")).contains("no-store");
  }

  @Test
  void leaseSecondsMissing_is120() {
    bridge.put("t1");

    assertThat(bridge.get("/getPrompt").header("X-Lease-Expires-At"))
        .contains("2025-01-15T10:32:00.000Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "leaseSeconds=0",
        "leaseSeconds=-1",
        "leaseSeconds=86401",
        "leaseSeconds=1.5",
        "leaseSeconds=abc",
        "leaseSeconds=1e3",
        "leaseSeconds=",
        "leaseSeconds",
        "leaseSeconds=9e18",
        "leaseSeconds=9000000000000000000",
        "leaseSeconds=99999999999999999999999",
        "leaseSeconds=%D9%A3",
        "leaseSeconds=%2B60",
        "leaseSeconds=+60",
        "leaseSeconds=60%20",
        "leaseSeconds=0x3C",
        "waitSeconds=-1",
        "waitSeconds=301",
        "waitSeconds=x",
        "max=0",
        "max=1001",
        "max=",
        "queue=",
        "queue=a,,b",
        "queue=a%20b",
        "queue=q1,q2,q3,q4,q5,q6,q7,q8,q9,q10,q11,q12,q13,q14,q15,q16,q17",
        "maxChars=0",
        "maxChars=2147483648",
        "maxChars=many",
        "worker=",
        "worker=a%20b"
      })
  void parameterOutOfRange_is422AndLeasesNothing(String query) {
    bridge.put("t1");
    int before = bridge.changes();

    Answer answer = bridge.get("/getPrompt?" + query);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/detail/0/loc/0").asText()).isEqualTo("query");
    assertThat(answer.json().at("/detail/0/loc/1").asText())
        .isEqualTo(query.replaceFirst("=.*", ""));
    assertThat(bridge.changes()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"leaseSeconds=1", "leaseSeconds=86400", "leaseSeconds=007"})
  void leaseSecondsAtItsBounds_areTaken(String query) {
    bridge.put("t1");

    assertThat(bridge.get("/getPrompt?" + query).status()).isEqualTo(200);
  }

  @Test
  void operatorsOwnBound_isKept() {
    BridgeSettings settings =
        new BridgeSettings(Duration.ofMinutes(10), BridgeSettings.DEFAULT.retry(), false);
    try (Bridge strict = new Bridge(new InMemoryStore(), settings)) {
      assertThat(strict.get("/getPrompt?leaseSeconds=600").status()).isEqualTo(204);
      assertThat(strict.get("/getPrompt?leaseSeconds=601").status()).isEqualTo(422);
    }
  }

  @Test
  void emptyQueue_is204WithoutBodyAndType() {
    Answer answer = bridge.get("/getPrompt");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.contentType()).isEmpty();
    assertThat(answer.header("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @CsvSource({
    "Purpose,prefetch",
    "Sec-Purpose,prefetch;prerender",
    "X-Purpose,preview",
    "X-Moz,prefetch"
  })
  void prefetch_is405AndLeasesNothing(String header, String value) {
    bridge.put("t1");

    Answer answer = bridge.answer(Bridge.getting("/getPrompt").header(header, value));

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).contains("GET");
    assertThat(bridge.status("t1")).isEqualTo("ready");
  }

  @Test
  void pageOfAnotherSite_is405AndLeasesNothing() {
    bridge.put("t1");

    assertThat(bridge.answer(Bridge.getting("/getPrompt").otherSite(() -> true)).status())
        .isEqualTo(405);
    assertThat(bridge.status("t1")).isEqualTo("ready");
  }

  @Test
  void headAndWrongMethods_haveNoRoute() {
    assertThat(bridge.dialect.routes())
        .filteredOn(route -> route.pattern().equals("/getPrompt"))
        .singleElement()
        .satisfies(
            route -> {
              assertThat(route.method()).isEqualTo("GET");
              assertThat(route.options().head()).isFalse();
            });
    assertThat(bridge.dialect.routes())
        .filteredOn(route -> route.pattern().equals("/putPrompt"))
        .singleElement()
        .satisfies(route -> assertThat(route.method()).isEqualTo("POST"));
  }

  @Test
  void order_isByPriorityThenDeadlineThenArrival() {
    bridge.put("first");
    bridge.put("second");
    bridge.put(
        "due", "{\"prompt\":\"a\",\"taskId\":\"due\",\"deadline\":\"2025-01-15T10:31:00Z\"}");
    bridge.put("urgent", "{\"prompt\":\"a\",\"taskId\":\"urgent\",\"priority\":\"urgent\"}");
    bridge.put("low", "{\"prompt\":\"a\",\"taskId\":\"low\",\"priority\":\"low\"}");

    List<String> order = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      order.add(bridge.get("/getPrompt").text("taskId"));
    }

    assertThat(order).containsExactly("urgent", "due", "first", "second", "low");
  }

  @Test
  void whileLeased_goesToNobodyElseAndAfterwardsToTheNext() {
    bridge.put("t1");
    bridge.get("/getPrompt?leaseSeconds=60");

    assertThat(bridge.get("/getPrompt").status()).isEqualTo(204);
    bridge.advance(Duration.ofSeconds(60));
    Answer again = bridge.get("/getPrompt");

    assertThat(again.header("X-Attempt")).contains("2");
    assertThat(again.header("X-Lease-Id")).contains("t1~2");
    assertThat(bridge.baton.insight().counters().expired()).isEqualTo(1);
  }

  @Test
  void unansweredForEver_isHandedOutForEver() {
    bridge.put("t1");

    for (int attempt = 1; attempt <= 20; attempt++) {
      assertThat(bridge.get("/getPrompt?leaseSeconds=1").header("X-Attempt"))
          .contains(Integer.toString(attempt));
      bridge.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void maxAttemptsOfItsOwn_endsAmongTheDead() {
    bridge.put("t1", "{\"prompt\":\"a\",\"taskId\":\"t1\",\"maxAttempts\":1}");
    bridge.get("/getPrompt?leaseSeconds=1");

    bridge.advance(Duration.ofSeconds(1));

    Answer answer = bridge.get("/getResponse?taskId=t1");
    assertThat(answer.text("status")).isEqualTo("dead");
    assertThat(answer.json().at("/error/code").asText()).isEqualTo("ATTEMPTS_EXHAUSTED");
  }

  @Test
  void delayedPrompt_isHeldUntilItsTime() {
    bridge.put("t1", "{\"prompt\":\"a\",\"taskId\":\"t1\",\"delaySeconds\":30}");
    bridge.put(
        "t2", "{\"prompt\":\"a\",\"taskId\":\"t2\",\"startAt\":\"2025-01-15T11:31:00+01:00\"}");

    assertThat(bridge.get("/getPrompt").status()).isEqualTo(204);
    assertThat(bridge.status("t1")).isEqualTo("held");
    bridge.advance(Duration.ofSeconds(30));
    assertThat(bridge.get("/getPrompt").text("taskId")).isEqualTo("t1");
    bridge.advance(Duration.ofSeconds(30));
    assertThat(bridge.get("/getPrompt").text("taskId")).isEqualTo("t2");
  }

  @Test
  void queues_areIntegrationAndDefaultUnlessNamed() {
    bridge.put("other", "{\"prompt\":\"a\",\"taskId\":\"other\",\"queue\":\"gpu\"}");
    bridge.put("default", "{\"prompt\":\"a\",\"taskId\":\"default\",\"queue\":\"default\"}");

    assertThat(bridge.get("/getPrompt").text("taskId")).isEqualTo("default");
    assertThat(bridge.get("/getPrompt").status()).isEqualTo(204);
    assertThat(bridge.get("/getPrompt?queue=cpu,gpu,gpu").text("taskId")).isEqualTo("other");
  }

  @Test
  void several_areAListWithTheirLeases() {
    bridge.put("t1");
    bridge.put("t2");

    Answer answer = bridge.get("/getPrompt?max=5&leaseSeconds=60");

    assertThat(answer.json().path("prompts").findValuesAsText("taskId"))
        .containsExactly("t1", "t2");
    assertThat(answer.json().at("/prompts/1"))
        .isEqualTo(
            Answer.parse(
                "{\"taskId\":\"t2\",\"prompt\":\"What is t2?\",\"meta\":{},\"dedupeKey\":\""
                    + answer.json().at("/prompts/1/dedupeKey").asText()
                    + "\",\"leaseId\":\"t2~1\",\"attempt\":1,"
                    + "\"leaseExpiresAt\":\"2025-01-15T10:31:00.000Z\"}"));
    assertThat(bridge.get("/getPrompt?max=5").status()).isEqualTo(204);
  }

  @Test
  void longerThanTheWorkerCanTake_staysUncountedAndInItsPlaceForOthers() {
    bridge.put("long", "{\"prompt\":\"" + "x".repeat(100_001) + "\",\"taskId\":\"long\"}");
    bridge.put("fits", "{\"prompt\":\"" + "y".repeat(100_000) + "\",\"taskId\":\"fits\"}");

    assertThat(bridge.get("/getPrompt?maxChars=99999").status()).isEqualTo(204);
    assertThat(bridge.get("/getPrompt?maxChars=100000").text("taskId")).isEqualTo("fits");
    assertThat(bridge.get("/getPrompt?maxChars=100000").status()).isEqualTo(204);
    Answer taken = bridge.get("/getPrompt");
    assertThat(taken.text("taskId")).isEqualTo("long");
    assertThat(taken.header("X-Attempt")).contains("1");
  }

  @Test
  void severalOfALength_areThoseThatAreShortEnough() {
    for (String text : List.of("a", "abcd", "abc", "abcde", "b")) {
      bridge.post("/putPrompt", "{\"prompt\":\"" + text + "\"}");
    }

    assertThat(bridge.get("/getPrompt?max=2&maxChars=3").json().path("prompts"))
        .extracting(prompt -> prompt.path("prompt").asText())
        .containsExactly("a", "abc");
    assertThat(bridge.get("/getPrompt?max=9").json().path("prompts"))
        .extracting(prompt -> prompt.path("prompt").asText())
        .containsExactly("abcd", "abcde", "b");
  }

  @Test
  void severalLargeOnes_comeAsFarAsOneReplyCanHoldThem() {
    String mebibyte = "x".repeat((1 << 20) - 2);
    for (int i = 10; i < 22; i++) {
      bridge.post("/putPrompt", "{\"prompt\":\"" + mebibyte + i + "\"}");
    }

    int first = bridge.get("/getPrompt?max=1000").json().path("prompts").size();
    int second = bridge.get("/getPrompt?max=1000").json().path("prompts").size();

    assertThat(first).isEqualTo(8);
    assertThat(second).isEqualTo(4);
  }
}
