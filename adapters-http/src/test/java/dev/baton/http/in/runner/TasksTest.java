package dev.baton.http.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Usage;
import dev.baton.http.in.api.Instants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks from the first word to the last, with the seed's own examples. */
final class TasksTest {
  private static final String HAIKU =
      """
      {
        "id": "task-001",
        "prompt": "Write a haiku about programming",
        "messages": [
          {"role": "system", "content": "You are a creative assistant."},
          {"role": "user", "content": "Write a haiku about programming"}
        ],
        "model": "gpt-4",
        "temperature": 0.7,
        "maxTokens": 1000,
        "metadata": {"category": "creative", "priority": "high"},
        "idempotencyKey": "task-001-unique-key"
      }\
      """;

  private final Runner runner = new Runner();

  @AfterEach
  void close() {
    runner.close();
  }

  private String create(String json) {
    Answer answer = runner.post("/tasks", json);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.data("id");
  }

  private void complete(String text) {
    runner.complete(
        runner.lease(), new Completion(text, Optional.of(new Usage(15, 50, 65)), Optional.empty()));
  }

  @Test
  void seedExample_isCreatedKeptAndAnsweredInItsWords() {
    Answer created = runner.post("/tasks", HAIKU);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().path("success").asBoolean()).isTrue();
    assertThat(created.json().path("message").asText()).isEqualTo("Task created successfully");
    assertThat(names(created.data())).containsExactly("id", "status", "createdAt");
    assertThat(created.data("id")).isEqualTo("task-001");
    assertThat(created.data("status")).isEqualTo("pending");
    assertThat(created.data("createdAt")).matches("\\d{4}-\\d\\d-\\d\\dT.*\\.\\d{3}Z");

    LeasedTask leased = runner.lease();
    assertThat(leased.prompt().parameters().messages().map(Messages::json).orElseThrow())
        .contains("You are a creative assistant.");
    assertThat(leased.prompt().parameters().temperature()).hasValue(0.7);
    assertThat(leased.prompt().parameters().maxTokens()).hasValue(1_000);
    assertThat(leased.row().terms().priority()).isEqualTo(Priority.HIGH);
    assertThat(leased.row().terms().model().orElseThrow().value()).isEqualTo("gpt-4");
    assertThat(runner.get("/tasks/task-001").data("status")).isEqualTo("running");

    runner.clock.advance(Duration.ofSeconds(5));
    runner.complete(
        leased,
        new Completion(
            "Code flows like a stream...", Optional.of(new Usage(15, 50, 65)), Optional.empty()));

    JsonNode task = runner.get("/tasks/task-001").data();
    assertThat(task.path("status").asText()).isEqualTo("completed");
    assertThat(task.path("prompt").asText()).isEqualTo("Write a haiku about programming");
    assertThat(task.at("/result/content").asText()).isEqualTo("Code flows like a stream...");
    assertThat(task.at("/result/usage"))
        .isEqualTo(
            Answer.parse("{\"promptTokens\":15,\"completionTokens\":50,\"totalTokens\":65}"));
    assertThat(task.path("metadata"))
        .isEqualTo(Answer.parse("{\"category\":\"creative\",\"priority\":\"high\"}"));
    assertThat(task.path("completedAt").asText()).isNotEmpty();
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void requestId_isStoredWithTheTask() {
    String id =
        runner
            .answer(runner.request("POST", "/tasks").json("{\"prompt\":\"p\"}").id("trace-7"))
            .data("id");

    assertThat(runner.get("/tasks/" + id).data("requestId")).isEqualTo("trace-7");
  }

  @Test
  void messagesAlone_takeTheLastUserTextAsTheirPrompt() {
    String id =
        create(
            """
            {"messages":[{"role":"user","content":"first"},
             {"role":"assistant","content":null,"tool_calls":[{"id":"1"}]},
             {"role":"user","content":[{"type":"text","text":"second"}]}]}\
            """);

    assertThat(runner.get("/tasks/" + id).data("prompt")).isEqualTo("second");
  }

  @Test
  void sameKeyAndBody_isAnsweredAlike_andAnotherBodyIsAConflict() {
    Answer first = runner.post("/tasks", HAIKU);
    runner.advance(Duration.ofMinutes(1));
    Answer again = runner.post("/tasks", HAIKU);

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.data()).isEqualTo(first.data());
    assertThat(again.isReplay()).isTrue();
    assertThat(first.isReplay()).isFalse();
    assertThat(runner.tasks()).isEqualTo(1);

    Answer other = runner.post("/tasks", HAIKU.replace("0.7", "0.8"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.code()).isEqualTo("IDEMPOTENCY_CONFLICT");
  }

  @Test
  void takenId_withoutAKey_isAConflict() {
    create("{\"id\":\"a\",\"prompt\":\"p\"}");

    Answer same = runner.post("/tasks", "{\"id\":\"a\",\"prompt\":\"p\"}");
    Answer other = runner.post("/tasks", "{\"id\":\"a\",\"prompt\":\"q\"}");

    assertThat(List.of(same.status(), other.status())).containsExactly(409, 409);
    assertThat(List.of(same.code(), other.code())).containsExactly("CONFLICT", "CONFLICT");
    assertThat(runner.tasks()).isEqualTo(1);
  }

  @Test
  void task_thatIsNotToRunByItself_waitsUntilItIsExecuted() {
    String id = create("{\"prompt\":\"p\",\"autoExecute\":false}");
    assertThat(runner.get("/tasks/" + id).data().at("/waiting/reason").asText()).isNotEmpty();
    assertThat(runner.get("/queues").data().at("/queues/0/ready").asInt()).isZero();

    Answer executed = runner.post("/tasks/" + id + "/execute");

    assertThat(executed.status()).isEqualTo(200);
    assertThat(executed.json().path("message").asText()).isEqualTo("Task execution started");
    assertThat(executed.data("status")).isEqualTo("running");
    assertThat(runner.lease().row().id().value()).isEqualTo(id);
  }

  @Test
  void executeManyTimesAtOnce_isOneExecution() {
    String id = create("{\"prompt\":\"p\",\"autoExecute\":false}");
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(runner.begin(runner.request("POST", "/tasks/" + id + "/execute")));
    }
    Set<String> executions = new HashSet<>();
    answers.forEach(answer -> executions.add(Runner.await(answer).data("executionId")));

    assertThat(executions).hasSize(1);
    runner.lease();
    assertThat(runner.post("/tasks/" + id + "/execute").data("executionId"))
        .isEqualTo(executions.iterator().next());
  }

  @Test
  void answeredTask_isRunAgainOnlyByForce_andKeepsItsHistory() {
    String id = create("{\"prompt\":\"p\"}");
    complete("first");

    assertThat(runner.post("/tasks/" + id + "/execute").code()).isEqualTo("INVALID_STATE");
    assertThat(runner.post("/tasks/" + id + "/execute", "{\"force\":true}").status())
        .isEqualTo(200);
    complete("second");

    assertThat(runner.get("/tasks/" + id).data().at("/result/content").asText())
        .isEqualTo("second");
    JsonNode executions = runner.get("/tasks/" + id + "/executions").data().path("executions");
    assertThat(executions).hasSize(2);
    assertThat(executions.findValuesAsText("status")).containsExactly("completed", "completed");
    assertThat(new HashSet<>(executions.findValuesAsText("executionId"))).hasSize(2);
  }

  @Test
  void patch_changesWhatIsGiven_andMergesMetadata() {
    create(HAIKU);

    Answer patched =
        runner.patch(
            "/tasks/task-001",
            """
            {"prompt":"Updated prompt text","model":"gpt-4-turbo","temperature":0.8,
             "metadata":{"priority":"urgent","category":null,"more":{"a":1}}}\
            """);

    assertThat(patched.status()).as(patched.body()).isEqualTo(200);
    JsonNode task = runner.get("/tasks/task-001").data();
    assertThat(task).isEqualTo(patchedView(patched, task));
    assertThat(task.path("prompt").asText()).isEqualTo("Updated prompt text");
    assertThat(task.path("model").asText()).isEqualTo("gpt-4-turbo");
    assertThat(task.path("temperature").asDouble()).isEqualTo(0.8);
    assertThat(task.path("maxTokens").asInt()).isEqualTo(1_000);
    assertThat(task.path("priority").asText()).isEqualTo("urgent");
    assertThat(task.path("metadata"))
        .isEqualTo(Answer.parse("{\"priority\":\"urgent\",\"more\":{\"a\":1}}"));
  }

  /** What was patched, with what only a read shows. */
  private static JsonNode patchedView(Answer patched, JsonNode read) {
    ObjectNode view = (ObjectNode) patched.data();
    for (String name : List.of("requestId", "waiting")) {
      if (read.has(name)) {
        view.set(name, read.path(name));
      }
    }
    return view;
  }

  @Test
  void patch_ofNothing_changesNothing_andNullTakesAway() {
    create(HAIKU);
    String tag = runner.get("/tasks/task-001").header("ETag").orElseThrow();
    int changes = runner.changes();

    assertThat(runner.patch("/tasks/task-001", "{}").status()).isEqualTo(200);
    assertThat(runner.changes()).isEqualTo(changes);
    assertThat(runner.get("/tasks/task-001").header("ETag")).contains(tag);

    runner.patch("/tasks/task-001", "{\"temperature\":null,\"messages\":null}");
    JsonNode task = runner.get("/tasks/task-001").data();
    assertThat(task.has("temperature")).isFalse();
    assertThat(task.has("messages")).isFalse();
    assertThat(task.path("maxTokens").asInt()).isEqualTo(1_000);
  }

  @Test
  void patch_withAStaleTag_isRefused() {
    create(HAIKU);
    String tag = runner.get("/tasks/task-001").header("ETag").orElseThrow();
    Answer first =
        runner.answer(
            runner
                .request("PATCH", "/tasks/task-001")
                .json("{\"temperature\":1}")
                .header("If-Match", tag));
    Answer second =
        runner.answer(
            runner
                .request("PATCH", "/tasks/task-001")
                .json("{\"temperature\":2}")
                .header("If-Match", tag));

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(412);
    assertThat(second.code()).isEqualTo("PRECONDITION_FAILED");
    assertThat(runner.get("/tasks/task-001").data().path("temperature").asInt()).isEqualTo(1);
  }

  @Test
  void patch_ofATaskThatRunsOrIsOver_isRefused() {
    String id = create("{\"prompt\":\"p\"}");
    LeasedTask leased = runner.lease();
    assertThat(runner.patch("/tasks/" + id, "{\"prompt\":\"q\"}").code())
        .isEqualTo("TASK_NOT_EDITABLE");
    runner.complete(leased, Completion.of("a"));

    Answer over = runner.patch("/tasks/" + id, "{\"prompt\":\"q\"}");

    assertThat(over.status()).isEqualTo(409);
    assertThat(over.code()).isEqualTo("TASK_NOT_EDITABLE");
  }

  @Test
  void delete_removesTheTask_andItsHolderLosesIt() {
    String id = create("{\"prompt\":\"p\"}");
    LeasedTask leased = runner.lease();

    Answer deleted = runner.delete("/tasks/" + id);

    assertThat(deleted.status()).isEqualTo(200);
    assertThat(names(deleted.json())).containsExactly("success", "message", "timestamp");
    assertThat(deleted.json().path("message").asText()).isEqualTo("Task deleted successfully");
    assertThat(runner.get("/tasks/" + id).code()).isEqualTo("TASK_NOT_FOUND");
    assertThat(runner.delete("/tasks/" + id).status()).isEqualTo(404);
    assertThat(runner.completing(leased, Completion.of("late"))).isEqualTo(Settled.Kind.CANCELLED);
  }

  @Test
  void cancel_fails_withTheCodeCancelled() {
    String id = create("{\"prompt\":\"p\"}");

    assertThat(runner.post("/tasks/" + id + "/cancel").data("status")).isEqualTo("failed");
    assertThat(runner.post("/tasks/" + id + "/cancel").status()).isEqualTo(200);

    JsonNode task = runner.get("/tasks/" + id).data();
    assertThat(task.path("status").asText()).isEqualTo("failed");
    assertThat(task.at("/error/code").asText()).isEqualTo("CANCELLED");
  }

  @Test
  void post_underAKey_isRepeatedWithTheFirstAnswer() {
    String id = create("{\"prompt\":\"p\",\"autoExecute\":false}");
    Answer first = keyed("/tasks/" + id + "/execute", "k");
    complete("done");
    Answer again = keyed("/tasks/" + id + "/execute", "k");

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.isReplay()).isTrue();
    assertThat(keyed("/tasks/" + id + "/execute", "other").code()).isEqualTo("INVALID_STATE");
  }

  private Answer keyed(String path, String key) {
    return runner.answer(runner.request("POST", path).header("Idempotency-Key", key));
  }

  @ParameterizedTest
  @CsvSource({
    "'',d c b a",
    "?order=asc,a b c d",
    "?sort=id&order=asc,a b c d",
    "?limit=2,d c",
    "?limit=2&page=2,b a",
    "?page=1000000000&limit=100,''",
    "?status=completed,a",
    "?status=running,b",
    "?status=pending,d c",
    "?status=failed,''",
    "?batchId=none,''"
  })
  void list_filtersSortsAndPages(String query, String ids) {
    for (String id : List.of("a", "b", "c", "d")) {
      create("{\"id\":\"" + id + "\",\"prompt\":\"p\"}");
    }
    complete("answer of a");
    runner.lease();

    Answer listed = runner.get("/tasks" + query);

    assertThat(listed.status()).isEqualTo(200);
    assertThat(String.join(" ", listed.data().path("tasks").findValuesAsText("id"))).isEqualTo(ids);
    assertThat(names(listed.data().path("pagination")))
        .containsExactly("page", "limit", "total", "totalPages");
  }

  @Test
  void list_byTime_leavesOutWhatIsNotWithin() {
    create("{\"id\":\"a\",\"prompt\":\"p\"}");
    String between = Instants.text(runner.clock.instant().plusSeconds(1));
    runner.clock.advance(Duration.ofSeconds(2));
    create("{\"id\":\"b\",\"prompt\":\"p\"}");

    assertThat(
            runner
                .get("/tasks?createdAfter=" + between)
                .data()
                .path("tasks")
                .findValuesAsText("id"))
        .containsExactly("b");
    assertThat(runner.get("/tasks?createdBefore=" + between).data().at("/pagination/total").asInt())
        .isEqualTo(1);
  }
}
