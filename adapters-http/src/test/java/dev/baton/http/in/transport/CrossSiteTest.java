package dev.baton.http.in.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other sites may not make a browser send; {@code good.example} is named. */
final class CrossSiteTest extends ServerFixture {
  private static final String EVIL = "Origin: https://evil.example\r\n";
  private static final String ORIGIN_ONLY = "POST /echo HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\n";
  private static final String BODY = "Content-Length: 2\r\n\r\n{}";

  /** The headers, separated by {@code |}. */
  private static String headers(String given) {
    return given.isEmpty() ? "" : given.replace("|", "\r\n") + "\r\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Sec-Fetch-Site: none",
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: same-origin|Origin: http://localhost",
        "Origin: http://localhost",
        "Origin: http://LOCALHOST",
        "Origin: https://localhost",
        "Origin: https://good.example",
        "Sec-Fetch-Site: cross-site|Origin: https://good.example",
        "Sec-Fetch-Site: same-site|Origin: https://good.example"
      })
  void unsafeMethod_fromHereOrANamedOrigin_isHandled(String given) throws IOException {
    assertThat(ask("POST", "/echo", headers(given) + "Content-Length: 0\r\n").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: SAME-ORIGIN",
        "Sec-Fetch-Site: ",
        "Sec-Fetch-Site: same-origin|Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: cross-site|Origin: http://localhost",
        "Sec-Fetch-Site: cross-site|Origin: null",
        "Sec-Fetch-Site: cross-site|Origin: https://evil.example",
        "Sec-Fetch-Site: same-site|Origin: http://localhost:3000",
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: ",
        "Origin: *",
        "Origin: file://",
        "Origin: chrome-extension://abcdef",
        "Origin: chrome-extension://localhost",
        "Origin: http://localhost:3000",
        "Origin: http://localhost.evil.example",
        "Origin: http://evil.example/localhost",
        "Origin: http://localhost@evil.example",
        "Origin: http://evil.example@localhost",
        "Origin: http://127.0.0.1",
        "Origin: localhost",
        "Origin: http:// localhost",
        "Origin: http://good.example",
        "Origin: https://good.example:8443",
        "Origin: https://good.example.evil.example",
        "Origin: http://localhost|Origin: https://evil.example",
        "Origin: https://good.example|Origin: https://evil.example",
        "Origin: https://evil.example|Authorization: Bearer guessed",
        "Origin: https://evil.example|X-API-Key: guessed"
      })
  void unsafeMethod_fromAnotherOrigin_isRefused_unhandled(String given) throws IOException {
    RawClient.Answer answer = ask("POST", "/echo", headers(given) + "Content-Length: 0\r\n");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("\"code\":\"ORIGIN_NOT_ALLOWED\"");
    assertThat(dialect.handled).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /hello, 200",
    "HEAD, /hello, 200",
    "OPTIONS, /echo, 204",
    "POST, /hello, 403",
    "PUT, /echo, 403",
    "PATCH, /echo, 403",
    "DELETE, /echo, 403",
    "TRACE, /echo, 403",
    "POST, /nowhere, 403",
    "DELETE, /nowhere, 403"
  })
  void method_decides_alsoWhereThereIsNoRoute(String method, String path, int status)
      throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send(method + " " + path + " HTTP/1.1\r\n" + HOST + EVIL + "\r\n");
      RawClient.Answer answer = method.equals("HEAD") ? client.receiveHead() : client.receive();
      assertThat(answer.status()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 3000000\r\n", "Transfer-Encoding: chunked\r\n"})
  void refusal_doesNotWaitForTheBody(String length) throws IOException {
    RawClient.Answer answer = ask("POST", "/echo", EVIL + "Expect: 100-continue\r\n" + length);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("connection")).isEqualTo("close");
  }

  @Test
  void ownOrigin_isHostAndPort() throws IOException {
    int port = server.address().getPort();
    String own = "127.0.0.1:" + port;

    assertThat(originOnly(own, "http://" + own)).isEqualTo(200);
    assertThat(originOnly(own, "http://127.0.0.1:" + (port - 1))).isEqualTo(403);
    assertThat(originOnly(own, "http://127.0.0.1")).isEqualTo(403);
    assertThat(originOnly("[::1]:" + port, "http://[::1]:" + port)).isEqualTo(200);
  }

  private int originOnly(String host, String origin) throws IOException {
    return RawClient.ask(server.address(), ORIGIN_ONLY.formatted(host, origin) + BODY).status();
  }

  @Test
  void publicName_isOwn_behindAProxyThatNamesAnotherHost() throws IOException {
    try (HttpServer proxied =
        HttpServer.builder().dialect(new TestDialect()).allowHost("baton.example").start()) {
      String ask = ORIGIN_ONLY.formatted("127.0.0.1", "https://baton.example") + BODY;
      String other = ORIGIN_ONLY.formatted("127.0.0.1", "https://baton.example:81") + BODY;
      assertThat(RawClient.ask(proxied.address(), ask).status()).isEqualTo(200);
      assertThat(RawClient.ask(proxied.address(), other).status()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 403",
    "Authorization: Basic YTpi, 403",
    "Cookie: a=b, 403",
    "Authorization: Bearer key, 200",
    "X-API-Key: key, 200"
  })
  void anyOrigin_countsOnlyWithACredentialThatThePageHasToKnow(String header, int status)
      throws IOException {
    try (HttpServer open =
        HttpServer.builder().dialect(new TestDialect()).cors(new Cors(Set.of("*"))).start()) {
      String ask = "POST /echo HTTP/1.1\r\n" + HOST + EVIL + headers(header) + BODY;
      assertThat(RawClient.ask(open.address(), ask).status()).isEqualTo(status);
    }
  }

  @Test
  void opaqueOrigin_isNobodys_alsoWhenItIsListed() throws IOException {
    try (HttpServer open =
        HttpServer.builder().dialect(new TestDialect()).cors(new Cors(Set.of("null"))).start()) {
      String ask = "POST /echo HTTP/1.1\r\n" + HOST + "Origin: null\r\n" + BODY;
      assertThat(RawClient.ask(open.address(), ask).status()).isEqualTo(403);
    }
  }
}
