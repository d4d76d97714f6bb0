package dev.baton.http.out.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.net.InetAddresses;
import dev.baton.http.out.address.OutboundRules;
import dev.baton.http.out.address.Resolver;
import dev.baton.http.out.upstream.UpstreamOutcome.Failed;
import dev.baton.http.out.upstream.UpstreamOutcome.Fault;
import dev.baton.http.out.upstream.UpstreamOutcome.Replied;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UpstreamClientTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String SECRET = "Bearer key-1234";

  private final UpstreamClient client = new UpstreamClient(OutboundRules.STRICT);

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void send_writesTheRequest_andReadsTheAnswer() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(201, "text/plain", "gutentag ü")) {
      UpstreamReply reply =
          replied(
              UpstreamRequest.post(
                  server.uri("/a%20b?c=d"), Map.of("Authorization", SECRET), "bodyü"));

      assertThat(reply.status()).isEqualTo(201);
      assertThat(reply.body()).isEqualTo("gutentag ü");
      assertThat(reply.headers().first("CONTENT-type")).hasValue("text/plain");
      assertThat(server.requests().get(0))
          .startsWith("POST /a%20b?c=d HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n")
          .contains("Authorization: " + SECRET + "\r\n", "Content-Length: 6\r\n")
          .endsWith("\r\n\r\nbodyü");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nT: 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nhello",
        "HTTP/1.0 200 OK\nContent-Length: 5\n\nhello",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\n"
            + "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more",
      })
  void bodiesOfEachFraming_areRead(String answer) throws Exception {
    try (ScriptedServer server = ScriptedServer.saying(answer)) {
      assertThat(replied(get(server)).body()).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 101 Switching\r\n\r\n",
        "HTTP/1.1 200 OK\r\nNo colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "",
      })
  void whatIsNoAnswer_isInvalid(String answer) throws Exception {
    try (ScriptedServer server = ScriptedServer.saying(answer)) {
      assertThat(failed(get(server)).fault()).isEqualTo(Fault.INVALID);
    }
  }

  /** RFC 9112, section 5.2, lets a client read it, and the library does. */
  @Test
  void headThatIsFolded_isRead() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.saying("HTTP/1.1 200 OK\r\n folded: x\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(replied(get(server)).status()).isEqualTo(200);
    }
  }

  @Test
  void headsWithoutEnd_areInvalid() throws Exception {
    for (String flood : List.of("x", "X: y\r\n")) {
      try (ScriptedServer server =
          ScriptedServer.saying("HTTP/1.1 200 OK\r\nA: " + flood.repeat(100_000))) {
        assertThat(failed(get(server)).fault()).isEqualTo(Fault.INVALID);
      }
    }
  }

  @Test
  void aBodyBeyondItsBound_isAFault_orCut_asTheCallSays() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(200, "text/plain", "x".repeat(5_000))) {
      UpstreamLimits bounds = UpstreamLimits.DEFAULT;

      assertThat(failed(get(server).within(bounds.withMaxBody(4_999))).fault())
          .isEqualTo(Fault.TOO_LARGE);
      assertThat(replied(get(server).within(bounds.withMaxBody(5_000))).cut()).isFalse();
      UpstreamReply cut = replied(get(server).within(bounds.cutAt(1_024)));
      assertThat(cut.body()).hasSize(1_024);
      assertThat(cut.cut()).isTrue();
    }
  }

  @Test
  void theBodyOfARefusal_isCut() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(500, "text/plain", "x".repeat(100_000))) {
      assertThat(replied(get(server)).body()).hasSize(65_536);
    }
  }

  @Test
  void aRedirect_isAnAnswer() throws Exception {
    try (ScriptedServer target = ScriptedServer.answering(200, "text/plain", "caught");
        ScriptedServer server =
            ScriptedServer.saying(
                "HTTP/1.1 302 Found\r\nLocation: "
                    + target.uri("/")
                    + "\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(replied(get(server)).status()).isEqualTo(302);
      assertThat(target.requests()).isEmpty();
    }
  }

  @Test
  void aRefusalBeforeTheWholeRequestWasRead_isSeen() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(413, "text/plain", "too much")) {
      UpstreamRequest large =
          UpstreamRequest.post(server.uri("/"), Map.of(), "x".repeat(2_000_000)).asConfigured();

      assertThat(replied(large).status()).isEqualTo(413);
    }
  }

  @Test
  void silence_endsWithTheCallsTime() throws Exception {
    try (ScriptedServer server = hanging("")) {
      assertThat(failed(get(server).within(UpstreamLimits.DEFAULT.withTimes(SHORT, LONG))).fault())
          .isEqualTo(Fault.TIMED_OUT);
    }
  }

  @Test
  void aBodyThatStops_endsWhenItWasIdleTooLong() throws Exception {
    try (ScriptedServer server = hanging("HTTP/1.1 200 OK\r\n\r\nfirst piece")) {
      assertThat(failed(get(server).within(UpstreamLimits.DEFAULT.withTimes(LONG, SHORT))).fault())
          .isEqualTo(Fault.TIMED_OUT);
    }
  }

  @Test
  void aTrickle_endsWithTheCallsTime() throws Exception {
    ScriptedServer.Script trickle =
        (request, connection) -> {
          ScriptedServer.write(connection, "HTTP/1.1 200 OK\r\n\r\n");
          while (true) {
            ScriptedServer.write(connection, "x");
          }
        };
    try (ScriptedServer server = new ScriptedServer(trickle)) {
      UpstreamOutcome outcome =
          client
              .send(
                  get(server).within(UpstreamLimits.DEFAULT.withTimes(SHORT, LONG)),
                  new Gathering(new StringBuilder(), true) {
                    @Override
                    public boolean take(byte[] bytes, int length) {
                      return true;
                    }
                  })
              .outcome()
              .get(30, TimeUnit.SECONDS);
      // Sixteen mebibytes may come before the time is over: either bound ends it.
      assertThat(((Failed) outcome).fault()).isIn(Fault.TIMED_OUT, Fault.TOO_LARGE);
    }
  }

  @Test
  void nobodyThere_isUnreachable() throws Exception {
    URI gone;
    try (ScriptedServer server = ScriptedServer.saying("")) {
      gone = server.uri("/");
    }

    assertThat(failed(UpstreamRequest.get(gone, Map.of()).asConfigured()).fault())
        .isEqualTo(Fault.UNREACHABLE);
    assertThat(
            failed(
                    UpstreamRequest.get(URI.create("http://no-such-host.invalid/"), Map.of())
                        .asConfigured())
                .fault())
        .isEqualTo(Fault.UNREACHABLE);
  }

  @Test
  void abort_closesTheConnection() throws Exception {
    CompletableFuture<Integer> seen = new CompletableFuture<>();
    CompletableFuture<String> arrived = new CompletableFuture<>();
    try (ScriptedServer server =
        new ScriptedServer(
            (request, connection) -> {
              arrived.complete(request);
              seen.complete(readOrReset(connection));
            })) {
      UpstreamCall call = client.send(get(server));
      arrived.get(30, TimeUnit.SECONDS);

      call.abort();

      assertThat(((Failed) call.outcome().join()).fault()).isEqualTo(Fault.ABORTED);
      assertThat(seen.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
    }
  }

  @Test
  void close_endsCalls_andTakesNoMore() throws Exception {
    try (ScriptedServer server = hanging("")) {
      UpstreamCall call = client.send(get(server));

      client.close();

      assertThat(((Failed) call.outcome().join()).fault()).isEqualTo(Fault.ABORTED);
      assertThat(client.send(get(server)).outcome().join()).isInstanceOf(Failed.class);
    }
  }

  @Test
  void aSink_isGivenTheBody_andMayHaveEnough() throws Exception {
    try (ScriptedServer server = hanging("HTTP/1.1 200 OK\r\n\r\nfirst piece DONE")) {
      StringBuilder taken = new StringBuilder();

      UpstreamOutcome outcome =
          client.send(get(server), new Gathering(taken, true)).outcome().get(30, TimeUnit.SECONDS);

      assertThat(((Replied) outcome).reply().body()).isEmpty();
      assertThat(taken.toString()).isEqualTo("first piece DONE");
    }
  }

  @Test
  void aBodyThatTheSinkDoesNotWant_isGathered() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(400, "text/plain", "because")) {
      StringBuilder taken = new StringBuilder();

      UpstreamOutcome outcome =
          client.send(get(server), new Gathering(taken, false)).outcome().get(30, TimeUnit.SECONDS);

      assertThat(((Replied) outcome).reply().body()).isEqualTo("because");
      assertThat(taken).isEmpty();
    }
  }

  @Test
  void whatAUserNamed_isBlockedBeforeAnythingConnects() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(200, "text/plain", "secret")) {
      Failed failed =
          failed(UpstreamRequest.get(server.uri("/").resolve("/latest/meta-data"), Map.of()));

      assertThat(failed.fault()).isEqualTo(Fault.BLOCKED);
      assertThat(server.requests()).isEmpty();
    }
  }

  /** A name that leads here and there by turns: what is checked is what is connected to. */
  @Test
  void aNameThatIsRebound_neverLeadsToAPrivateAddress() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    Dialling dialling = Dialling.nowhere();
    InetAddress open = InetAddresses.forString("93.184.216.34");
    InetAddress inner = InetAddresses.forString("127.0.0.1");
    Resolver rebinding = host -> List.of(lookups.getAndIncrement() % 2 == 0 ? open : inner);

    int blocked = 0;
    try (UpstreamClient guarded = client(rebinding, dialling)) {
      for (int i = 0; i < 1_000; i++) {
        Failed failed = failed(guarded, hook("http://hook.example.com/"));
        blocked += failed.fault() == Fault.BLOCKED ? 1 : 0;
      }
    }

    assertThat(lookups).hasValue(1_000);
    assertThat(dialling.dialled())
        .hasSize(500)
        .extracting(InetSocketAddress::getAddress)
        .containsOnly(open);
    assertThat(blocked).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "::1", "64:ff9b::a00:1", "169.254.169.254", "fd00::1"})
  void onePrivateAddressAmongPublicOnes_blocksTheCall(String inner) throws Exception {
    Dialling dialling = Dialling.nowhere();
    Resolver mixed =
        host -> List.of(InetAddresses.forString("93.184.216.34"), InetAddresses.forString(inner));
    try (UpstreamClient guarded = client(mixed, dialling)) {
      assertThat(failed(guarded, hook("http://hook.example.com/")).fault())
          .isEqualTo(Fault.BLOCKED);
      assertThat(dialling.dialled()).isEmpty();
    }
  }

  @Test
  void theConnectionGoesToTheCheckedAddress_andTheHostHeaderByName() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(200, "text/plain", "here")) {
      Dialling redirected = Dialling.to(server.port());
      Resolver resolver = host -> List.of(InetAddresses.forString("93.184.216.34"));
      try (UpstreamClient guarded = client(resolver, redirected)) {
        UpstreamOutcome outcome =
            guarded.send(hook("http://hook.example.com/x")).outcome().get(30, TimeUnit.SECONDS);

        assertThat(outcome).isInstanceOf(Replied.class);
        assertThat(redirected.dialled())
            .containsExactly(new InetSocketAddress(InetAddresses.forString("93.184.216.34"), 80));
        assertThat(server.requests().get(0)).contains("\r\nHost: hook.example.com\r\n");
      }
    }
  }

  @Test
  void theNextAddress_isTriedWhenOneDoesNotAnswer() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(200, "text/plain", "here")) {
      Dialling second =
          new Dialling(
              (asked, nth) -> {
                if (nth == 1) {
                  throw new IOException("nobody there");
                }
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
              });
      Resolver two =
          host -> List.of(InetAddresses.forString("8.8.8.8"), InetAddresses.forString("8.8.4.4"));
      try (UpstreamClient guarded = client(two, second)) {
        assertThat(
                guarded.send(hook("http://hook.example.com/")).outcome().get(30, TimeUnit.SECONDS))
            .isInstanceOf(Replied.class);
      }
    }
  }

  @Test
  void endedCalls_leaveNoThreadBehind() throws Exception {
    try (ScriptedServer server = hanging("")) {
      for (int i = 0; i < 20; i++) {
        client.send(get(server)).abort();
      }
      client.close();
      await()
          .atMost(LONG)
          .until(
              () ->
                  Thread.getAllStackTraces().keySet().stream()
                      .noneMatch(thread -> thread.getName().startsWith("baton-out")));
    }
  }

  @Test
  void requestsAreNotPrintedWithTheirSecrets() {
    UpstreamRequest request =
        UpstreamRequest.post(
            URI.create("https://example.com/path?token=x"),
            Map.of("Authorization", SECRET),
            "prompt");

    assertThat(request.toString()).isEqualTo("POST https://example.com");
  }

  /** The end of a connection, in either way. */
  private static int readOrReset(Socket connection) {
    try {
      return connection.getInputStream().read();
    } catch (IOException reset) {
      return -1;
    }
  }

  private static UpstreamClient client(Resolver resolver, Dialling dialling) {
    return new UpstreamClient(
        OutboundRules.of(List.of(), true, List.of(443)),
        resolver,
        dialling,
        () -> {
          throw new IllegalStateException("no TLS here");
        });
  }

  private static UpstreamRequest hook(String url) {
    return UpstreamRequest.post(URI.create(url), Map.of(), "{}");
  }

  private static ScriptedServer hanging(String first) throws IOException {
    return new ScriptedServer(
        (request, connection) -> {
          ScriptedServer.write(connection, first);
          connection.getInputStream().read();
        });
  }

  private static UpstreamRequest get(ScriptedServer server) {
    return UpstreamRequest.get(server.uri("/"), Map.of()).asConfigured();
  }

  private UpstreamReply replied(UpstreamRequest request) throws Exception {
    UpstreamOutcome outcome =
        client.send(request.asConfigured()).outcome().get(30, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(Replied.class);
    return ((Replied) outcome).reply();
  }

  private Failed failed(UpstreamRequest request) throws Exception {
    return failed(client, request);
  }

  private static Failed failed(UpstreamClient client, UpstreamRequest request) throws Exception {
    UpstreamOutcome outcome = client.send(request).outcome().get(30, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(Failed.class);
    return (Failed) outcome;
  }

  /** Takes a body until it says DONE. */
  private static class Gathering implements BodySink {
    private final StringBuilder taken;
    private final boolean wants;

    Gathering(StringBuilder taken, boolean wants) {
      this.taken = taken;
      this.wants = wants;
    }

    @Override
    public boolean wants(int status, UpstreamHeaders headers) {
      return wants;
    }

    @Override
    public boolean take(byte[] bytes, int length) {
      taken.append(new String(bytes, 0, length, StandardCharsets.UTF_8));
      return taken.indexOf("DONE") < 0;
    }
  }
}
