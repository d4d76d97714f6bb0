package dev.baton.http.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.testing.FakeModelClient;
import dev.baton.http.in.runner.shared.RunnerSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A refusal tells all that is wrong, each by its place. */
final class ErrorListsTest {
  private final Runner runner =
      new Runner(
          RunnerSettings.DEFAULT,
          core ->
              core.models(new FakeModelClient(FakeModelClient.model("m", 1))).withoutExecutor());

  @AfterEach
  void close() {
    runner.close();
  }

  private static List<String> pointers(Answer refused) {
    List<String> pointers = new ArrayList<>();
    JsonNode fields = refused.json().at("/error/details/fields");
    fields.forEach(field -> pointers.add(field.path("pointer").asText()));
    return pointers;
  }

  @Test
  void everyWrongMember_isNamed_alsoBeyondItsType() {
    Answer refused =
        runner.post(
            "/tasks",
            """
            {"id":"a b","prompt":" ","queue":"a b","metadata":{"priority":"now"},
             "startAt":"tomorrow","deadline":"never"}""");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(pointers(refused))
        .containsExactly("/prompt", "/id", "/metadata/priority", "/queue", "/startAt", "/deadline");
    assertThat(runner.tasks()).isZero();
  }

  @Test
  void everyWrongItemOfABatch_isNamed_upToTwenty() {
    String item = "{\"prompt\":\"\"},";
    Answer three =
        runner.post("/batches", "{\"tasks\":[" + item.repeat(3) + "{\"prompt\":\"p\"}]}");
    Answer many =
        runner.post("/batches", "{\"tasks\":[" + item.repeat(99) + "{\"prompt\":\"p\"}]}");

    assertThat(pointers(three))
        .containsExactly("/tasks/0/prompt", "/tasks/1/prompt", "/tasks/2/prompt");
    assertThat(pointers(many)).hasSize(20);
  }

  @Test
  void modelThatNobodyOffers_isNamedByItsPlace() {
    Answer refused =
        runner.post(
            "/batches",
            "{\"tasks\":[{\"prompt\":\"p\",\"model\":\"m\"},{\"prompt\":\"p\",\"model\":\"x\"}]}");

    assertThat(refused.code()).isEqualTo("MODEL_NOT_SUPPORTED");
    assertThat(pointers(refused)).containsExactly("/tasks/1/model");
    assertThat(refused.json().at("/error/details/fields/0/message").asText())
        .contains("available are: m");
  }

  @Test
  void itemsOfABatch_areNoLines() {
    Answer twice =
        runner.post(
            "/batches",
            "{\"tasks\":[{\"id\":\"a\",\"prompt\":\"p\"},{\"id\":\"a\",\"prompt\":\"q\"}]}");
    runner.post("/tasks", "{\"id\":\"b\",\"prompt\":\"p\"}");
    Answer taken =
        runner.post("/batches", "{\"tasks\":[{\"prompt\":\"p\"},{\"id\":\"b\",\"prompt\":\"q\"}]}");

    assertThat(pointers(twice)).containsExactly("/tasks/1");
    assertThat(twice.body()).doesNotContain("line 2");
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.code()).isEqualTo("CONFLICT");
    assertThat(pointers(taken)).containsExactly("/tasks/1");
  }

  @Test
  void wrongEvents_arePointedTo_withAllThatThereAre() {
    Answer refused =
        runner.post(
            "/webhooks",
            "{\"url\":\"https://a.test/\",\"events\":[\"task.done\",\"task.failed\",\"x\"]}");

    assertThat(pointers(refused)).containsExactly("/events/0", "/events/2");
    assertThat(refused.json().at("/error/details/fields/0/message").asText())
        .contains("task.created", "system.alert");
  }

  @Test
  void memberThatIsGivenTwice_isNamed() {
    Answer refused = runner.post("/tasks", "{\"prompt\":\"a\",\"prompt\":\"b\"}");

    assertThat(refused.code()).isEqualTo("MALFORMED_JSON");
    assertThat(refused.json().at("/error/message").asText())
        .contains("the member prompt is given twice");
  }
}
