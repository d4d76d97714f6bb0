package dev.baton.http.in.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.usecase.task.Counters;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.api.TransportRefusals;
import dev.baton.http.in.json.Json;
import dev.baton.http.in.ops.GaugeValues;
import dev.baton.http.in.ops.OpsDialect;
import dev.baton.http.in.ops.OpsSources;
import dev.baton.http.in.ops.Readiness;
import dev.baton.http.in.transport.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DocsDialectTest {
  private static final Dialect BRIDGE = new FakeBridge();
  private static final Dialect OPS =
      new OpsDialect(
          new OpsSources(
              () -> Instant.EPOCH,
              () -> new Counters.Snapshot(0, 0, 0, 0, 0),
              () -> Readiness.READY,
              () -> {
                throw new IllegalStateException("not asked for");
              },
              () -> CompletableFuture.completedFuture(GaugeValues.NONE)));
  private static final DocsDialect DOCS =
      new DocsDialect(
          List.of(BRIDGE, OPS), new ApiInfo("0.1.0", Optional.of("https://baton.example")));

  @ParameterizedTest
  @CsvSource({"'',3.1.0", "version=3.1.0,3.1.0", "version=3.0.3,3.0.3"})
  void document_hasEveryRouteOnce(String query, String version) {
    JsonNode document = json("/openapi.json", query);

    Set<String> described = new HashSet<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(m -> described.add(m + path.getKey())));
    List<Route> routes = new ArrayList<>(BRIDGE.routes());
    routes.addAll(OPS.routes());
    routes.addAll(DOCS.routes());
    assertThat(described).hasSameSizeAs(routes);
    for (Route route : routes) {
      assertThat(operation(document, route).get("operationId").asText())
          .isEqualTo(route.doc().operationId());
    }
    assertThat(document.get("openapi").asText()).isEqualTo(version);
    assertThat(document.at("/servers/0/url").asText()).isEqualTo("https://baton.example");
  }

  @Test
  void operationIds_areUnique_andEveryOperationIsDescribed() {
    JsonNode document = json("/openapi.json", "");
    Set<String> ids = new HashSet<>();

    for (JsonNode path : document.get("paths")) {
      for (JsonNode operation : path) {
        assertThat(ids.add(operation.get("operationId").asText())).isTrue();
        assertThat(operation.get("summary").asText()).isNotBlank();
        assertThat(operation.get("description").asText()).isNotBlank();
        assertThat(operation.get("tags")).isNotEmpty();
        assertThat(operation.get("responses").properties())
            .anyMatch(response -> response.getKey().startsWith("4"));
      }
    }
  }

  @Test
  void pathParameter_isDescribedWithoutBeingNamedTwice() {
    JsonNode parameters = json("/openapi.json", "").at("/paths/~1tasks~1{id}/get/parameters");

    assertThat(parameters).hasSize(1);
    assertThat(parameters.get(0).get("in").asText()).isEqualTo("path");
    assertThat(parameters.get(0).get("required").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bridge", "integration"})
  void document_ofOneDialect_hasItsRoutesOnly(String dialect) {
    assertThat(json("/openapi.json", "dialect=" + dialect).get("paths").properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("/getPrompt", "/putPrompt", "/tasks/{id}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"version=2.0", "version=3.1", "dialect=nobody"})
  void document_thatDoesNotExist_isRefused(String query) {
    assertThatThrownBy(() -> ask("/openapi.json", query)).isInstanceOf(FieldErrors.class);
  }

  @Test
  void gptAction_keepsWithinWhatItsEditorTakes() {
    JsonNode document = json("/openapi-gpt.json", "");

    assertThat(document.get("paths").properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("/getPrompt", "/putPrompt");
    assertThat(document.get("servers")).hasSize(1);
    assertThat(document.at("/servers/0/url").asText()).isEqualTo("https://baton.example");
    for (JsonNode path : document.get("paths")) {
      for (JsonNode operation : path) {
        assertThat(operation.get("operationId").asText()).isNotBlank();
        assertThat(operation.get("x-openai-isConsequential").isBoolean()).isTrue();
        assertThat(operation.get("x-openai-isConsequential").asBoolean()).isFalse();
        assertThat(operation.get("description").asText()).hasSizeLessThanOrEqualTo(300);
        assertThat(operation.get("summary").asText()).hasSizeLessThanOrEqualTo(300);
        for (JsonNode parameter : operation.path("parameters")) {
          assertThat(parameter.get("description").asText()).hasSizeLessThanOrEqualTo(700);
          assertThat(parameter.get("in").asText()).isNotEqualTo("header");
        }
      }
    }
    assertThat(document.at("/paths/~1getPrompt/get/parameters/0/description").asText())
        .hasSize(700);
    assertThat(document.toString()).hasSizeLessThan(100_000);
  }

  @Test
  void gptAction_withoutAPublicUrl_namesTheOneItWasAskedUnder() {
    DocsDialect unnamed = new DocsDialect(List.of(BRIDGE), new ApiInfo("1", Optional.empty()));
    Request request =
        Request.builder("GET", "/openapi-gpt.json", TenantId.DEFAULT)
            .header("Host", "localhost:8000")
            .build();

    Reply reply = route(unnamed, "/openapi-gpt.json").handler().handle(request);

    assertThat(tree(reply).at("/servers/0/url").asText()).isEqualTo("http://localhost:8000");
  }

  @Test
  void docs_loadNothingFromElsewhere_andNoScriptStandsInThePage() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    try (HttpServer server = HttpServer.builder().dialect(DOCS).start()) {
      String base = "http://127.0.0.1:" + server.address().getPort();
      HttpResponse<String> page = get(client, base + "/docs");

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self';")
          .doesNotContain("unsafe");
      assertThat(page.body()).doesNotContain("http:", "https:", "<script>", "onload", "style=");
      for (String file :
          List.of("swagger-ui-bundle.js", "swagger-ui.css", "page.css", "start.js")) {
        assertThat(page.body() + " docs/start.js").contains("docs/" + file);
        HttpResponse<String> answer = get(client, base + "/docs/" + file);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).contains("charset");
      }
      assertThat(get(client, base + "/docs/swagger-ui-bundle.js").body())
          .contains("SwaggerUIBundle");
      assertThat(get(client, base + "/docs/start.js").body()).contains("openapi.json");
      assertThat(get(client, base + "/docs/favicon.png").statusCode()).isEqualTo(200);
      assertThat(get(client, base + "/redoc").statusCode()).isEqualTo(404);
    }
  }

  private static HttpResponse<String> get(HttpClient client, String url) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  private static JsonNode operation(JsonNode document, Route route) {
    return document.get("paths").get(route.pattern()).get(route.method().toLowerCase(Locale.ROOT));
  }

  private static JsonNode json(String path, String query) {
    return tree(ask(path, query));
  }

  private static JsonNode tree(Reply reply) {
    return Json.mapper().valueToTree(((Reply.Json) reply).body());
  }

  private static Reply ask(String path, String query) {
    return route(DOCS, path)
        .handler()
        .handle(Request.builder("GET", path, TenantId.DEFAULT).query(query).build());
  }

  private static Route route(Dialect dialect, String path) {
    return dialect.routes().stream()
        .filter(candidate -> candidate.pattern().equals(path))
        .findFirst()
        .orElseThrow();
  }

  /** Talks more than a GPT's editor can take. */
  private static final class FakeBridge implements Dialect {
    @Override
    public String name() {
      return "bridge";
    }

    @Override
    public List<Route> routes() {
      RouteDoc put =
          RouteDoc.of("putPrompt", "Enqueue a prompt")
              .description("long ".repeat(100))
              .body(
                  Schemas.object(Map.of("prompt", Schemas.string("It.")), List.of("prompt")),
                  Map.of("prompt", "hi"))
              .answer(200, "Done.", Schemas.anyObject("The task."))
              .answer(422, "Not so.")
              .gptAction()
              .build();
      RouteDoc get =
          RouteDoc.of("getPrompt", "Lease a prompt")
              .query("leaseSeconds", "x".repeat(800), Schemas.integer("s".repeat(800), 1, 86_400))
              .answer(204, "None.")
              .gptAction()
              .build();
      RouteDoc task = RouteDoc.of("getTask", "One task").answer(200, "It.").build();
      Dialect self = this;
      return List.of(
          Route.post("/putPrompt", Permission.OPEN, request -> Reply.ok(self.name()), put),
          Route.get("/getPrompt", Permission.OPEN, request -> Reply.noContent(), get),
          Route.get("/tasks/{id}", Permission.OPEN, request -> Reply.noContent(), task));
    }

    @Override
    public Reply refusal(BatonException refused) {
      return TransportRefusals.plain(refused);
    }
  }
}
