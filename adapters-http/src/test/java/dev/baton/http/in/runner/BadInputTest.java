package dev.baton.http.in.runner;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.http.in.api.Request;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every bad body and every bad value: refused with its code, in a small body that shows nothing of
 * the inside, and nothing is stored. The numbers are those of the table of bad input.
 */
final class BadInputTest {
  private final Runner runner = new Runner();

  @AfterEach
  void close() {
    runner.close();
  }

  private void assertRefused(Request.Builder request, int status, String code) {
    runner.assertRefused(request, status, code);
  }

  private Request.Builder posting(String json) {
    return runner.request("POST", "/tasks").json(json);
  }

  private Request.Builder posting(byte[] body) {
    return posting("").body(body);
  }

  @ParameterizedTest(name = "40-41: {0}")
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16"
      })
  void mediaType_thatIsNotJson(String type) {
    assertRefused(
        posting("{\"prompt\":\"p\"}").header("Content-Type", type), 415, "UNSUPPORTED_MEDIA_TYPE");
  }

  static Stream<String> noJson() {
    return Stream.of(
        "", // 42
        "{", // 43
        "{\"prompt\":\"p\",}",
        "{\"prompt\":\"p\"/* c */}",
        "{'prompt':'p'}",
        "{\"temperature\":NaN}",
        "{\"temperature\":Infinity}",
        "{}{}", // 44
        "{\"prompt\":\"p\"} x",
        "{\"prompt\":\"a\",\"prompt\":\"b\"}", // 46
        "{\"metadata\":" + "{\"a\":".repeat(101) + "1" + "}".repeat(101) + "}", // 47
        "[".repeat(100_000),
        "{\"metadata\":{\"n\":" + "9".repeat(10_000) + "}}", // 48
        "{\"metadata\":{\"n\":1e999999999}}",
        "{\"" + "n".repeat(100_000) + "\":1}", // 49
        "{\"metadata\":" + members(10_001) + "}",
        "{\"prompt\":\"\\ud800\"}"); // 50
  }

  private static String members(int count) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "" : ",").append("\"m").append(i).append("\":1");
    }
    return json.append('}').toString();
  }

  @ParameterizedTest
  @MethodSource("noJson")
  void body_thatIsNoStrictJson_42to50(String body) {
    assertRefused(posting(body), 400, "MALFORMED_JSON");
  }

  @Test
  void body_thatIsNotUtf8_50() {
    assertRefused(posting("{\"prompt\":\"é\"}".getBytes(ISO_8859_1)), 400, "MALFORMED_JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "\"x\"", "1", "true"})
  void body_thatIsNoObject_45(String body) {
    assertRefused(posting(body), 400, "VALIDATION_ERROR");
  }

  @Test
  void body_withAByteOrderMark_isTaken_51() {
    assertThat(runner.post("/tasks", "\ufeff{\"prompt\":\"p\"}").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt\":\"a\\u0000b\"}",
        "{\"prompt\":\"p\",\"metadata\":{\"a\":\"\\u0000\"}}",
        "{\"prompt\":\"p\",\"metadata\":{\"\\u0000\":1}}"
      })
  void nul_inAnyText_52(String body) {
    assertRefused(posting(body), 400, "VALIDATION_ERROR");
  }

  @Test
  void unknownMember_isIgnoredAndNamed_orRefusedWhenStrict_53() {
    String json = "{\"prompt\":\"p\",\"promt\":\"q\"}";

    assertThat(runner.answer(posting(json)).header("X-Ignored-Members")).contains("/promt");
    assertRefused(posting(json).header("Prefer", "handling=strict"), 400, "VALIDATION_ERROR");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // 54
        "{`prompt`:5}|/prompt",
        "{`prompt`:`p`,`metadata`:`x`}|/metadata",
        "{`prompt`:`p`,`metadata`:[]}|/metadata",
        "{`prompt`:`p`,`autoExecute`:`true`}|/autoExecute",
        "{`prompt`:`p`,`model`:7}|/model",
        // 57, 80
        "{}|/prompt",
        "{`prompt`:null}|/prompt",
        "{`prompt`:` `}|/prompt",
        "{`prompt`:``}|/prompt",
        // 81
        "{`messages`:[]}|/messages",
        "{`messages`:{}}|/messages",
        "{`messages`:[1]}|/messages/0",
        "{`messages`:[{`role`:`hacker`,`content`:`x`}]}|/messages/0/role",
        "{`messages`:[{`content`:`x`}]}|/messages/0/role",
        "{`messages`:[{`role`:`user`,`content`:`x`},{`role`:`user`,`content`:null}]}|/messages/1/content",
        "{`messages`:[{`role`:`user`}]}|/messages/0/content",
        "{`messages`:[{`role`:`user`,`content`:[]}]}|/messages/0/content",
        "{`messages`:[{`role`:`user`,`content`:[{`text`:`x`}]}]}|/messages/0/content",
        // 82
        "{`prompt`:`p`,`temperature`:-0.1}|/temperature",
        "{`prompt`:`p`,`temperature`:2.1}|/temperature",
        "{`prompt`:`p`,`temperature`:`0.7`}|/temperature",
        // 83
        "{`prompt`:`p`,`maxTokens`:0}|/maxTokens",
        "{`prompt`:`p`,`maxTokens`:-1}|/maxTokens",
        "{`prompt`:`p`,`maxTokens`:1.5}|/maxTokens",
        "{`prompt`:`p`,`maxTokens`:2147483648}|/maxTokens",
        "{`prompt`:`p`,`maxTokens`:99999999999999999999}|/maxTokens",
        // 86
        "{`prompt`:`p`,`metadata`:{`priority`:`banana`}}|/metadata/priority",
        "{`prompt`:`p`,`metadata`:{`priority`:5}}|/metadata/priority",
        "{`prompt`:`p`,`priority`:`banana`}|/priority",
        // 102
        "{`prompt`:`p`,`id`:`con`}|/id",
        "{`prompt`:`p`,`id`:`..`}|/id",
        "{`prompt`:`p`,`id`:`a b`}|/id",
        "{`prompt`:`p`,`id`:`a/b`}|/id",
        "{`prompt`:`p`,`id`:``}|/id",
        // beside the table
        "{`prompt`:`p`,`queue`:`a b`}|/queue",
        "{`prompt`:`p`,`maxAttempts`:0}|/maxAttempts",
        "{`prompt`:`p`,`startAt`:`tomorrow`}|/startAt",
        "{`prompt`:`p`,`idempotencyKey`:``}|/idempotencyKey",
        "{`prompt`:`p`,`startAt`:`2030-01-02T00:00:00Z`,`deadline`:`2030-01-01T00:00:00Z`}|/deadline"
      })
  void value_thatIsWrong(String backticked, String pointer) {
    String json = backticked.replace('`', '"');

    assertRefused(posting(json), 400, "VALIDATION_ERROR");
    assertThat(runner.answer(posting(json)).pointer()).isEqualTo(pointer);
  }

  @Test
  void tooManyMessages_81_andLongIds_102() {
    String turn = "{\"role\":\"user\",\"content\":\"x\"}";
    assertRefused(
        posting("{\"messages\":[" + (turn + ",").repeat(1_000) + turn + "]}"),
        400,
        "VALIDATION_ERROR");
    assertRefused(
        posting("{\"prompt\":\"p\",\"id\":\"" + "a".repeat(129) + "\"}"), 400, "VALIDATION_ERROR");
  }

  @Test
  void model_thatNoneCanBe_85() {
    assertRefused(
        posting("{\"prompt\":\"p\",\"model\":\"gpt-4'; DROP TABLE t;--\"}"),
        400,
        "MODEL_NOT_SUPPORTED");
  }

  @Test
  void prompt_beyond1MiB_isTooLarge() {
    assertRefused(
        posting("{\"prompt\":\"" + "a".repeat((1 << 20) + 1) + "\"}"), 413, "PAYLOAD_TOO_LARGE");
  }

  @Test
  void batch_thatIsUnknownOrSomebodyElses_87_88() {
    assertRefused(posting("{\"prompt\":\"p\",\"batchId\":\"none\"}"), 404, "BATCH_NOT_FOUND");
    assertRefused(posting("{\"prompt\":\"p\",\"batchId\":\"a b\"}"), 404, "BATCH_NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/tasks/none",
    "GET,/tasks/a b",
    "GET,/tasks/none/executions",
    "DELETE,/tasks/none",
    "POST,/tasks/none/execute",
    "POST,/tasks/none/cancel"
  })
  void task_thatIsUnknown_89_95(String method, String path) {
    assertRefused(runner.request(method, path), 404, "TASK_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id",
        "status",
        "result",
        "createdAt",
        "owner",
        "completedAt",
        "batchId",
        "attempts",
        "tenant",
        "queue",
        "error"
      })
  void member_thatCantBeChanged_90(String name) {
    runner.post("/tasks", "{\"id\":\"a\",\"prompt\":\"p\"}");

    for (String value : new String[] {"\"x\"", "null", "{}", "1"}) {
      Request.Builder patch =
          runner.request("PATCH", "/tasks/a").json("{\"" + name + "\":" + value + "}");
      assertRefused(patch, 400, "IMMUTABLE_FIELD");
      assertThat(runner.answer(patch).pointer()).isEqualTo("/" + name);
    }
  }

  @Test
  void patch_withAWrongValue_isRefused() {
    runner.post("/tasks", "{\"id\":\"a\",\"prompt\":\"p\"}");

    for (String json :
        new String[] {
          "{\"prompt\":\" \"}",
          "{\"temperature\":3}",
          "{\"messages\":[]}",
          "{\"metadata\":{\"priority\":\"banana\"}}",
          "{\"metadata\":5}"
        }) {
      assertRefused(runner.request("PATCH", "/tasks/a").json(json), 400, "VALIDATION_ERROR");
    }
  }

  @Test
  void task_thatRunsOrIsOver_cantBeChanged_91_96() {
    runner.post("/tasks", "{\"id\":\"a\",\"prompt\":\"p\"}");
    LeasedTask leased = runner.lease();
    Request.Builder patch = runner.request("PATCH", "/tasks/a").json("{\"prompt\":\"q\"}");
    assertRefused(patch, 409, "TASK_NOT_EDITABLE");
    runner.complete(leased, Completion.of("answer"));

    assertRefused(patch, 409, "TASK_NOT_EDITABLE");
    assertRefused(runner.request("POST", "/tasks/a/execute"), 409, "INVALID_STATE");
    assertRefused(runner.request("POST", "/tasks/a/cancel"), 409, "INVALID_STATE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // 98, 100, 101
        "page=0",
        "page=-1",
        "page=abc",
        "limit=0",
        "limit=101",
        "limit=-1",
        "sort=createdAt;drop",
        "sort=password",
        "order=sideways",
        "status=done",
        "createdAfter=yesterday",
        "createdBefore=2025-13-01T00:00:00Z",
        "createdAfter=2025-01-02T00:00:00Z&createdBefore=2025-01-01T00:00:00Z",
        "batchId=a%20b"
      })
  void query_thatIsWrong(String query) {
    assertRefused(runner.request("GET", "/tasks?" + query), 400, "VALIDATION_ERROR");
    JsonNode fields =
        runner.answer(runner.request("GET", "/tasks?" + query)).json().at("/error/details/fields");
    assertThat(fields.path(0).path("parameter").asText()).isNotEmpty();
  }

  @Test
  void query_givenTwice_isRefused() {
    assertRefused(runner.request("GET", "/tasks?page=1&page=2"), 400, "DUPLICATE_PARAMETER");
  }

  @ParameterizedTest
  @CsvSource({
    "/metrics/tasks?period=century,400,VALIDATION_ERROR",
    "/metrics/tasks?status=done,400,VALIDATION_ERROR",
    "/status/services/unknown,404,SERVICE_NOT_FOUND"
  })
  void metricsAndStatus_119(String path, int status, String code) {
    assertRefused(runner.request("GET", path), status, code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt\":\"\u202eabc\u200b e\u0301 \ud83d\udc69\u200d\ud83d\udcbb \ud842\udfb7\"}",
        "{\"prompt\":\"p\",\"metadata\":{\"__proto__\":1,\"constructor\":{\"@class\":\"x\"},\"@type\":\"y\"}}"
      })
  void textOfAnyKind_comesBackAsItWas_55_56(String json) {
    JsonNode sent = Answer.parse(json);

    String id = runner.post("/tasks", json).data("id");

    JsonNode kept = runner.get("/tasks/" + id).data();
    assertThat(kept.path("prompt").asText()).isEqualTo(sent.path("prompt").asText());
    if (sent.has("metadata")) {
      assertThat(kept.path("metadata")).isEqualTo(sent.path("metadata"));
    }
  }
}
