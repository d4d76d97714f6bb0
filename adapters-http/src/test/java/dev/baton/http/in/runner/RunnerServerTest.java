package dev.baton.http.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.http.in.transport.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server itself answers under the prefix, and the request's id, over sockets. */
final class RunnerServerTest {
  private final Runner runner = new Runner();
  private final HttpServer server = HttpServer.builder().dialect(runner.dialect).start();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    server.close();
    runner.close();
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.address().getPort() + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return client.send(
        headers.length == 0 ? request.build() : request.headers(headers).build(),
        BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/api/v1/nothing,404,NOT_FOUND",
    "GET,/api/v1/,404,NOT_FOUND",
    "GET,/api/v1/tasks/../metrics,404,NOT_FOUND",
    "PUT,/api/v1/tasks/a,405,METHOD_NOT_ALLOWED",
    "GET,/api/v1/tasks/%00,400,MALFORMED_PATH",
    "GET,/api/v1/tasks/a%2Fb,400,MALFORMED_PATH",
    "GET,/api/v1/tasks/none,404,TASK_NOT_FOUND",
    "FOO,/api/v1/tasks/a,501,METHOD_NOT_IMPLEMENTED"
  })
  void whatTheServerRefuses_isInTheEnvelope(String method, String path, int status, String code)
      throws Exception {
    HttpResponse<String> answer = send(method, path, "");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(Answer.parse(answer.body()).at("/error/code").asText()).isEqualTo(code);
    assertThat(Answer.parse(answer.body()).path("success").asBoolean(true)).isFalse();
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    if (status == 405) {
      assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("GET");
    }
  }

  @Test
  void whatIsNotUnderThePrefix_isNotInTheEnvelope() throws Exception {
    assertThat(send("GET", "/nothing", "").body()).isEqualTo("{\"detail\":\"Not Found\"}");
  }

  @Test
  void requestId_isEchoedAlsoByRefusals() throws Exception {
    String id = UUID.randomUUID().toString();

    assertThat(
            send("GET", "/api/v1/nothing", "", "X-Request-ID", id)
                .headers()
                .firstValue("X-Request-ID"))
        .contains(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<script>alert(1)</script>", "a b", "é", "x\"y"})
  void requestId_hostile_isReplacedByUuid(String hostile) throws Exception {
    String id =
        send("GET", "/api/v1/tasks/none", "", "X-Request-ID", hostile)
            .headers()
            .firstValue("X-Request-ID")
            .orElseThrow();

    assertThat(UUID.fromString(id).toString()).isEqualTo(id);
  }

  @Test
  void requestId_of1Kib_isReplacedByUuid() throws Exception {
    String id =
        send("GET", "/api/v1/tasks/none", "", "X-Request-ID", "a".repeat(1_024))
            .headers()
            .firstValue("X-Request-ID")
            .orElseThrow();

    assertThat(UUID.fromString(id).toString()).isEqualTo(id);
  }

  @Test
  void headOfResults_tellsWhatAGetWouldSend() throws Exception {
    runner.post("/batches", "{\"id\":\"b\",\"tasks\":[{\"prompt\":\"p\"}]}");

    HttpResponse<String> head = send("HEAD", "/api/v1/batches/b/results?format=csv", "");
    HttpResponse<String> get = send("GET", "/api/v1/batches/b/results?format=csv", "");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(get.body()).startsWith("ID,Success").contains(",pending,");
    for (String name : List.of("Content-Type", "Content-Disposition")) {
      assertThat(head.headers().firstValue(name)).isEqualTo(get.headers().firstValue(name));
    }
  }

  @Test
  void pageOfLargeAnswers_isSentPartByPartAndWhole() throws Exception {
    runner.post(
        "/batches",
        "{\"id\":\"big\",\"tasks\":[{\"prompt\":\"0\"},{\"prompt\":\"1\"},{\"prompt\":\"2\"},{\"prompt\":\"3\"}]}");
    runner.post("/batches/big/execute");
    String large = "é".repeat(Batches.OUTCOME_TEXT_MAX * 2 / 3);
    for (int i = 0; i < 4; i++) {
      LeasedTask task = runner.lease();
      runner.complete(task, Completion.of(task.prompt().text() + large));
    }

    HttpResponse<String> answer = send("GET", "/api/v1/batches/big/tasks?limit=3", "");
    HttpResponse<String> last = send("GET", "/api/v1/batches/big/tasks?limit=3&page=2", "");

    JsonNode data = Answer.parse(answer.body()).path("data");
    assertThat(data.path("tasks").findValuesAsText("result"))
        .containsExactly("0" + large, "1" + large, "2" + large);
    assertThat(data.path("pagination").path("total").asInt()).isEqualTo(4);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
    assertThat(last.headers().firstValue("Content-Length")).isPresent();
    assertThat(Answer.parse(last.body()).at("/data/tasks").findValuesAsText("result"))
        .containsExactly("3" + large);
  }

  @Test
  void aTaskThatIsKnown_isAnsweredWithoutABody() throws Exception {
    runner.post("/tasks", "{\"id\":\"a\",\"prompt\":\"p\"}");
    String tag = send("GET", "/api/v1/tasks/a", "").headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> known = send("GET", "/api/v1/tasks/a", "", "If-None-Match", tag);

    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
    assertThat(known.headers().firstValue("ETag")).contains(tag);
    assertThat(send("GET", "/api/v1/tasks/a", "").statusCode()).isEqualTo(200);
  }
}
