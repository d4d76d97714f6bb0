package dev.baton.http.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code PATCH}: what it changes, takes away, and refuses rather than pass over. */
final class ChangesTest {
  private static final String FAR = "2099-01-01T00:00:00.000Z";

  private final Runner runner = new Runner();

  @AfterEach
  void close() {
    runner.close();
  }

  private void createBatch() {
    runner.post("/batches", "{\"id\":\"b\",\"tasks\":[{\"prompt\":\"p\"}]}");
  }

  private JsonNode task() {
    return runner.get("/tasks/t").data();
  }

  private void refuse(String path, String json, String code, String pointer) {
    Answer refused = runner.patch(path, json);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.pointer()).isEqualTo(pointer);
  }

  @Test
  void null_takesAway_whatATaskNeedNotHave() {
    runner.post(
        "/tasks",
        """
        {"id": "t", "prompt": "p", "model": "m", "metadata": {"a": 1},
         "startAt": "2098-12-31T00:00:00Z", "deadline": "%s"}
        """
            .formatted(FAR));
    assertThat(task().at("/waiting/reason").asText()).isEqualTo("start_time");

    Answer changed =
        runner.patch(
            "/tasks/t", "{\"model\":null,\"metadata\":null,\"startAt\":null,\"deadline\":null}");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(task().path("model").isTextual()).isFalse();
    assertThat(task().path("metadata")).isEmpty();
    assertThat(task().has("deadline")).isFalse();
    assertThat(runner.lease().id().value()).isEqualTo("t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"prompt", "priority", "stream"})
  void null_isRefused_forWhatATaskMustHave(String member) {
    runner.post("/tasks", "{\"id\":\"t\",\"prompt\":\"p\"}");

    refuse("/tasks/t", "{\"%s\":null}".formatted(member), "VALIDATION_ERROR", "/" + member);
  }

  @Test
  void modelThatNoneCanBe_isRefusedAsOneThatNobodyOffers() {
    runner.post("/tasks", "{\"id\":\"t\",\"prompt\":\"p\"}");

    refuse("/tasks/t", "{\"model\":\"no such\"}", "MODEL_NOT_SUPPORTED", "/model");
  }

  @Test
  void batch_takesItsConfig_asWhenItWasMade() {
    createBatch();

    Answer inside =
        runner.patch(
            "/batches/b",
            "{\"config\":{\"maxConcurrency\":3,\"priority\":\"high\",\"deadline\":\"%s\"}}"
                .formatted(FAR));
    assertThat(inside.status()).isEqualTo(200);
    assertThat(inside.data().at("/config/maxConcurrency").asInt()).isEqualTo(3);
    assertThat(inside.data().at("/config/priority").asText()).isEqualTo("high");
    assertThat(inside.data().at("/config/deadline").asText()).isEqualTo(FAR);

    Answer away = runner.patch("/batches/b", "{\"deadline\":null}");
    assertThat(away.data().at("/config").has("deadline")).isFalse();
    assertThat(away.data().at("/config/maxConcurrency").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "id, /id",
    "status, /status",
    "tasks, /tasks",
    "model, /model",
    "inputFile, /inputFile",
    "createdAt, /createdAt"
  })
  void batch_keepsWhatItWasMadeOf(String member, String pointer) {
    createBatch();

    for (String value : new String[] {"\"x\"", "null", "[]"}) {
      refuse("/batches/b", "{\"%s\":%s}".formatted(member, value), "IMMUTABLE_FIELD", pointer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "temperature", "maxTokens", "maxRetries", "queue"})
  void batch_keepsTheRestOfItsConfig(String member) {
    createBatch();

    refuse(
        "/batches/b",
        "{\"config\":{\"%s\":1}}".formatted(member),
        "IMMUTABLE_FIELD",
        "/config/" + member);
  }

  @Test
  void null_isRefused_forWhatABatchOrAWebhookMustHave() {
    createBatch();
    refuse("/batches/b", "{\"maxConcurrency\":null}", "VALIDATION_ERROR", "/maxConcurrency");
    refuse(
        "/batches/b", "{\"config\":{\"priority\":null}}", "VALIDATION_ERROR", "/config/priority");
    String id =
        runner
            .post("/webhooks", "{\"url\":\"https://your-app.com/\",\"events\":[\"task.created\"]}")
            .data("id");
    for (String member : new String[] {"url", "secret", "enabled"}) {
      refuse(
          "/webhooks/" + id, "{\"%s\":null}".formatted(member), "VALIDATION_ERROR", "/" + member);
    }
  }
}
