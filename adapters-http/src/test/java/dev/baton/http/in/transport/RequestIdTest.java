package dev.baton.http.in.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The name of a request, in its reply and in the log. */
final class RequestIdTest extends ServerFixture {
  @ParameterizedTest
  @ValueSource(strings = {"r-1", "5b1c7f0e-8a44-4e2e-9a53-3f0c7d1e2b11", "a/b+c=~"})
  void requestId_thatIsPlain_isEchoed(String id) throws IOException {
    RawClient.Answer answer = get("/headers", "X-Request-ID: " + id + "\r\n");

    assertThat(answer.header("x-request-id")).isEqualTo(id);
    assertThat(answer.body()).contains("\"id\":\"" + id + "\"");
  }

  @Test
  void requestId_thatIsNotFit_isReplacedByUuid() throws IOException {
    for (String hostile : List.of("a".repeat(129), "\u00e9", "<script>", "a b", "a\"b")) {
      assertUuid(get("/hello", "X-Request-ID: " + hostile + "\r\n").header("x-request-id"));
    }
    assertUuid(get("/nowhere").header("x-request-id"));
  }

  /** Row 120: a line end is no part of a value, and what stands behind one is not the id. */
  @ParameterizedTest
  @ValueSource(strings = {"evil\rid", "evil\nid", "evil\r\n id", "evil\0id"})
  void requestId_withALineEnd_isRefused_andNotEchoed(String hostile) throws IOException {
    RawClient.Answer answer = get("/hello", "X-Request-ID: " + hostile + "\r\n");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers().values()).noneMatch(value -> value.contains("evil"));
    assertThat(answer.body()).doesNotContain("evil");
    assertThat(dialect.handled).hasValue(0);
  }

  @Test
  void requestId_behindWhichALineFollows_staysApart() throws IOException {
    RawClient.Answer answer = get("/hello", "X-Request-ID: a\r\nX-Evil: b\r\n");

    assertThat(answer.header("x-request-id")).isEqualTo("a");
    assertThat(answer.headers()).doesNotContainKey("x-evil");
  }

  @Test
  void requestId_isInTheLogOfEveryAnswer_whereThatIsAskedFor() throws IOException {
    try (LogLines log = LogLines.of(Call.class)) {
      get("/items/a%20b?secret=s", "X-Request-ID: r-1\r\n");
      get("/refused", "X-Request-ID: r-2\r\n");
      get("/later", "X-Request-ID: r-3\r\n");
      get("/boom", "X-Request-ID: r-4\r\n");

      await()
          .untilAsserted(
              () ->
                  assertThat(log.lines())
                      .contains(
                          "request r-1: GET /items/a%20b 200",
                          "request r-2: GET /refused 404",
                          "request r-3: GET /later 204",
                          "request r-4: GET /boom 500"));
      assertThat(log.lines()).noneMatch(line -> line.contains("secret"));
    }
  }

  private static void assertUuid(String id) {
    UUID uuid = UUID.fromString(id);
    assertThat(uuid.version()).isEqualTo(4);
    assertThat(uuid.variant()).isEqualTo(2);
  }
}
