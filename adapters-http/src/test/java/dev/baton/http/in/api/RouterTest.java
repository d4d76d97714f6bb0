package dev.baton.http.in.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
  private static final Router ROUTER =
      new Router(
          List.of(
              new Paths(
                  "first",
                  "/items/",
                  route("GET", "/items/{id}").withHead(),
                  route("DELETE", "/items/{id}"),
                  route("GET", "/items/all"),
                  route("GET", "/items/{id}/parts/{part}"),
                  route("GET", "/items/all/names"),
                  route("GET", "/")),
              new Paths(
                  "second",
                  "/items/own/",
                  route("PUT", "/items/{name}"),
                  route("GET", "/items/all/parts"),
                  route("POST", "/plain"))));

  @ParameterizedTest
  @CsvSource({
    "GET, /items/7, first, /items/{id}, {id=7}",
    "HEAD, /items/7, first, /items/{id}, {id=7}",
    "PUT, /items/a%20b, second, /items/{name}, {name=a b}",
    "GET, /items/all, first, /items/all, {}",
    "GET, /items/all/names, first, /items/all/names, {}",
    "GET, /items/all/parts, second, /items/all/parts, {}",
    "GET, /items/all/parts/2, first, /items/{id}/parts/{part}, '{id=all, part=2}'",
    "GET, /, first, /, {}",
    "POST, /plain, second, /plain, {}",
  })
  void find_prefersLiteralSegmentsAndBindsNames(
      String method, String path, String dialect, String pattern, String parameters) {
    Router.Found found = (Router.Found) ROUTER.find(method, path);

    assertThat(found.dialect().name()).isEqualTo(dialect);
    assertThat(found.route().pattern()).isEqualTo(pattern);
    assertThat(new TreeMap<>(found.pathParameters())).hasToString(parameters);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /items/7, 'DELETE, GET, HEAD, PUT, OPTIONS'",
    "DELETE, /items/all, 'GET, OPTIONS'",
    "HEAD, /plain, 'POST, OPTIONS'",
  })
  void find_otherMethod_saysWhatIsAllowed(String method, String path, String allow) {
    Reply.Json reply = (Reply.Json) answered(method, path);

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.headers()).containsEntry("Allow", allow);
  }

  @Test
  void find_options_isAnsweredForPathsAndForTheServer() {
    Map<String, String> path = ((Reply.Empty) answered("OPTIONS", "/items/7")).headers();
    Map<String, String> server = ((Reply.Empty) answered("OPTIONS", "*")).headers();

    assertThat(path).containsEntry("Allow", "DELETE, GET, HEAD, PUT, OPTIONS");
    assertThat(server).containsEntry("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/items",
        "/items/",
        "/items/..",
        "/items/.",
        "//items/7",
        "/items/7/",
        "/items/7/parts",
        "/items/7/parts/",
        "/items/all/names/more",
        "/plain/",
        "/PLAIN",
        "plain",
        "*",
        ""
      })
  void find_noRoute_isNotFound(String path) {
    assertThat(((Reply.Json) answered("GET", path)).status()).isEqualTo(404);
  }

  @Test
  void find_noRoute_isAnsweredByTheDialectOfTheLongestPrefix() {
    assertThat(((Reply.Json) answered("GET", "/items/7/x")).body()).isEqualTo("first");
    assertThat(((Reply.Json) answered("GET", "/items/own/x")).body()).isEqualTo("second");
    assertThat(((Reply.Json) answered("GET", "/elsewhere")).body())
        .isEqualTo(Map.of("detail", "Not Found"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/items/a%2Fb", "/items/%zz", "/items/7/parts/%2f"})
  void find_encodedSlashOrMalformedEscape_isRefused(String path) {
    assertThatThrownBy(() -> ROUTER.find("GET", path)).isInstanceOf(TransportRefusal.class);
  }

  @Test
  void router_twoRoutesOfOneMethodAndShape_isABug() {
    Paths twice = new Paths("twice", "", route("GET", "/a/{x}"), route("GET", "/a/{y}"));

    assertThatIllegalStateException().isThrownBy(() -> new Router(List.of(twice)));
  }

  private static Reply answered(String method, String path) {
    return ((Router.Answered) ROUTER.find(method, path)).reply();
  }

  private static Route route(String method, String pattern) {
    RouteDoc doc = RouteDoc.of("x", "For tests.").answer(200, "Always.").build();
    return Route.of(method, pattern, Permission.OPEN, request -> Reply.noContent(), doc);
  }

  private record Paths(String name, String prefix, List<Route> routes) implements Dialect {
    private Paths(String name, String prefix, Route... routes) {
      this(name, prefix, Arrays.asList(routes));
    }

    @Override
    public Reply refusal(BatonException refused) {
      int status = refused.code() == ErrorCode.METHOD_NOT_ALLOWED ? 405 : 404;
      return Reply.json(status, name);
    }
  }
}
