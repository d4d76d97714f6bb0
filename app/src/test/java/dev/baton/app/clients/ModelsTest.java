package dev.baton.app.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.app.Node;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that asks a provider which others wrote, beside OpenAI's own client. */
final class ModelsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MANY = 50;

  /** What is asked both ways; the answers are in {@code fixtures.json}. */
  private static final String QUESTIONS =
      """
      {"plain": {"model": "gpt-4o", "prompt": "why is the sky blue?"},
       "streamed": {"model": "gpt-4o", "prompt": "why is the sky blue?", "stream": true},
       "json": {"model": "gpt-4o", "prompt": "say it as JSON", "options": {"response_format":
         {"type": "json_schema", "json_schema": {"name": "sky", "strict": true, "schema":
           {"type": "object", "properties": {"colour": {"type": "string"}}}}}}},
       "tools": {"model": "gpt-4o", "prompt": "the weather in Bern?", "options": %1$s},
       "toolsStreamed":
         {"model": "gpt-4o", "prompt": "the weather in Bern?", "stream": true, "options": %1$s},
       "refused": {"model": "gpt-4o", "prompt": "please be refused"}}
      """
          .formatted(
              """
              {"temperature": 0, "tools": [{"type": "function", "function": {"name": "weather",
                "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}},
                {"type": "function", "function": {"name": "now"}}]}""");

  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private Aimock provider;
  private Node node;

  @BeforeEach
  void start() throws Exception {
    provider = Aimock.start();
    node =
        Served.node(
            directory,
            Map.of(),
            """
            server:
              port: 0
            store:
              url: %s
              durability: process-crash
            providers:
              - name: others
                type: openai
                base_url: %s
                api_keys: [any]
                models: [gpt-4o]
              - name: more
                type: anthropic
                base_url: %s
                api_keys: [any]
                models: [claude-haiku]
            """
                .formatted(directory.resolve("test.db"), provider.base(), provider.base()));
  }

  @AfterEach
  void stop() {
    if (node != null) {
      node.close();
    }
    provider.close();
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            request.header("Content-Type", "application/json").build(),
            HttpResponse.BodyHandlers.ofString());
    JsonNode answer = JSON.readTree(response.body());
    assertThat(answer.path("success").asBoolean()).as(response.body()).isTrue();
    return answer.path("data");
  }

  private URI api(String path) {
    return node.url().resolve("/api/v1" + path);
  }

  private String submit(JsonNode task) throws IOException, InterruptedException {
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString(task.toString());
    return send(HttpRequest.newBuilder(api("/tasks")).POST(body)).path("id").asText();
  }

  private JsonNode find(String id) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(api("/tasks/" + id)));
  }

  private JsonNode ended(String id) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> find(id),
            task -> List.of("completed", "failed").contains(task.path("status").asText()));
  }

  @Test
  void openAisOwnClient_getsTheSameAnswers() throws Exception {
    ObjectNode byBaton = JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> question : JSON.readTree(QUESTIONS).properties()) {
      byBaton.set(question.getKey(), answer(ended(submit(question.getValue()))));
    }

    JsonNode official = provider.askOfficially(QUESTIONS);

    assertThat(byBaton.at("/plain/content").asText()).contains("short waves", "🌤");
    assertThat(byBaton.at("/json/content").asText()).isEqualTo("{\"colour\":\"blue\"}");
    assertThat(byBaton.at("/tools/calls")).hasSize(2);
    assertThat(byBaton).isEqualTo(official);
  }

  @Test
  void anthropicsProtocol_leadsToTheSameAnswers() throws Exception {
    for (Map.Entry<String, JsonNode> question : JSON.readTree(QUESTIONS).properties()) {
      // It has an error code of its own, and no response_format to be matched by.
      if (!List.of("refused", "json").contains(question.getKey())) {
        ObjectNode other = question.getValue().deepCopy();
        other.put("model", "claude-haiku");

        ObjectNode here = answer(ended(submit(question.getValue())));
        ObjectNode there = answer(ended(submit(other)));

        // The stand-in counts no tokens here.
        here.remove("tokens");
        there.remove("tokens");
        assertThat(there).as(question.getKey()).isEqualTo(here);
      }
    }
    assertThat(provider.calls("sky"))
        .extracting(call -> call.path("path").asText())
        .containsExactlyInAnyOrder(
            "/v1/chat/completions", "/v1/messages", "/v1/chat/completions", "/v1/messages");
  }

  /** In the words of {@code ask.mjs}. */
  private static ObjectNode answer(JsonNode task) {
    ObjectNode answer = JSON.createObjectNode();
    if (task.path("status").asText().equals("failed")) {
      assertThat(task.at("/error/code").asText()).isEqualTo("BAD_REQUEST");
      assertThat(task.at("/error/message").asText()).contains("400", "unsupported_value");
      return answer.put("status", 400).put("code", "unsupported_value");
    }
    JsonNode result = task.path("result");
    answer.set("content", result.path("content"));
    answer.set("finishReason", result.path("finishReason"));
    ArrayNode calls = answer.putArray("calls");
    result.path("toolCalls").forEach(call -> calls.add(withoutId(call)));
    answer.set("tokens", result.at("/usage/totalTokens"));
    return answer;
  }

  private static ObjectNode withoutId(JsonNode call) {
    ObjectNode function = JSON.createObjectNode();
    function.set("name", call.at("/function/name"));
    function.set("arguments", call.at("/function/arguments"));
    return function;
  }

  @Test
  void manyTasks_areAskedOnceEach() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      ids.add(submit(task("many " + i).put("stream", i % 2 == 0)));
    }
    for (String id : ids) {
      JsonNode task = ended(id);
      assertThat(task.path("status").asText()).as(task.toString()).isEqualTo("completed");
      assertThat(task.path("attempts").asInt()).isEqualTo(1);
    }

    List<JsonNode> calls = provider.calls("many ");

    assertThat(calls).hasSize(MANY);
    assertThat(calls)
        .extracting(call -> call.at("/headers/x-client-request-id").asText())
        .doesNotHaveDuplicates()
        .doesNotContain("");
  }

  private static ObjectNode task(String prompt) {
    return JSON.createObjectNode().put("model", "gpt-4o").put("prompt", prompt);
  }

  @Test
  void refusedTask_isAskedOnce_andABrokenProviderAsOftenAsAttemptsAreLeft() throws Exception {
    String refused = submit(task("please be refused"));
    String broken = submit(task("break").put("maxAttempts", 2));

    assertThat(ended(refused).at("/error/code").asText()).isEqualTo("BAD_REQUEST");
    assertThat(ended(broken).at("/error/message").asText()).startsWith("OVERLOADED: ");
    assertThat(provider.calls("be refused")).hasSize(1);
    assertThat(provider.calls("break")).hasSize(2);
  }

  @Test
  void tooManyRequests_pauseTheModel_andBurnNoAttempt() throws Exception {
    provider.refuse(true);
    String id = submit(task("later").put("maxAttempts", 1));
    await()
        .atMost(PATIENCE)
        .until(
            () -> send(HttpRequest.newBuilder(api("/models"))).toString(),
            models -> models.contains("the provider answered 429"));
    int refusals = provider.calls("later").size();

    provider.refuse(false);
    JsonNode task = ended(id);

    assertThat(task.path("status").asText()).as(task.toString()).isEqualTo("completed");
    assertThat(task.path("attempts").asInt()).isEqualTo(1);
    assertThat(refusals).isPositive();
    assertThat(provider.calls("later"))
        .extracting(call -> call.at("/response/status").asInt())
        .contains(429)
        .containsOnlyOnce(200);
  }
}
