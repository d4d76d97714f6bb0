package dev.baton.http.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.task.Completion;
import dev.baton.http.in.api.Instants;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader sees of one task beyond the seed's members. */
final class TaskViewTest {
  private final Runner runner = new Runner();

  @AfterEach
  void close() {
    runner.close();
  }

  private JsonNode task(String id) {
    return runner.get("/tasks/" + id).data();
  }

  @Test
  void everythingThatATaskWasMadeWith_isShown() {
    String start = Instants.text(runner.clock.instant().plus(Duration.ofHours(1)));
    String end = Instants.text(runner.clock.instant().plus(Duration.ofHours(2)));
    runner.post(
        "/tasks",
        """
        {"id":"a","prompt":"p","temperature":0.5,"maxTokens":9,"options":{"top_p":0.1},
         "stream":true,"maxAttempts":7,"startAt":"%s","deadline":"%s"}\
        """
            .formatted(start, end));

    JsonNode task = task("a");

    assertThat(task.path("temperature").asDouble()).isEqualTo(0.5);
    assertThat(task.path("maxTokens").asInt()).isEqualTo(9);
    assertThat(task.path("options")).isEqualTo(Answer.parse("{\"top_p\":0.1}"));
    assertThat(task.path("stream").asBoolean()).isTrue();
    assertThat(task.path("maxAttempts").asInt()).isEqualTo(7);
    assertThat(task.path("autoExecute").asBoolean()).isTrue();
    assertThat(task.path("startAt").asText()).isEqualTo(start);
    assertThat(task.path("deadline").asText()).isEqualTo(end);
  }

  @Test
  void aTaskThatIsToWait_saysSoUntilItIsExecuted() {
    runner.post("/tasks", "{\"id\":\"a\",\"prompt\":\"p\",\"autoExecute\":false}");
    assertThat(task("a").path("autoExecute").asBoolean(true)).isFalse();

    runner.post("/tasks/a/execute");

    assertThat(task("a").path("autoExecute").asBoolean(false)).isTrue();
    assertThat(task("a").has("startAt")).isFalse();
  }

  @Test
  void answersThatDoNotCount_areItsAlternatives() {
    runner.post("/tasks", "{\"id\":\"a\",\"prompt\":\"p\"}");
    runner.complete(runner.lease(), Completion.of("first"));
    assertThat(task("a").has("alternatives")).isFalse();
    runner.post("/tasks/a/execute", "{\"force\":true}");
    runner.complete(runner.lease(), Completion.of("second"));

    assertThat(task("a").at("/result/content").asText()).isEqualTo("second");
    assertThat(task("a").at("/alternatives/0/content").asText()).isEqualTo("first");
  }

  @Test
  void onlyATaskThatIsPending_waits() {
    runner.post("/tasks", "{\"id\":\"a\",\"prompt\":\"p\"}");
    assertThat(task("a").has("waiting")).isTrue();

    runner.lease();

    assertThat(task("a").path("status").asText()).isEqualTo("running");
    assertThat(task("a").has("waiting")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
  void aTaskThatIsKnown_isNotSentAgain(String header) {
    runner.post("/tasks", "{\"id\":\"a\",\"prompt\":\"p\"}");
    String tag = runner.get("/tasks/a").header("ETag").orElseThrow();

    Answer same = unlessKnown(header.formatted(tag));

    assertThat(same.status()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.header("ETag")).contains(tag);
  }

  @Test
  void aTaskThatHasChanged_isSentAgain() {
    runner.post("/tasks", "{\"id\":\"a\",\"prompt\":\"p\"}");
    String tag = runner.get("/tasks/a").header("ETag").orElseThrow();
    runner.lease();

    assertThat(unlessKnown(tag).status()).isEqualTo(200);
  }

  private Answer unlessKnown(String tag) {
    return runner.answer(runner.request("GET", "/tasks/a").header("If-None-Match", tag));
  }

  @Test
  void deadlineThatHasPassed_isRefused_butNotWhenItIsRepeated() {
    String soon = Instants.text(runner.clock.instant().plusSeconds(1));
    String task = "{\"prompt\":\"p\",\"idempotencyKey\":\"%s\",\"deadline\":\"" + soon + "\"}";
    assertThat(runner.post("/tasks", task.formatted("k")).status()).isEqualTo(201);
    runner.clock.advance(Duration.ofSeconds(1));

    assertThat(runner.post("/tasks", task.formatted("k")).isReplay()).isTrue();
    assertThat(runner.post("/tasks", task.formatted("other")).code()).isEqualTo("VALIDATION_ERROR");
    assertThat(runner.tasks()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'',urgent",
    "'\"priority\":\"low\",',low",
    "'\"metadata\":{\"priority\":\"high\"},',urgent",
    "'\"priority\":\"low\",\"metadata\":{\"priority\":\"high\"},',low"
  })
  void priorityOfTheMetadata_overridesNoneThatWasGiven(String members, String priority) {
    runner.post("/tasks", "{" + members + "\"id\":\"a\",\"prompt\":\"p\"}");

    runner.patch("/tasks/a", "{\"metadata\":{\"priority\":\"urgent\"}}");

    assertThat(task("a").path("priority").asText()).isEqualTo(priority);
    assertThat(task("a").at("/metadata/priority").asText()).isEqualTo("urgent");

    runner.patch("/tasks/a", "{\"metadata\":{\"priority\":\"high\"},\"priority\":\"normal\"}");
    assertThat(task("a").path("priority").asText()).isEqualTo("normal");
  }
}
