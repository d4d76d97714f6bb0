package dev.baton.http.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.Completion;
import dev.baton.http.in.api.Component;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every route says of itself, held against what it does. */
final class RunnerDocsTest {

  private final Runner runner = new Runner();

  @AfterEach
  void close() {
    runner.close();
  }

  private List<Route> routes() {
    return runner.dialect.routes();
  }

  private static String name(Route route) {
    return route.method() + " " + route.pattern();
  }

  @Test
  void everyPost_documentsItsKeyAndTheConflict() {
    for (Route route : routes()) {
      if (route.method().equals("POST")) {
        assertThat(route.doc().parameters().stream().map(RouteDoc.Parameter::name))
            .as(name(route))
            .containsOnlyOnce("Idempotency-Key");
        assertThat(Objects.requireNonNull(route.doc().answers().get(409)).description())
            .as(name(route))
            .contains("IDEMPOTENCY_CONFLICT");
      }
    }
  }

  @Test
  void everyRoute_documentsTheRefusalsOfItsKind() {
    for (Route route : routes()) {
      Set<Integer> needed =
          new TreeSet<>(Set.of(400, 408, 413, 414, 415, 417, 421, 431, 500, 501, 503, 505));
      if (!route.method().equals("GET")) {
        needed.add(403);
      }
      if (route.pattern().contains("{id}")) {
        needed.add(404);
      }
      assertThat(runner.dialect.sharedRefusals().answers(route).keySet())
          .as(name(route))
          .containsAll(needed);
    }
  }

  @Test
  void everyRead_isOfADocumentedMediaType() {
    runner.post("/tasks", "{\"id\":\"t\",\"prompt\":\"p\"}");
    runner.complete(runner.lease(), Completion.of("a"));
    runner.post("/batches", "{\"id\":\"b\",\"tasks\":[{\"prompt\":\"p\"}]}");
    runner.files.texts.put("in.csv", "p\n");
    String schedule =
        runner
            .post(
                "/scheduled-tasks",
                "{\"name\":\"n\",\"schedule\":\"@daily\",\"inputFile\":\"in.csv\"}")
            .data("id");
    runner.post("/scheduled-tasks/" + schedule + "/run");
    String hook =
        runner
            .post("/webhooks", "{\"url\":\"https://a.test/\",\"events\":[\"task.completed\"]}")
            .data("id");
    Map<String, String> ids =
        Map.of("tasks", "t", "batches", "b", "scheduled-tasks", schedule, "webhooks", hook);

    for (Route route : routes()) {
      if (route.method().equals("GET")) {
        Reply reply = settled(route.handler().handle(request(route, ids)));
        assertThat(Objects.requireNonNull(route.doc().answers().get(200)).contentTypes())
            .as(name(route))
            .contains(type(reply));
      }
    }
  }

  private static Request request(Route route, Map<String, String> ids) {
    Map<String, String> parameters = new HashMap<>();
    ids.forEach(
        (kind, id) -> {
          if (route.pattern().contains("/" + kind + "/{id}")) {
            parameters.put("id", id);
          }
        });
    parameters.put("service", "database");
    parameters.put("runId", "run-1");
    return Request.builder("GET", route.pattern(), TenantId.DEFAULT)
        .pathParameters(parameters)
        .build();
  }

  private static Reply settled(Reply reply) {
    if (reply instanceof Reply.Later later) {
      CompletionStage<? extends Reply> stage = later.reply();
      return settled(stage.toCompletableFuture().join());
    }
    return reply;
  }

  private static String type(Reply reply) {
    if (reply instanceof Reply.Stream stream) {
      return stream.contentType().replaceAll(";.*", "");
    }
    if (reply instanceof Reply.Json json) {
      assertThat(json.status()).isEqualTo(200);
      return "application/json";
    }
    throw new IllegalStateException("it answers with " + reply);
  }

  @Test
  void results_nameBothOfTheirForms() {
    Route results =
        routes().stream().filter(r -> r.pattern().endsWith("/results")).findFirst().orElseThrow();

    assertThat(Objects.requireNonNull(results.doc().answers().get(200)).contentTypes())
        .containsExactly("text/csv", "application/x-ndjson");
    assertThat(results.options().head()).isTrue();
  }

  @Test
  void bodies_areDocumentedAsTheyAreTaken() {
    RouteDoc.Body execute = body("POST", "/tasks/{id}/execute");
    RouteDoc.Body batch = body("POST", "/batches");

    assertThat(execute.required()).isFalse();
    assertThat(batch.form()).isNotNull();
    assertThat(batch.schema().get("$ref"))
        .isInstanceOfSatisfying(
            Component.class,
            component ->
                assertThat(component.schema().get().toString())
                    .contains("autoExecute", "idempotencyKey", "csv"));
  }

  private RouteDoc.Body body(String method, String pattern) {
    return Objects.requireNonNull(
        routes().stream()
            .filter(r -> name(r).equals(method + " " + Runner.API + pattern))
            .findFirst()
            .orElseThrow()
            .doc()
            .body());
  }
}
