package dev.baton.http.in.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.http.in.api.Component;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the routes say of themselves stays within what a Custom GPT's action can hold. */
final class BridgeDocsTest {
  private final Bridge bridge = new Bridge();

  @AfterEach
  void close() {
    bridge.close();
  }

  @Test
  void routes_areTheSeedsThreeAndTheExtensions() {
    assertThat(bridge.dialect.routes().stream().map(r -> r.method() + " " + r.pattern()))
        .containsExactly(
            "POST /putPrompt",
            "GET /getPrompt",
            "POST /postResponse",
            "POST /putPrompts",
            "POST /postResponses",
            "POST /extendLease",
            "POST /releasePrompt",
            "POST /failPrompt",
            "POST /appendChunks",
            "GET /getResponse",
            "GET /getChunks",
            "GET /getTask",
            "GET /listTasks",
            "POST /cancelTask",
            "POST /redriveTask",
            "POST /editTask");
  }

  @Test
  void onlyTheSeedsRoutes_arePartOfTheAction() {
    assertThat(bridge.dialect.routes().stream().filter(r -> r.doc().gptAction()))
        .extracting(Route::pattern)
        .containsExactly("/putPrompt", "/getPrompt", "/postResponse");
  }

  @Test
  void theAction_alwaysSaysHowMuchAGptCanRead() {
    RouteDoc.Parameter bound = maxChars(doc("/getPrompt").ofGptAction());

    assertThat(bound.required()).isTrue();
    assertThat(bound.schema())
        .containsEntry("default", 90_000L)
        .containsEntry("enum", List.of(90_000));
    assertThat(maxChars(doc("/getPrompt")).required()).isFalse();
    assertThat(maxChars(doc("/getPrompt")).schema()).doesNotContainKeys("default", "enum");
  }

  private static RouteDoc.Parameter maxChars(RouteDoc doc) {
    return doc.parameters().stream()
        .filter(parameter -> parameter.name().equals("maxChars"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyRoute_isNamedAfterItsPathAndDescribedBriefly() {
    for (Route route : bridge.dialect.routes()) {
      RouteDoc doc = route.doc();
      assertThat("/" + doc.operationId()).isEqualTo(route.pattern());
      assertThat(doc.summary().length()).as(route.pattern()).isBetween(1, 120);
      assertThat(doc.description().length()).as(route.pattern()).isBetween(1, 300);
      assertThat(doc.tags()).hasSize(1);
      assertThat(doc.answers()).as(route.pattern()).containsKeys(200, 422);
      for (RouteDoc.Parameter parameter : doc.parameters()) {
        assertThat(parameter.description().length()).as(parameter.name()).isBetween(1, 700);
      }
    }
  }

  @Test
  void extensions_areMarkedAsSuch() {
    for (Route route : bridge.dialect.routes()) {
      boolean extension = !route.doc().gptAction();
      assertThat(route.doc().description().startsWith("Extension."))
          .as(route.pattern())
          .isEqualTo(extension);
    }
    for (RouteDoc.Parameter parameter : doc("/getPrompt").parameters()) {
      assertThat(parameter.description().startsWith("Extension."))
          .as(parameter.name())
          .isEqualTo(!parameter.name().equals("leaseSeconds"));
    }
  }

  @Test
  void everyDocumentedMember_isRead() {
    for (Route route : bridge.dialect.routes()) {
      RouteDoc.Body body = route.doc().body();
      if (body != null) {
        Answer answer = bridge.post(route.pattern(), naming(body, members(body)));
        assertThat(answer.status()).as(route.pattern()).isIn(200, 404);
        assertThat(answer.header("X-Ignored-Members")).as(route.pattern()).isEmpty();
      }
    }
  }

  private static Set<String> members(RouteDoc.Body body) {
    Component component = (Component) requireNonNull(body.schema().get("$ref"));
    Set<String> names = new TreeSet<>();
    ((Map<?, ?>) requireNonNull(component.schema().get().get("properties")))
        .keySet()
        .forEach(name -> names.add((String) name));
    assertThat(names).isNotEmpty();
    return names;
  }

  /** The body's example, with its other members as null. */
  private static String naming(RouteDoc.Body body, Set<String> members) {
    ObjectNode example = Json.mapper().valueToTree(requireNonNull(body.example()));
    members.stream().filter(name -> !example.has(name)).forEach(example::putNull);
    return example.toString();
  }

  @Test
  void everyExample_isUnderstood() {
    for (Route route : bridge.dialect.routes()) {
      RouteDoc.Body body = route.doc().body();
      if (body != null) {
        String example = new String(Json.encode(requireNonNull(body.example())), UTF_8);
        Answer answer = bridge.post(route.pattern(), example);
        assertThat(answer.status()).as(route.pattern()).isIn(200, 404);
        assertThat(answer.header("X-Ignored-Members")).as(route.pattern()).isEmpty();
      }
    }
  }

  private RouteDoc doc(String pattern) {
    return bridge.dialect.routes().stream()
        .filter(route -> route.pattern().equals(pattern))
        .findFirst()
        .orElseThrow()
        .doc();
  }
}
