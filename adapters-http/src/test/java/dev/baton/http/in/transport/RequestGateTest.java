package dev.baton.http.in.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over the wire, each row of the table of bad input that is about transport. */
final class RequestGateTest extends GateFixture {
  private static final String HELLO = "GET /hello HTTP/1.1\r\n" + HOST;
  private static final String BODY = "Content-Length: 2\r\n\r\n{}";

  private static Arguments row(int row, String what, String request) {
    return Arguments.of(row + " " + what, request);
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        row(
            1,
            "length and chunked",
            POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"),
        row(2, "two lengths", POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
        row(2, "two equal lengths", POST + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"),
        row(2, "a list", POST + "Content-Length: 2, 2\r\n\r\n{}"),
        row(2, "a plus", POST + "Content-Length: +2\r\n\r\n{}"),
        row(2, "a minus", POST + "Content-Length: -1\r\n\r\n{}"),
        row(2, "letters", POST + "Content-Length: 2abc\r\n\r\n{}"),
        row(2, "nothing", POST + "Content-Length: \r\n\r\n{}"),
        row(2, "20 digits", POST + "Content-Length: 99999999999999999999\r\n\r\n{}"),
        row(
            5,
            "two codings",
            POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"),
        row(5, "blank before colon", POST + "Transfer-Encoding : chunked\r\n\r\n"),
        row(
            5,
            "in HTTP/1.0",
            "POST /echo HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        row(6, "folded by a blank", "GET /hello HTTP/1.1\r\n" + HOST + "X-A: b\r\n c\r\n\r\n"),
        row(6, "folded by a tab", "GET /hello HTTP/1.1\r\n" + HOST + "X-A: b\r\n\tc\r\n\r\n"),
        row(7, "bare LF", "GET /hello HTTP/1.1\r\nHost: localhost\nX-A: b\r\n\r\n"),
        row(7, "only LF", "GET /hello HTTP/1.1\nHost: localhost\n\n"),
        row(7, "bare CR", "GET /hello HTTP/1.1\r\n" + HOST + "X-A: b\rX-B: c\r\n\r\n"),
        row(7, "NUL in a value", "GET /hello HTTP/1.1\r\n" + HOST + "X-A: b\0c\r\n\r\n"),
        row(8, "chunk size zz", CHUNKED + "zz\r\n{}\r\n0\r\n\r\n"),
        row(8, "chunk size 0x2", CHUNKED + "0x2\r\n{}\r\n0\r\n\r\n"),
        row(8, "chunk size -2", CHUNKED + "-2\r\n{}\r\n0\r\n\r\n"),
        row(8, "chunk size of 17 F", CHUNKED + "F".repeat(17) + "\r\n{}\r\n0\r\n\r\n"),
        row(8, "chunk size empty", CHUNKED + "\r\n{}\r\n0\r\n\r\n"),
        row(9, "no CRLF after a chunk", CHUNKED + "2\r\n{}0\r\n\r\n"),
        row(10, "LF in an extension", CHUNKED + "2;a\nb\r\n{}\r\n0\r\n\r\n"),
        row(10, "an extension", CHUNKED + "2;a=b\r\n{}\r\n0\r\n\r\n"),
        row(12, "no Host", "GET /hello HTTP/1.1\r\n\r\n"),
        row(12, "two Hosts", "GET /hello HTTP/1.1\r\n" + HOST + HOST + "\r\n"),
        row(12, "a malformed Host", "GET /hello HTTP/1.1\r\nHost: local host/x\r\n\r\n"),
        row(12, "another absolute target", "GET http://other/hello HTTP/1.1\r\n" + HOST + "\r\n"),
        row(14, "HTTP/0.9", "GET /hello\r\n\r\n"),
        row(14, "named HTTP/0.9", "GET /hello HTTP/0.9\r\n" + HOST + "\r\n"),
        row(14, "lower case", "GET /hello http/1.1\r\n" + HOST + "\r\n"),
        row(14, "h2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        row(14, "TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"),
        row(17, "CONNECT", "CONNECT localhost:80 HTTP/1.1\r\n" + HOST + "\r\n"),
        row(21, "NUL in the path", "GET /hello%00 HTTP/1.1\r\n" + HOST + "\r\n"),
        row(21, "a broken escape", "GET /hello%zz HTTP/1.1\r\n" + HOST + "\r\n"),
        row(21, "an escape of nothing", "GET /hello% HTTP/1.1\r\n" + HOST + "\r\n"),
        row(21, "not UTF-8", "GET /items/%ff HTTP/1.1\r\n" + HOST + "\r\n"),
        row(21, "overlong UTF-8", "GET /items/%c0%ae HTTP/1.1\r\n" + HOST + "\r\n"),
        row(22, "a path parameter", "GET /items/1;x=/../admin HTTP/1.1\r\n" + HOST + "\r\n"),
        row(22, "an empty one", "GET /hello; HTTP/1.1\r\n" + HOST + "\r\n"),
        row(23, "a backslash", "GET /items\\1 HTTP/1.1\r\n" + HOST + "\r\n"),
        row(23, "a blank", "GET /items/a b HTTP/1.1\r\n" + HOST + "\r\n"),
        row(23, "raw UTF-8", "GET /items/\u00c3\u00a9 HTTP/1.1\r\n" + HOST + "\r\n"),
        row(23, "braces", "GET /items/{id} HTTP/1.1\r\n" + HOST + "\r\n"),
        row(24, "an encoded slash", "GET /items/a%2Fb HTTP/1.1\r\n" + HOST + "\r\n"),
        row(27, "65 parameters", "GET /text?" + parameters(65) + " HTTP/1.1\r\n" + HOST + "\r\n"),
        row(28, "a number twice", "GET /query?limit=1&limit=2 HTTP/1.1\r\n" + HOST + "\r\n"),
        row(28, "a text twice", "GET /text?q=a&q=a HTTP/1.1\r\n" + HOST + "\r\n"),
        row(28, "NUL in the query", "GET /text?q=%00 HTTP/1.1\r\n" + HOST + "\r\n"),
        row(28, "no UTF-8 in the query", "GET /text?q=%ff HTTP/1.1\r\n" + HOST + "\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void malformedRequest_is400(String row, String request) throws IOException {
    assertThat(RawClient.ask(address, request).status()).isEqualTo(400);
  }

  static Stream<Arguments> ambiguous() {
    return malformed().filter(row -> rowNumber(row) <= 12);
  }

  private static int rowNumber(Arguments row) {
    String name = row.get()[0].toString();
    return Integer.parseInt(name.substring(0, name.indexOf(' ')));
  }

  /** What differs in framing must not leave a second request behind. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("ambiguous")
  void malformedFraming_closesAndRunsNothingBehindIt(String row, String request)
      throws IOException {
    int before = dialect.handled.get();
    try (RawClient client = new RawClient(address)) {
      client.send(request + NEXT);

      assertThat(client.receive().status()).isEqualTo(400);
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(dialect.handled).hasValue(before);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        status(501, row(3, "an unknown coding", POST + "Transfer-Encoding: xchunked\r\n\r\n")),
        status(501, row(4, "gzip, chunked", POST + "Transfer-Encoding: gzip, chunked\r\n\r\n")),
        status(
            501,
            row(4, "chunked, identity", POST + "Transfer-Encoding: chunked, identity\r\n\r\n")),
        status(421, row(13, "another name", "GET /hello HTTP/1.1\r\nHost: evil.example\r\n\r\n")),
        status(421, row(13, "with a port", "GET /hello HTTP/1.1\r\nHost: evil.example:80\r\n\r\n")),
        status(505, row(15, "HTTP/3.7", "GET /hello HTTP/3.7\r\n" + HOST + "\r\n")),
        status(505, row(15, "HTTP/1.2", "GET /hello HTTP/1.2\r\n" + HOST + "\r\n")),
        status(501, row(16, "get", "get /hello HTTP/1.1\r\n" + HOST + "\r\n")),
        status(501, row(16, "FOO", "FOO /hello HTTP/1.1\r\n" + HOST + "\r\n")),
        status(405, row(17, "TRACE", "TRACE /hello HTTP/1.1\r\n" + HOST + "\r\n")),
        status(405, row(18, "wrong method", "DELETE /hello HTTP/1.1\r\n" + HOST + "\r\n")),
        status(
            405,
            row(
                18,
                "POST for GET",
                "POST /lease HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\n\r\n{}")),
        status(404, row(19, "dots", "GET /a/../../etc/passwd HTTP/1.1\r\n" + HOST + "\r\n")),
        status(404, row(19, "dots for a name", "GET /items/.. HTTP/1.1\r\n" + HOST + "\r\n")),
        status(404, row(19, "slashes", "GET //hello HTTP/1.1\r\n" + HOST + "\r\n")),
        status(404, row(19, "more slashes", "GET //a//b HTTP/1.1\r\n" + HOST + "\r\n")),
        status(
            404, row(20, "encoded dots", "GET /%2e%2e%2fetc/passwd HTTP/1.1\r\n" + HOST + "\r\n")),
        status(404, row(20, "encoded letters", "GET /%68ello HTTP/1.1\r\n" + HOST + "\r\n")),
        status(
            414,
            row(25, "9 KiB target", "GET /" + "a".repeat(9_000) + " HTTP/1.1\r\n" + HOST + "\r\n")),
        status(
            414,
            row(
                25,
                "30 KiB query",
                "GET /text?q=" + "a".repeat(30_000) + " HTTP/1.1\r\n" + HOST + "\r\n")),
        status(
            431,
            row(
                26,
                "17 KiB header",
                "GET /hello HTTP/1.1\r\n" + HOST + "X-A: " + "a".repeat(17_000) + "\r\n\r\n")),
        status(
            431,
            row(
                26,
                "40 KiB headers",
                "GET /hello HTTP/1.1\r\n"
                    + HOST
                    + ("X-A: " + "a".repeat(1_000) + "\r\n").repeat(40)
                    + "\r\n")),
        status(
            431,
            row(
                26,
                "65 headers",
                "GET /hello HTTP/1.1\r\n" + HOST + "X-A: b\r\n".repeat(64) + "\r\n")),
        status(
            414,
            row(
                25,
                "100 KB target",
                "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n" + HOST + "\r\n")),
        status(
            414,
            row(
                25,
                "100 KB of parameters",
                "GET /text?" + "a=b&".repeat(25_000) + " HTTP/1.1\r\n" + HOST + "\r\n")),
        status(
            414,
            row(
                25,
                "100 KB target with a body",
                "POST /" + "a".repeat(100_000) + " HTTP/1.1\r\n" + HOST + BODY)),
        status(431, row(26, "100 KB header", HELLO + "X-A: " + "a".repeat(100_000) + "\r\n\r\n")),
        status(
            431,
            row(
                26,
                "100 KB header before Host",
                "GET /hello HTTP/1.1\r\nX-A: " + "a".repeat(100_000) + "\r\n" + HOST + "\r\n")),
        status(431, row(26, "100 KB name", HELLO + "a".repeat(100_000) + ": b\r\n\r\n")),
        status(
            431, row(26, "100 KB of small headers", HELLO + "X-A: b\r\n".repeat(12_500) + "\r\n")),
        status(
            431,
            row(
                26,
                "100 KB of headers with a body",
                POST + ("X-A: " + "a".repeat(1_000) + "\r\n").repeat(100) + BODY)),
        status(
            431,
            row(
                26,
                "100 KB header after the length",
                POST + "Content-Length: 2\r\nX-A: " + "a".repeat(100_000) + "\r\n\r\n{}")),
        status(
            417,
            row(32, "another expectation", POST + "Expect: 200-ok\r\nContent-Length: 2\r\n\r\n{}")),
        status(
            415,
            row(37, "gzip body", POST + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}")),
        status(413, row(29, "too long", POST + "Content-Length: 4000001\r\n\r\n")),
        status(
            413,
            row(
                29,
                "too long for its route",
                "POST /small HTTP/1.1\r\n" + HOST + "Content-Length: 11\r\n\r\n12345678901")));
  }

  private static Arguments status(int status, Arguments row) {
    return Arguments.of(row.get()[0], row.get()[1], status);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refusedRequest_hasItsOwnStatus(String row, String request, int status) throws IOException {
    int before = dialect.handled.get();

    RawClient.Answer answer = RawClient.ask(address, request);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains("\"detail\"").hasSizeLessThan(4096);
    assertThat(answer.header("X-Request-ID")).isNotEmpty();
    assertThat(dialect.handled).hasValue(before);
  }

  static Stream<Arguments> unknownCoding() {
    return refused().filter(row -> rowNumber(row) == 3 || rowNumber(row) == 4);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unknownCoding")
  void refusedTransferCoding_closes(String row, String request, int status) throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send(request + "0\r\n\r\n" + NEXT);

      assertThat(client.receive().status()).isEqualTo(status);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void knownPathWithAnotherMethod_saysWhatIsAllowed() throws IOException {
    for (String method : new String[] {"DELETE", "TRACE"}) {
      RawClient.Answer answer =
          RawClient.ask(address, method + " /hello HTTP/1.1\r\n" + HOST + "\r\n");

      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:9", "[::1]", "[::1]:80"})
  void loopbackName_isAllowed(String host) throws IOException {
    assertThat(RawClient.ask(address, "GET /hello HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status())
        .isEqualTo(200);
  }

  @Test
  void absoluteTargetOfTheSameHost_isServed() throws IOException {
    assertThat(
            RawClient.ask(address, "GET http://localhost/hello HTTP/1.1\r\n" + HOST + "\r\n")
                .status())
        .isEqualTo(200);
  }

  @Test
  void boundsThemselves_areWithin() throws IOException {
    assertThat(get("/text?" + parameters(64)).status()).isEqualTo(200);
    assertThat(get("/text?q=" + "a".repeat(8_192 - 8)).status()).isEqualTo(200);
    assertThat(
            RawClient.ask(
                    address, "GET /hello HTTP/1.1\r\n" + HOST + "X-A: b\r\n".repeat(63) + "\r\n")
                .status())
        .isEqualTo(200);
    assertThat(
            RawClient.ask(
                    address,
                    "POST /length HTTP/1.1\r\n"
                        + HOST
                        + "Content-Length: 4000000\r\n\r\n"
                        + "a".repeat(4_000_000))
                .body())
        .isEqualTo("4000000");
  }

  private RawClient.Answer get(String target) throws IOException {
    return RawClient.ask(address, "GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n");
  }

  private static String parameters(int count) {
    return IntStream.range(0, count).mapToObj(i -> "p" + i + "=1").collect(Collectors.joining("&"));
  }

  @ParameterizedTest
  @ValueSource(ints = {8_183, 8_184, 8_250, 8_260, 16_000, 65_536, 100_000, 1_000_000})
  void targetThatIsTooLong_isAnswered_whereverItIsCut(int length) throws IOException {
    String target = "/text?q=" + "a".repeat(length);
    boolean fits = target.length() <= WireScanner.TARGET_MAX;
    for (int piece : new int[] {1_000_000, 8_190, 1_001}) {
      try (RawClient client = new RawClient(address)) {
        client.sendInPieces("GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n", piece);
        RawClient.Answer answer = client.receive();

        assertThat(answer.status()).isEqualTo(fits ? 200 : 414);
        assertThat(answer.body()).contains(fits ? "{\"q\"" : "URI_TOO_LONG");
        assertThat(answer.header("connection")).isEqualTo(fits ? "keep-alive" : "close");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16_300, 16_379, 16_380, 16_385, 16_390, 65_536, 100_000, 1_000_000})
  void headerThatIsTooLarge_isAnswered_whereverItIsCut(int length) throws IOException {
    boolean fits = HOST.length() + "X-A: \r\n".length() + length <= WireScanner.FIELDS_SIZE_MAX;
    for (int piece : new int[] {1_000_000, 16_385, 1_001}) {
      try (RawClient client = new RawClient(address)) {
        client.sendInPieces(HELLO + "X-A: " + "a".repeat(length) + "\r\n\r\n", piece);
        RawClient.Answer answer = client.receive();

        assertThat(answer.status()).isEqualTo(fits ? 200 : 431);
        assertThat(answer.body()).contains(fits ? "hello" : "HEADERS_TOO_LARGE");
        assertThat(answer.header("connection")).isEqualTo(fits ? "keep-alive" : "close");
      }
    }
  }

  @Test
  void secondRequestThatIsTooLong_isAnsweredAfterTheFirst() throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send(NEXT + "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n" + HOST + "\r\n");

      assertThat(client.receive().status()).isEqualTo(200);
      assertThat(client.receive().status()).isEqualTo(414);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/echo", "/hello", "*"})
  void optionsWithABody_isAnswered(String target) throws IOException {
    String ask = "OPTIONS " + target + " HTTP/1.1\r\n" + HOST;
    for (String body :
        new String[] {BODY, "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"}) {
      RawClient.Answer answer = RawClient.ask(address, ask + body);

      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.header("allow")).contains("OPTIONS");
    }
  }
}
