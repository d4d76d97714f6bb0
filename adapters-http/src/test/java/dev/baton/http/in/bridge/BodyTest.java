package dev.baton.http.in.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.access.TenantId;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 40 to 56 of the bad inputs as this dialect answers them; nothing is stored by any. */
final class BodyTest {
  private final Bridge bridge = new Bridge();

  @AfterEach
  void close() {
    bridge.close();
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain,415",
    "text/plain;charset=utf-8,415",
    "application/xml,415",
    "multipart/form-data; boundary=x,415",
    "application/json; charset=utf-16,415",
    "application/jsonp,415",
    "application/x-www-form-urlencoded,422",
    "application/x-www-form-urlencoded; charset=utf-8,422",
  })
  void otherContentType_isRefusedAlsoWhereTheBodyIsJson(String type, int status) {
    assertThat(
            refused(
                    Request.builder("POST", "/putPrompt", TenantId.DEFAULT)
                        .header("Content-Type", type)
                        .body(Bridge.utf8("{\"prompt\":\"a\"}")))
                .status())
        .isEqualTo(status);
  }

  @Test
  void noContentType_is422() {
    Answer answer =
        refused(
            Request.builder("POST", "/putPrompt", TenantId.DEFAULT)
                .body(Bridge.utf8("{\"prompt\":\"a\"}")));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/detail/0/loc")).isEqualTo(Answer.parse("[\"body\"]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "APPLICATION/JSON;charset=\"UTF-8\"",
        "application/vnd.api+json"
      })
  void json_isTaken(String type) {
    Request.Builder request =
        Request.builder("POST", "/putPrompt", TenantId.DEFAULT)
            .header("Content-Type", type)
            .body(Bridge.utf8("{\"prompt\":\"a\"}"));

    assertThat(bridge.answer(request).status()).isEqualTo(200);
  }

  static Stream<String> malformed() {
    return Stream.of(
        "",
        " ",
        "{",
        "{\"prompt\":\"a\"",
        "{\"prompt\":\"a\",}",
        "{\"prompt\":\"a\"/*x*/}",
        "{'prompt':'a'}",
        "{prompt:\"a\"}",
        "{\"prompt\":\"a\",\"meta\":{\"x\":NaN}}",
        "{\"prompt\":\"a\",\"meta\":{\"x\":Infinity}}",
        "{\"prompt\":\"a\",\"meta\":{\"x\":01}}",
        "{\"prompt\":\"a\"}{}",
        "{\"prompt\":\"a\"} x",
        "{\"prompt\":\"a\",\"prompt\":\"b\"}",
        "{\"prompt\":\"a\",\"meta\":{\"k\":1,\"k\":2}}",
        "{\"prompt\":\"a\",\"meta\":" + "{\"k\":".repeat(100) + "1" + "}".repeat(100) + "}",
        "[".repeat(100_000),
        "{\"prompt\":\"a\",\"meta\":{\"x\":" + "1".repeat(10_000) + "}}",
        "{\"prompt\":\"a\",\"meta\":{\"x\":1e999999999}}",
        "{\"prompt\":\"a\",\"" + "n".repeat(100_000) + "\":1}",
        "{\"prompt\":\"a\",\"meta\":{" + members(10_001) + "}}",
        "{\"prompt\":\"\\ud800\"}",
        "{\"prompt\":\"\\udc00\\ud800\"}",
        "{\"prompt\":\"a\",\"meta\":{\"k\":\"\\ud800x\"}}",
        "{\"prompt\":\"a\\x\"}",
        "{\"prompt\":\"a\nb\"}");
  }

  private static String members(int count) {
    StringBuilder members = new StringBuilder("\"m0\":0");
    for (int i = 1; i < count; i++) {
      members.append(",\"m").append(i).append("\":0");
    }
    return members.toString();
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatIsNoStrictJson_is422(String body) {
    Answer answer = refused(Request.builder("POST", "/putPrompt", TenantId.DEFAULT).json(body));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/detail/0/loc/0").asText()).isEqualTo("body");
    assertThat(answer.body().length()).isLessThan(4096);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "\"x\"", "1", "true"})
  void topLevelThatIsNoObject_is422(String body) {
    assertThat(refused(Request.builder("POST", "/putPrompt", TenantId.DEFAULT).json(body)).status())
        .isEqualTo(422);
  }

  @Test
  void textThatIsNoUtf8_is422() {
    for (byte[] bad :
        List.of(
            new byte[] {(byte) 0xff},
            new byte[] {(byte) 0xc0, (byte) 0xaf},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80})) {
      byte[] body =
          ("{\"prompt\":\"" + new String(bad, StandardCharsets.ISO_8859_1) + "\"}")
              .getBytes(StandardCharsets.ISO_8859_1);

      assertThat(
              refused(
                      Request.builder("POST", "/putPrompt", TenantId.DEFAULT)
                          .header("Content-Type", "application/json")
                          .body(body))
                  .status())
          .isEqualTo(422);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt\":\"a\\u0000\"}",
        "{\"prompt\":\"a\",\"meta\":{\"k\":\"\\u0000\"}}",
        "{\"prompt\":\"a\",\"meta\":{\"\\u0000\":1}}",
        "{\"prompt\":\"a\",\"dedupeKey\":\"\\u0000\"}"
      })
  void nulInAnyText_is422(String body) {
    assertThat(refused(Request.builder("POST", "/putPrompt", TenantId.DEFAULT).json(body)).status())
        .isEqualTo(422);
  }

  @Test
  void byteOrderMark_isPassedOver() {
    Answer answer = bridge.post("/putPrompt", "\uFEFF{\"meta\":{\"k\":\"é\"},\"prompt\":\"a\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(bridge.get("/getPrompt").body()).contains("\"meta\":{\"k\":\"é\"}");
  }

  @Test
  void keysThatOtherLanguagesMisread_arePlainData() {
    String meta =
        "{\"__proto__\":{\"x\":1},\"constructor\":2,\"@class\":\"java.lang.Runtime\","
            + "\"@type\":\"x\"}";
    bridge.post("/putPrompt", "{\"prompt\":\"a\",\"meta\":" + meta + "}");

    assertThat(bridge.get("/getPrompt").body()).contains(meta);
  }

  static Stream<String> postedPaths() {
    try (Bridge bridge = new Bridge()) {
      return bridge.dialect.routes().stream()
          .filter(route -> route.method().equals("POST"))
          .map(Route::pattern);
    }
  }

  @ParameterizedTest
  @MethodSource("postedPaths")
  void everyPostedRoute_refusesWhatItCannotRead(String path) {
    assertThat(refused(Request.builder("POST", path, TenantId.DEFAULT).json("{}")).status())
        .isEqualTo(422);
    assertThat(
            refused(
                    Request.builder("POST", path, TenantId.DEFAULT)
                        .json("{\"taskId\":5,\"leaseId\":5}"))
                .status())
        .isEqualTo(422);
    assertThat(refused(Request.builder("POST", path, TenantId.DEFAULT).json("[]")).status())
        .isEqualTo(422);
    assertThat(refused(Request.builder("POST", path, TenantId.DEFAULT).json("")).status())
        .isEqualTo(422);
    assertThat(
            refused(
                    Request.builder("POST", path, TenantId.DEFAULT)
                        .header("Content-Type", "text/plain"))
                .status())
        .isEqualTo(415);
  }

  private Answer refused(Request.Builder request) {
    int before = bridge.changes();
    Answer answer = bridge.answer(request);
    assertThat(bridge.changes()).isEqualTo(before);
    assertThat(bridge.tasks()).isZero();
    return answer;
  }
}
