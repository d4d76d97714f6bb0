package dev.baton.http.in.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.baton.core.domain.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpServerTest {
  private static final String HOST = "Host: localhost\r\n";

  private final TestDialect dialect = new TestDialect();
  private final HttpServer server =
      HttpServer.builder().dialect(dialect).cors(new Cors(Set.of("https://good.example"))).start();

  @AfterEach
  void stop() {
    server.close();
  }

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

  @ParameterizedTest
  @ValueSource(strings = {"r-1", "5b1c7f0e-8a44-4e2e-9a53-3f0c7d1e2b11", "a/b+c=~"})
  void requestId_thatIsPlain_isEchoed(String id) throws IOException {
    RawClient.Answer answer = get("/headers", "X-Request-ID: " + id + "\r\n");

    assertThat(answer.header("x-request-id")).isEqualTo(id);
    assertThat(answer.body()).contains("\"id\":\"" + id + "\"");
  }

  @Test
  void requestId_thatIsNotFit_isReplacedByUuid() throws IOException {
    for (String hostile : List.of("a".repeat(129), "\u00e9", "<script>", "a b", "a\"b")) {
      assertUuid(get("/hello", "X-Request-ID: " + hostile + "\r\n").header("x-request-id"));
    }
    assertUuid(get("/nowhere").header("x-request-id"));
  }

  private static void assertUuid(String id) {
    UUID uuid = UUID.fromString(id);
    assertThat(uuid.version()).isEqualTo(4);
    assertThat(uuid.variant()).isEqualTo(2);
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

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000, 16_384, 16_385, 70_000, 3_000_000})
  void body_ofAnySize_isReceivedWhole(int size) throws IOException {
    String body = "0123456789".repeat(size / 10) + "x".repeat(size % 10);
    try (RawClient client = new RawClient(server.address())) {
      client.send("POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: " + size + "\r\n\r\n" + body);
      assertThat(client.receive().body()).isEqualTo(body);

      int half = size / 2;
      client.send("POST /echo HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
      client.send(chunk(body.substring(0, half)));
      client.send(chunk(body.substring(half)) + "0\r\n\r\n");
      assertThat(client.receive().body()).isEqualTo(body);
    }
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
  void laterReply_isSentWhenItIsThere() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send("GET /wait HTTP/1.1\r\n" + HOST + "\r\n");
      await().until(() -> server.stats().activeRequests() == 1);

      dialect.waited.complete(Reply.text(200, "done"));

      assertThat(client.receive().body()).isEqualTo("done");
      client.send("GET /hello HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.receive().status()).isEqualTo(200);
      assertThat(dialect.gone).hasValue(0);
    }
  }

  @Test
  void clientThatHangsUpWhileWaiting_isNoticed() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send("GET /wait HTTP/1.1\r\n" + HOST + "\r\n");
      await().until(() -> server.stats().activeRequests() == 1);
      client.hangUp();

      await().untilAsserted(() -> assertThat(dialect.gone).hasValue(1));
    }
    dialect.waited.complete(Reply.noContent());
    await().until(() -> server.stats().activeRequests() == 0);
    await().until(() -> server.stats().connections() == 0);
  }

  @Test
  void requestSentWhileOneWaits_isAnsweredNext() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send("GET /wait HTTP/1.1\r\n" + HOST + "\r\n");
      await().until(() -> server.stats().activeRequests() == 1);
      String next = "GET /items/" + "b".repeat(3_000) + " HTTP/1.1\r\n" + HOST + "\r\n";
      client.send(next + next);
      client.send(next);

      dialect.waited.complete(Reply.noContent());

      assertThat(client.receive().status()).isEqualTo(204);
      for (int i = 0; i < 3; i++) {
        assertThat(client.receive().body()).contains("bbb");
      }
      assertThat(dialect.gone).hasValue(0);
    }
  }

  @Test
  void stream_isWrittenPieceByPieceAndEnds() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      StreamWriter stream = openStream(client);
      assertThat(stream.write("data: second\n\n".getBytes(UTF_8))).isTrue();
      assertThat(chunkFrom(client)).isEqualTo("data: second");
      stream.close();

      assertThat(client.line()).isEqualTo("0");
      assertThat(client.line()).isEmpty();
      await().untilAsserted(() -> assertThat(dialect.gone).hasValue(1));
      assertThat(stream.write(new byte[1])).isFalse();
      client.send("GET /hello HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.receive().status()).isEqualTo(200);
    }
  }

  @Test
  void stream_whoseClientHangsUp_isOver() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      openStream(client);
      client.hangUp();

      await().untilAsserted(() -> assertThat(dialect.gone).hasValue(1));
      await().until(() -> server.stats().activeRequests() == 0);
    }
  }

  @Test
  void stream_whoseClientDoesNotRead_isCutAtItsBuffer() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      StreamWriter stream = openStream(client);
      byte[] piece = new byte[64 * 1024];
      int written = 0;
      while (stream.write(piece) && written < 1_000) {
        written++;
      }

      assertThat(written).isLessThan(1_000);
      await().untilAsserted(() -> assertThat(dialect.gone).hasValue(1));
    }
  }

  @Test
  void drain_finishesWhatIsAcceptedAndTakesNothingNew() throws Exception {
    try (RawClient client = new RawClient(server.address())) {
      client.send("GET /wait HTTP/1.1\r\n" + HOST + "\r\n");
      await().until(() -> server.stats().activeRequests() == 1);
      CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(this::drain);
      await().until(server::isDraining);

      assertThatThrownBy(() -> get("/hello")).isInstanceOf(IOException.class);
      dialect.waited.complete(Reply.text(200, "done"));

      RawClient.Answer answer = client.receive();
      assertThat(answer.body()).isEqualTo("done");
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(client.isClosed()).isTrue();
      assertThat(drained.get()).isTrue();
    }
  }

  @Test
  void drain_withARequestThatDoesNotEnd_givesUp() throws Exception {
    try (RawClient client = new RawClient(server.address())) {
      client.send("GET /wait HTTP/1.1\r\n" + HOST + "\r\n");
      await().until(() -> server.stats().activeRequests() == 1);

      assertThat(server.drain(Duration.ofMillis(300))).isFalse();
    }
  }

  @Test
  void bodiesBeyondTheirBudget_areRefusedUntilThereIsRoomAgain() throws IOException {
    String large = "POST /length HTTP/1.1\r\n" + HOST + "Content-Length: 600000\r\n\r\n";
    try (HttpServer tight = HttpServer.builder().dialect(dialect).bodyBudget(1_000_000).start();
        RawClient first = new RawClient(tight.address())) {
      first.send(large + "a".repeat(599_999));
      await()
          .untilAsserted(
              () ->
                  assertThat(RawClient.ask(tight.address(), large + "a".repeat(600_000)).status())
                      .isEqualTo(Refusals.status(ErrorCode.OVERLOADED)));
      assertThat(RawClient.ask(tight.address(), "GET /hello HTTP/1.1\r\n" + HOST + "\r\n").status())
          .isEqualTo(200);

      first.send("a");

      assertThat(first.receive().body()).isEqualTo("600000");
      await()
          .untilAsserted(
              () ->
                  assertThat(RawClient.ask(tight.address(), large + "a".repeat(600_000)).body())
                      .isEqualTo("600000"));
      first.send(large + "a".repeat(599_999));
      first.hangUp();
      await()
          .untilAsserted(
              () ->
                  assertThat(RawClient.ask(tight.address(), large + "a".repeat(600_000)).status())
                      .isEqualTo(200));
    }
  }

  @Test
  void clientThatDoesNotTakeItsReply_isCutOff() throws IOException {
    Timeouts timeouts =
        new Timeouts(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofMillis(300));
    try (HttpServer impatient = HttpServer.builder().dialect(dialect).timeouts(timeouts).start();
        RawClient client = new RawClient(impatient.address())) {
      client.send("GET /large HTTP/1.1\r\n" + HOST + "\r\n");
      await().until(() -> impatient.stats().requests() == 1);

      await().until(() -> impatient.stats().connections() == 0);
      assertThat(impatient.stats().activeRequests()).isZero();
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

  private boolean drain() {
    try {
      return server.drain(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private StreamWriter openStream(RawClient client) throws IOException {
    client.send("GET /stream HTTP/1.1\r\n" + HOST + "\r\n");
    RawClient.Answer head = client.receiveHead();
    assertThat(head.header("content-type")).isEqualTo("text/event-stream");
    assertThat(chunkFrom(client)).isEqualTo("data: first");
    synchronized (dialect.streams) {
      return dialect.streams.get(0);
    }
  }

  /** The first line of the next event. */
  private static String chunkFrom(RawClient client) throws IOException {
    client.line();
    String line = client.line();
    client.line();
    client.line();
    return line;
  }

  private static String chunk(String data) {
    return data.isEmpty() ? "" : Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
  }

  private RawClient.Answer get(String target) throws IOException {
    return get(target, "");
  }

  private RawClient.Answer get(String target, String headers) throws IOException {
    return ask("GET", target, headers);
  }

  private RawClient.Answer ask(String method, String target, String headers) throws IOException {
    return RawClient.ask(
        server.address(), method + " " + target + " HTTP/1.1\r\n" + HOST + headers + "\r\n");
  }
}
