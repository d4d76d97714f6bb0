package dev.baton.http.in.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 57 to 65 of the bad inputs, and what a put promises when all is well. */
final class PutPromptTest {
  private final Bridge bridge = new Bridge();

  @AfterEach
  void close() {
    bridge.close();
  }

  @Test
  void onlyAPrompt_isStoredUnderAUuidAndAHashOfIt() {
    Answer answer = bridge.post("/putPrompt", "{\"prompt\":\"Hello?\"}");

    assertThat(answer.status()).isEqualTo(200);
    String id = answer.text("taskId");
    assertThat(UUID.fromString(id)).hasToString(id);
    assertThat(answer.text("dedupeKey"))
        .isEqualTo(Hashing.sha256().hashString(id, StandardCharsets.UTF_8).toString());
    assertThat(answer.isReplay()).isFalse();
    assertThat(answer.json().size()).isEqualTo(2);
  }

  @Test
  void samePromptTwiceWithoutAKey_isTwoTasks() {
    String first = bridge.post("/putPrompt", "{\"prompt\":\"Hello?\"}").text("taskId");

    String second = bridge.post("/putPrompt", "{\"prompt\":\"Hello?\"}").text("taskId");

    assertThat(second).isNotEqualTo(first);
    assertThat(bridge.tasks()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"prompt\":null}", "{\"prompt\":5}", "{\"prompt\":[\"a\"]}"})
  void promptMissingOrNoText_is422WithItsPlace(String json) {
    Answer answer = refusedPut(json);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/detail/0/loc")).isEqualTo(Answer.parse("[\"body\",\"prompt\"]"));
    assertThat(answer.json().at("/detail/0/msg").asText()).isNotBlank();
    assertThat(answer.json().at("/detail/0/type").asText()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\\n\\t "})
  void blankPrompt_is400InTheSeedsOwnWords(String blank) {
    Answer answer = refusedPut("{\"prompt\":\"" + blank + "\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"detail\":\"prompt is required\"}");
  }

  @Test
  void promptOfOneMebibyte_isTakenAndOneByteMoreIs413() {
    String largest = "x".repeat(1 << 20);

    assertThat(bridge.post("/putPrompt", "{\"prompt\":\"" + largest + "\"}").status())
        .isEqualTo(200);
    assertThat(refusedPut("{\"prompt\":\"" + largest + "x\"}").status()).isEqualTo(413);
    assertThat(refusedPut("{\"prompt\":\"" + "é".repeat((1 << 19) + 1) + "\"}").status())
        .isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"x\"", "5", "true"})
  void metaThatIsNoObject_is422(String meta) {
    Answer answer = refusedPut("{\"prompt\":\"a\",\"meta\":" + meta + "}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/detail/0/loc/1").asText()).isEqualTo("meta");
  }

  @Test
  void metaOf64Kibibytes_isTakenAndOneByteMoreIs422() {
    String largest = "{\"k\":\"" + "x".repeat((64 << 10) - 8) + "\"}";

    assertThat(bridge.post("/putPrompt", "{\"prompt\":\"a\",\"meta\":" + largest + "}").status())
        .isEqualTo(200);
    String larger = "{\"k\":\"" + "x".repeat((64 << 10) - 7) + "\"}";
    assertThat(refusedPut("{\"prompt\":\"a\",\"meta\":" + larger + "}").status()).isEqualTo(422);
  }

  @Test
  void meta_comesBackByteForByte() {
    String meta = "{ \"b\" : [1.50, 1e3, {}] ,\"a\":\"\\u00e9é\\/\", \"__proto__\":null }";
    bridge.post("/putPrompt", "{\"meta\":" + meta + ",\"prompt\":\"a\"}");

    Answer answer = bridge.get("/getPrompt");

    assertThat(answer.body()).contains("\"meta\":" + meta + ",");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"urgent\"", "\"soon\"", "7"})
  void meta_saysNothingOfThePriority(String word) {
    bridge.put("t", "{\"prompt\":\"a\",\"taskId\":\"t\",\"meta\":{\"priority\":" + word + "}}");

    assertThat(bridge.get("/getTask?taskId=t").text("priority")).isEqualTo("normal");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u202Ertl",
        "zero\u200Bwidth",
        "\uD83D\uDC69\u200D\uD83D\uDE80 zwj",
        "NFD e\u0301",
        "😀"
      })
  void textOfAnyScript_comesBackAsItWas(String text) {
    bridge.post("/putPrompt", "{\"prompt\":\"" + text + "\"}");

    assertThat(bridge.get("/getPrompt").text("prompt")).isEqualTo(text);
  }

  @Test
  void escapedText_comesBackAsItReads() {
    bridge.post("/putPrompt", "{\"prompt\":\"a\\\"b\\\\c\\n\\r\\t\\b\\u0001\\ud83d\\ude00\"}");

    assertThat(bridge.get("/getPrompt").text("prompt")).isEqualTo("a\"b\\c\n\r\t\b\u0001😀");
  }

  @Test
  void sameIdAndContent_isTheSameTask() {
    String json = "{\"prompt\":\"a\",\"taskId\":\"t1\",\"meta\":{\"k\":1}}";
    Answer first = bridge.post("/putPrompt", json);

    Answer again = bridge.post("/putPrompt", json);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(first.isReplay()).isFalse();
    assertThat(again.isReplay()).isTrue();
    assertThat(bridge.tasks()).isEqualTo(1);
  }

  @Test
  void sameIdOtherContent_is409() {
    bridge.put("t1", "{\"prompt\":\"a\",\"taskId\":\"t1\"}");

    Answer answer = refusedPut("{\"prompt\":\"b\",\"taskId\":\"t1\"}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("detail").isTextual()).isTrue();
    assertThat(answer.header("X-Error-Code")).contains("TASK_EXISTS");
  }

  @Test
  void taskFoundByItsId_showsItsOwnKey() {
    bridge.put("t1", "{\"prompt\":\"a\",\"taskId\":\"t1\",\"dedupeKey\":\"first\"}");

    Answer answer =
        bridge.post("/putPrompt", "{\"prompt\":\"a\",\"taskId\":\"t1\",\"dedupeKey\":\"second\"}");

    assertThat(answer.isReplay()).isTrue();
    assertThat(answer.text("dedupeKey")).isEqualTo("first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a b", "", "a\\u0009", "ä", "a/b", "a~1", "..", "con", "nul.txt"})
  void idWithOtherCharacters_is422(String id) {
    Answer answer = refusedPut("{\"prompt\":\"a\",\"taskId\":\"" + id + "\"}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/detail/0/loc/1").asText()).isEqualTo("taskId");
  }

  @Test
  void idOf128Characters_isTakenAnd129OrNulAre422() {
    String largest = "i".repeat(128);

    bridge.put(largest, "{\"prompt\":\"a\",\"taskId\":\"" + largest + "\"}");

    assertThat(refusedPut("{\"prompt\":\"a\",\"taskId\":\"" + largest + "i\"}").status())
        .isEqualTo(422);
    assertThat(refusedPut("{\"prompt\":\"a\",\"taskId\":\"a\\u0000\"}").status()).isEqualTo(422);
  }

  @Test
  void everyAllowedCharacterInAnId_isKept() {
    bridge.put("aZ0._:-", "{\"prompt\":\"a\",\"taskId\":\"aZ0._:-\"}");

    assertThat(bridge.get("/getPrompt").text("taskId")).isEqualTo("aZ0._:-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\\nb", "a\\u0007", "\\u007f"})
  void dedupeKeyEmptyOrWithControls_is422(String key) {
    assertThat(refusedPut("{\"prompt\":\"a\",\"dedupeKey\":\"" + key + "\"}").status())
        .isEqualTo(422);
  }

  @Test
  void dedupeKeyOf255Characters_isTakenAnd256Is422() {
    String largest = "k".repeat(255);

    assertThat(
            bridge
                .post("/putPrompt", "{\"prompt\":\"a\",\"dedupeKey\":\"" + largest + "\"}")
                .text("dedupeKey"))
        .isEqualTo(largest);
    assertThat(refusedPut("{\"prompt\":\"a\",\"dedupeKey\":\"k" + largest + "\"}").status())
        .isEqualTo(422);
  }

  @Test
  void sameDedupeKeyOtherPrompt_isTheExistingTask() {
    Answer first = bridge.post("/putPrompt", "{\"prompt\":\"a\",\"dedupeKey\":\"k\"}");

    Answer second = bridge.post("/putPrompt", "{\"prompt\":\"b\",\"dedupeKey\":\"k\"}");

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.isReplay()).isTrue();
    assertThat(bridge.get("/getPrompt").text("prompt")).isEqualTo("a");
    assertThat(bridge.tasks()).isEqualTo(1);
  }

  @Test
  void sameContentWhileUnfinished_isOneTaskAndAfterwardsAnother() {
    String put =
        "{\"prompt\":\"a\",\"dedupe\":\"content\",\"meta\":{\"x\":1,\"y\":{\"b\":2,\"a\":3}}}";
    String reordered =
        "{\"dedupe\":\"content\",\"meta\":{\"y\": {\"a\":3,\"b\":2}, \"x\":1},\"prompt\":\"a\"}";
    Answer first = bridge.post("/putPrompt", put);

    Answer same = bridge.post("/putPrompt", reordered);
    bridge.post(
        "/postResponse", "{\"taskId\":\"" + first.text("taskId") + "\",\"content\":\"done\"}");
    Answer afterwards = bridge.post("/putPrompt", put);

    assertThat(same.body()).isEqualTo(first.body());
    assertThat(first.text("dedupeKey")).startsWith("content:").hasSize(72);
    assertThat(afterwards.text("taskId")).isNotEqualTo(first.text("taskId"));
    assertThat(afterwards.isReplay()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt\":\"b\",\"dedupe\":\"content\"}",
        "{\"prompt\":\"a\",\"meta\":{\"k\":1},\"dedupe\":\"content\"}",
        "{\"prompt\":\"a\"}"
      })
  void otherContent_isAnotherTask(String other) {
    bridge.post("/putPrompt", "{\"prompt\":\"a\",\"dedupe\":\"content\"}");

    assertThat(bridge.post("/putPrompt", other).isReplay()).isFalse();
    assertThat(bridge.tasks()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"priority\":\"banana\" | priority",
        "\"priority\":\"HIGH\" | priority",
        "\"priority\":1 | priority",
        "\"queue\":\"a b\" | queue",
        "\"queue\":\"\" | queue",
        "\"dedupe\":\"prompt\" | dedupe",
        "\"dedupe\":\"content\",\"dedupeKey\":\"k\" | dedupe",
        "\"startAt\":\"tomorrow\" | startAt",
        "\"startAt\":\"2025-02-30T00:00:00Z\" | startAt",
        "\"startAt\":\"+1000000000-12-31T23:59:59Z\" | startAt",
        "\"startAt\":\"1969-12-31T23:59:59Z\" | startAt",
        "\"startAt\":1736937000 | startAt",
        "\"startAt\":\"2026-01-01T00:00:00\" | startAt",
        "\"delaySeconds\":-1 | delaySeconds",
        "\"delaySeconds\":2592001 | delaySeconds",
        "\"delaySeconds\":1.5 | delaySeconds",
        "\"delaySeconds\":\"1\" | delaySeconds",
        "\"delaySeconds\":1,\"startAt\":\"2026-01-01T00:00:00Z\" | delaySeconds",
        "\"deadline\":\"soon\" | deadline",
        "\"deadline\":\"2026-01-01T00:00:00Z\",\"startAt\":\"2026-01-01T00:00:00Z\" | deadline",
        "\"maxAttempts\":0 | maxAttempts",
        "\"maxAttempts\":2147483648 | maxAttempts",
        "\"maxAttempts\":99999999999999999999 | maxAttempts",
        "\"maxAttempts\":true | maxAttempts",
      })
  void extensionOutOfRange_is422WithItsPlace(String member, String place) {
    Answer answer = refusedPut("{\"prompt\":\"a\"," + member + "}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/detail/0/loc/1").asText()).isEqualTo(place);
  }

  @Test
  void severalWrongValues_areAllNamed() {
    Answer answer = refusedPut("{\"prompt\":5,\"meta\":[],\"taskId\":{},\"dedupeKey\":1}");

    assertThat(answer.json().path("detail").findValuesAsText("type"))
        .hasSize(4)
        .containsOnly("string_type", "dict_type");
  }

  @Test
  void mistypedMember_isIgnoredAndNamed() {
    Answer answer =
        bridge.post("/putPrompt", "{\"prompt\":\"a\",\"dedupekey\":\"k\",\"é\\r\\nX: y\":1}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("X-Ignored-Members")).contains("dedupekey, ?");
  }

  @Test
  void explicitNulls_areAbsent() {
    Answer answer =
        bridge.post(
            "/putPrompt",
            "{\"prompt\":\"a\",\"meta\":null,\"taskId\":null,\"dedupeKey\":null,\"queue\":null}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(bridge.get("/getPrompt").body()).contains("\"meta\":{}");
  }

  @Test
  void many_areStoredInOrderAndTellWhoExisted() {
    bridge.put("b", "{\"prompt\":\"2\",\"taskId\":\"b\"}");

    Answer answer =
        bridge.post(
            "/putPrompts",
            "{\"prompts\":[{\"prompt\":\"1\",\"taskId\":\"a\"},{\"prompt\":\"2\",\"taskId\":\"b\"},"
                + "{\"prompt\":\"3\",\"dedupeKey\":\"k\"}]}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/tasks").findValuesAsText("replayed"))
        .isEqualTo(List.of("false", "true", "false"));
    assertThat(answer.json().at("/tasks/0/taskId").asText()).isEqualTo("a");
    assertThat(answer.json().at("/tasks/2/dedupeKey").asText()).isEqualTo("k");
    assertThat(bridge.tasks()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"prompts\":[]} | 422 | prompts",
        "{} | 422 | prompts",
        "{\"prompts\":{}} | 422 | prompts",
        "{\"prompts\":[1]} | 422 | 0",
        "{\"prompts\":[{\"prompt\":\"a\"},{\"prompt\":5}]} | 422 | 1",
        "{\"prompts\":[{\"prompt\":\"a\"},{\"prompt\":\"b\",\"taskId\":\"a b\"}]} | 422 | 1",
        "{\"prompts\":[{\"prompt\":\"a\"},{\"prompt\":\" \"}]} | 400 | ''",
        "{\"prompts\":[{\"prompt\":\"a\"},{\"prompt\":\"b\",\"taskId\":\"t\"}]} | 409 | ''",
      })
  void manyWithOneWrong_storeNothing(String json, int status, String place) {
    bridge.put("t");
    int before = bridge.changes();

    Answer answer = bridge.post("/putPrompts", json);

    assertThat(answer.status()).isEqualTo(status);
    if (!place.isEmpty()) {
      assertThat(answer.json().at("/detail/0/loc").toString()).contains(place);
    }
    assertThat(bridge.changes()).isEqualTo(before);
  }

  @Test
  void aThousand_areTakenAndOneMoreIs422() {
    String thousand = "{\"prompt\":\"a\"},".repeat(999) + "{\"prompt\":\"a\"}";

    Answer taken = bridge.post("/putPrompts", "{\"prompts\":[" + thousand + "]}");
    Answer refused =
        bridge.post("/putPrompts", "{\"prompts\":[{\"prompt\":\"b\"}," + thousand + "]}");

    assertThat(taken.json().path("tasks").size()).isEqualTo(1000);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(bridge.tasks()).isEqualTo(1000);
  }

  private Answer refusedPut(String json) {
    int before = bridge.changes();
    Answer answer = bridge.post("/putPrompt", json);
    assertThat(bridge.changes()).isEqualTo(before);
    return answer;
  }
}
