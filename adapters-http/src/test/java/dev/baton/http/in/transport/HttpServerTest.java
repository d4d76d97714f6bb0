package dev.baton.http.in.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are answered at once. */
final class HttpServerTest extends ServerFixture {
  @ParameterizedTest
  @CsvSource({
    "/hello, 200, {\"hello\":\"world\"}",
    "/items/a%20b, 200, {\"id\":\"a b\"}",
    "/query, 200, 20",
    "/query?limit=100, 200, 100",
    "/text?q=a+b%2B%C3%A9, 200, {\"q\":\"a b+\u00c3\u00a9\"}",
    "/refused, 404, {\"detail\":\"Unknown task\"}",
    "/later, 204, ''",
    "/later-refused, 404, {\"detail\":\"Unknown task\"}",
    "/nowhere, 404, {\"detail\":\"Not Found\"}",
    "/items/, 404, {\"detail\":\"Not Found\"}",
    "/items, 404, {\"detail\":\"Not Found\"}",
    "/hello/, 404, {\"detail\":\"Not Found\"}"
  })
  void get_isAnsweredByItsRoute(String target, int status, String body) throws IOException {
    RawClient.Answer answer = get(target);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "101",
        "1.5",
        "abc",
        "1e3",
        "",
        "9000000000000000000",
        "%D9%A3",
        "+1",
        "%201"
      })
  void queryInt_thatIsNone_isRefusedByTheDialect(String value) throws IOException {
    RawClient.Answer answer = get("/query?limit=" + value);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).contains("limit");
  }

  @Test
  void emptyReply_hasNeitherBodyNorContentType() throws IOException {
    RawClient.Answer answer = get("/later");

    assertThat(answer.headers()).doesNotContainKeys("content-type", "content-length");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/boom", "/later-boom", "/unencodable"})
  void bug_isA500WithAnIdAndNothingElse(String path) throws IOException {
    RawClient.Answer answer = get(path);

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body())
        .contains(answer.header("X-Request-ID"))
        .doesNotContain("secret", "Exception", "at dev.");
    assertThat(server.stats().internalErrors()).isEqualTo(1);
    assertThat(get("/hello").status()).isEqualTo(200);
  }

  @Test
  void headerValue_fromOutside_cannotEndALine() throws IOException {
    assertThat(HeaderValues.clean("a\r\nSet-Cookie: b")).isEqualTo("a__Set-Cookie: b");
    assertThat(get("/headers", "X-Echo: \u00e9\r\n").header("x-echo")).isEqualTo("_");
  }

  @Test
  void noReply_namesTheServer() throws IOException {
    assertThat(get("/hello").headers()).doesNotContainKeys("server", "x-powered-by");
  }

  @Test
  void head_runsOnlyWhatAllowsIt() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send("HEAD /hello HTTP/1.1\r\n" + HOST + "\r\n");
      RawClient.Answer allowed = client.receiveHead();
      client.send("HEAD /lease HTTP/1.1\r\n" + HOST + "\r\n");
      RawClient.Answer refused = client.receiveHead();

      assertThat(allowed.status()).isEqualTo(200);
      assertThat(allowed.header("content-length")).isEqualTo("17");
      assertThat(refused.status()).isEqualTo(405);
      assertThat(refused.header("allow")).isEqualTo("GET, OPTIONS");
    }
    assertThat(dialect.handled).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/lease", "*"})
  void options_runsNothing(String target) throws IOException {
    RawClient.Answer answer = ask("OPTIONS", target, "");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("allow")).contains("GET", "OPTIONS");
    assertThat(dialect.handled).hasValue(0);
  }

  @Test
  void cors_answersOnlyKnownOrigins() throws IOException {
    RawClient.Answer good = get("/hello", "Origin: https://good.example\r\n");
    RawClient.Answer bad = get("/hello", "Origin: https://bad.example\r\n");
    RawClient.Answer preflight = ask("OPTIONS", "/echo", "Origin: https://good.example\r\n");

    assertThat(good.header("access-control-allow-origin")).isEqualTo("https://good.example");
    assertThat(bad.headers()).doesNotContainKey("access-control-allow-origin");
    assertThat(good.header("vary")).isEqualTo("Origin");
    assertThat(bad.header("vary")).isEqualTo("Origin");
    assertThat(preflight.header("access-control-allow-methods")).contains("POST");
  }

  @Test
  void http10_isAnsweredAndClosedUnlessAskedOtherwise() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send("GET /hello HTTP/1.0\r\n" + HOST + "Connection: keep-alive\r\n\r\n");
      assertThat(client.receive().status()).isEqualTo(200);
      client.send("GET /hello HTTP/1.0\r\n" + HOST + "\r\n");
      assertThat(client.receive().status()).isEqualTo(200);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void start_onATakenPort_saysSo() {
    HttpServer.Builder second =
        HttpServer.builder().dialect(dialect).port(server.address().getPort());

    assertThatThrownBy(second::start)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(String.valueOf(server.address().getPort()));
  }

  @Test
  void extraPort_servesTheSame() throws IOException {
    try (HttpServer both = HttpServer.builder().dialect(dialect).port(0).extraPort(0).start()) {
      assertThat(both.addresses()).hasSize(2);
      assertThat(
              RawClient.ask(both.addresses().get(1), "GET /hello HTTP/1.1\r\n" + HOST + "\r\n")
                  .status())
          .isEqualTo(200);
    }
  }
}
