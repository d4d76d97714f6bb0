package dev.baton.http.out.upstream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.net.InetAddresses;
import dev.baton.http.out.address.OutboundRules;
import dev.baton.http.out.address.Resolver;
import dev.baton.http.out.upstream.UpstreamOutcome.Failed;
import dev.baton.http.out.upstream.UpstreamOutcome.Fault;
import dev.baton.http.out.upstream.UpstreamOutcome.Replied;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls share a connection, and which do not. */
final class UpstreamPoolTest {
  private static final String YES = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes";
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final UpstreamClient client = new UpstreamClient(OutboundRules.STRICT);

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void callsOfOneHost_shareAConnection() throws Exception {
    try (KeepingServer server = KeepingServer.saying(YES)) {
      for (int i = 0; i < 20; i++) {
        assertThat(body(client, post(server.uri()))).isEqualTo("yes");
        await().until(() -> client.idleConnections() == 1);
      }

      assertThat(server.accepted()).isEqualTo(1);
      assertThat(server.requests()).isEqualTo(20);
    }
  }

  @Test
  void callsOverTls_shareAConnection_andAgreeOnce() throws Exception {
    SSLContext tls = tls();
    try (KeepingServer server = KeepingServer.over(listener(tls), YES);
        UpstreamClient trusting =
            new UpstreamClient(
                OutboundRules.STRICT, Resolver.SYSTEM, UnaryOperator.identity(), () -> tls)) {
      URI uri = URI.create("https://localhost:" + server.port() + "/");
      for (int i = 0; i < 5; i++) {
        assertThat(body(trusting, post(uri))).isEqualTo("yes");
        await().until(() -> trusting.idleConnections() == 1);
      }

      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void certificateOfAnotherName_orOfNobodyKnown_isNotConnectedTo() throws Exception {
    SSLContext tls = tls();
    try (KeepingServer server = KeepingServer.over(listener(tls), YES);
        UpstreamClient trusting =
            new UpstreamClient(
                OutboundRules.STRICT,
                host -> List.of(InetAddress.getLoopbackAddress()),
                UnaryOperator.identity(),
                () -> tls)) {
      URI other = URI.create("https://other.example.com:" + server.port() + "/");
      URI named = URI.create("https://localhost:" + server.port() + "/");

      assertThat(fault(trusting, post(other))).isEqualTo(Fault.UNREACHABLE);
      assertThat(fault(client, post(named))).isEqualTo(Fault.UNREACHABLE);
      assertThat(server.requests()).isZero();
    }
  }

  /** A name that moves on takes its calls along: its old connection is not theirs. */
  @Test
  void connection_isOnlyForTheAddressThatWasChecked() throws Exception {
    AtomicReference<String> leads = new AtomicReference<>("93.184.216.34");
    try (KeepingServer server = KeepingServer.saying(YES)) {
      Dialling dialling = Dialling.to(server.port());
      try (UpstreamClient guarded =
          new UpstreamClient(
              OutboundRules.of(List.of(), true, List.of(443)),
              host -> List.of(InetAddresses.forString(requireNonNull(leads.get()))),
              dialling,
              UpstreamPoolTest::noTls)) {
        UpstreamRequest hook =
            UpstreamRequest.post(URI.create("http://hook.example.com/"), Map.of(), "{}");
        assertThat(body(guarded, hook)).isEqualTo("yes");
        assertThat(body(guarded, hook)).isEqualTo("yes");
        assertThat(dialling.dialled()).hasSize(1);

        leads.set("8.8.8.8");
        assertThat(body(guarded, hook)).isEqualTo("yes");
        assertThat(dialling.dialled()).hasSize(2);

        leads.set("10.0.0.1");
        assertThat(fault(guarded, hook)).isEqualTo(Fault.BLOCKED);
        assertThat(server.requests()).isEqualTo(3);
      }
    }
  }

  /** What the operator may reach does not become reachable for others by being connected to. */
  @Test
  void connectionOfTheOperators_isNotForWhatAUserNamed() throws Exception {
    try (KeepingServer server = KeepingServer.saying(YES)) {
      assertThat(body(client, post(server.uri()))).isEqualTo("yes");

      UpstreamRequest users = UpstreamRequest.post(server.uri(), Map.of(), "{}");
      assertThat(fault(client, users)).isEqualTo(Fault.BLOCKED);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nyes",
        "HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nyes",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Encoding: gzip\r\n\r\nsqueezed.",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n",
      })
  void connectionThatWasNotReadToAGoodEnd_isNotUsedAgain(String first) throws Exception {
    try (KeepingServer server = KeepingServer.saying(first, YES)) {
      client.send(post(server.uri())).outcome().get(30, TimeUnit.SECONDS);

      assertThat(body(client, post(server.uri()))).isEqualTo("yes");
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void connectionOfACallThatWasGivenUp_isNotUsedAgain() throws Exception {
    try (KeepingServer server =
        KeepingServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", YES)) {
      CompletableFuture<Void> begun = new CompletableFuture<>();
      UpstreamCall call = client.send(post(server.uri()), new Endless(begun));
      begun.get(30, TimeUnit.SECONDS);
      call.abort();

      assertThat(body(client, post(server.uri()))).isEqualTo("yes");
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void answerThatIsHalfRead_andTimesOut_leavesNoConnection() throws Exception {
    try (KeepingServer server =
        KeepingServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", YES)) {
      UpstreamLimits hasty =
          UpstreamLimits.DEFAULT.withTimes(Duration.ofSeconds(20), Duration.ofMillis(100));
      assertThat(fault(client, post(server.uri()).within(hasty))).isEqualTo(Fault.TIMED_OUT);

      assertThat(body(client, post(server.uri()))).isEqualTo("yes");
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  /** The client answers a close with a close: then the pool knows. */
  @Test
  void connectionThatTheServerClosedMeanwhile_costsNoCall() throws Exception {
    for (int i = 0; i < 50; i++) {
      try (KeepingServer server = KeepingServer.saying(YES)) {
        assertThat(body(client, post(server.uri()))).isEqualTo("yes");

        server.endConnections();
        await().until(() -> server.open() == 0);

        assertThat(body(client, post(server.uri()))).isEqualTo("yes");
        assertThat(server.accepted()).isEqualTo(2);
        assertThat(server.requests()).isEqualTo(2);
      }
    }
  }

  /** Once it was sent nobody knows whether it was acted on. */
  @Test
  void requestThatWasSent_isNotSentAgain() throws Exception {
    try (KeepingServer server = KeepingServer.saying(YES, "", YES)) {
      assertThat(body(client, post(server.uri()))).isEqualTo("yes");

      assertThat(fault(client, post(server.uri()))).isEqualTo(Fault.INVALID);
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void streamThatIsReadToItsLastEvent_leavesItsConnectionToTheNext() throws Exception {
    String stream = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nx DONE\r\n0\r\n\r\n";
    try (KeepingServer server = KeepingServer.saying(stream, YES)) {
      UpstreamOutcome outcome =
          client.send(post(server.uri()), new Done()).outcome().get(30, TimeUnit.SECONDS);
      assertThat(outcome).isInstanceOf(Replied.class);
      await().until(() -> client.idleConnections() == 1);

      assertThat(body(client, post(server.uri()))).isEqualTo("yes");
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  private static UpstreamRequest post(URI uri) {
    return UpstreamRequest.post(uri, Map.of(), "{}").asConfigured();
  }

  private static String body(UpstreamClient client, UpstreamRequest request) throws Exception {
    UpstreamOutcome outcome = client.send(request).outcome().get(30, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(Replied.class);
    return ((Replied) outcome).reply().body();
  }

  private static Fault fault(UpstreamClient client, UpstreamRequest request) throws Exception {
    UpstreamOutcome outcome = client.send(request).outcome().get(30, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(Failed.class);
    return ((Failed) outcome).fault();
  }

  private static SSLContext noTls() {
    throw new IllegalStateException("no TLS here");
  }

  /** Knows and trusts a certificate of {@code localhost}. */
  private static SSLContext tls() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = UpstreamPoolTest.class.getResourceAsStream("/upstream/localhost.p12")) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private static ServerSocket listener(SSLContext tls) throws IOException {
    return tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** Takes all there is. */
  private record Endless(CompletableFuture<Void> begun) implements BodySink {
    @Override
    public boolean wants(int status, UpstreamHeaders headers) {
      return true;
    }

    @Override
    public boolean take(byte[] bytes, int length) {
      begun.complete(null);
      return true;
    }
  }

  /** Has enough at once. */
  private static final class Done implements BodySink {
    @Override
    public boolean wants(int status, UpstreamHeaders headers) {
      return true;
    }

    @Override
    public boolean take(byte[] bytes, int length) {
      return false;
    }
  }
}
