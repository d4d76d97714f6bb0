package dev.baton.http.in.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.access.TenantId;
import dev.baton.http.in.api.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows 88 and 99: what belongs to another tenant, and pages that lie far beyond the last. */
final class StrangersTest {
  private static final TenantId OTHER = new TenantId("other");

  private final Runner runner = new Runner();
  private final Runner empty = new Runner();

  @AfterEach
  void close() {
    runner.close();
    empty.close();
  }

  /** What each path begins with, and what of another tenant's lies there. */
  private Map<String, String> owned() {
    runner.tenant = OTHER;
    runner.files.texts.put("in.csv", "p\n");
    empty.files.texts.put("in.csv", "p\n");
    Map<String, String> owned = new LinkedHashMap<>();
    for (Operation made : Operation.all()) {
      if (made.method().equals("POST") && Operation.isMaking(made.name())) {
        String path = made.name().substring("POST ".length());
        String id = runner.answer(made.on(runner).json(made.body())).data("id");
        owned.put(path, path + "/" + id);
      }
    }
    String webhook = owned.get("/webhooks");
    owned.put(
        "/webhooks/{id}/deliveries",
        webhook + "/deliveries/" + runner.post(webhook + "/test").data("id"));
    runner.tenant = TenantId.DEFAULT;
    return owned;
  }

  /** Every route that names something by its id, with a good body where it takes one. */
  private static List<Arguments> routesById() {
    List<Arguments> routes = new ArrayList<>();
    try (Runner any = new Runner()) {
      any.dialect.routes().stream()
          .filter(route -> route.pattern().contains("{id}"))
          .forEach(
              route ->
                  routes.add(
                      Arguments.of(
                          route.method(), route.pattern().substring(Runner.API.length()))));
    }
    return routes;
  }

  private static String body(String method, String pattern) {
    return Operation.all().stream()
        .filter(operation -> operation.name().equals(method + " " + pattern))
        .map(Operation::body)
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("routesById")
  void whatIsAnotherTenants_isAsGoodAsAbsent_toTheByte_88(String method, String pattern) {
    Map<String, String> owned = owned();
    String root = pattern.substring(0, pattern.indexOf("/{id}"));
    String path =
        pattern.contains("{deliveryId}")
            ? owned.get("/webhooks/{id}/deliveries") + "/redeliver"
            : owned.get(root) + pattern.substring(root.length() + "/{id}".length());
    Map<String, Object> stored = runner.stored();

    Answer strange = runner.answer(asking(runner, method, path, body(method, pattern)));
    Answer absent = empty.answer(asking(empty, method, path, body(method, pattern)));

    assertThat(strange.status()).as(strange.body()).isEqualTo(404);
    assertThat(strange.body().getBytes(UTF_8)).isEqualTo(absent.body().getBytes(UTF_8));
    assertThat(strange.headers()).isEqualTo(absent.headers());
    assertThat(runner.stored()).isEqualTo(stored);
  }

  private static Request.Builder asking(Runner at, String method, String path, String body) {
    Request.Builder request = at.request(method, path);
    return body.isEmpty() ? request : request.json(body);
  }

  @Test
  void anotherTenantsBatch_cantBeJoined_norItsNameBeToldTaken_88() {
    owned();
    String joining = "{\"prompt\":\"p\",\"batchId\":\"b\"}";
    Map<String, Object> stored = runner.stored();

    Answer strange = runner.post("/tasks", joining);

    assertThat(strange.code()).isEqualTo("BATCH_NOT_FOUND");
    assertThat(strange.body()).isEqualTo(empty.post("/tasks", joining).body());
    assertThat(runner.stored()).isEqualTo(stored);
    assertThat(runner.get("/tasks?batchId=b").body())
        .isEqualTo(empty.get("/tasks?batchId=b").body());
    String own = "{\"id\":\"b\",\"tasks\":[{\"id\":\"bt\",\"prompt\":\"p\"}]}";
    assertThat(runner.post("/batches", own).status()).isEqualTo(201);
    assertThat(runner.post("/tasks", "{\"id\":\"t\",\"prompt\":\"p\"}").status()).isEqualTo(201);
  }

  static Stream<Arguments> lists() {
    try (Runner any = new Runner()) {
      return any.dialect.routes().stream()
          .filter(route -> route.method().equals("GET"))
          .filter(route -> route.doc().parameters().stream().anyMatch(p -> p.name().equals("page")))
          .map(route -> Arguments.of(route.pattern().substring(Runner.API.length())))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("lists")
  void pageFarBeyondTheLast_isEmpty_99(String pattern) {
    Map<String, String> owned = owned();
    runner.tenant = OTHER;
    int name = pattern.indexOf("/{id}");
    String path =
        name < 0
            ? pattern
            : owned.get(pattern.substring(0, name)) + pattern.substring(name + "/{id}".length());

    for (String page : List.of("1000000000", "2147483647")) {
      Answer listed = runner.get(path + "?limit=100&page=" + page);

      assertThat(listed.status()).as(listed.body()).isEqualTo(200);
      assertThat(listed.data().elements())
          .toIterable()
          .filteredOn(member -> member.isArray())
          .hasSize(1)
          .allMatch(items -> items.isEmpty());
      assertThat(listed.data().at("/pagination/page").asText()).isEqualTo(page);
    }
  }

  @Test
  void lists_areNotForgotten() {
    assertThat(lists().map(arguments -> (String) arguments.get()[0]))
        .contains("/tasks", "/batches", "/batches/{id}/tasks", "/scheduled-tasks", "/webhooks");
  }
}
