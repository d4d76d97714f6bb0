package dev.baton.http.out.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.http.out.address.OutboundRules;
import dev.baton.http.out.upstream.UpstreamOutcome.Replied;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refusal is what its head says, whatever becomes of its body. */
final class UpstreamRefusalTest {
  private static final String HEAD = "HTTP/1.1 429 No\r\nRetry-After: 7\r\n";
  private final UpstreamClient client = new UpstreamClient(OutboundRules.STRICT);

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        "Content-Length: 500\r\n\r\n{\"err",
        "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nab"
      })
  void bodyThatCanNotBeRead_leavesTheStatusAndTheHeaders(String rest) throws Exception {
    try (ScriptedServer server = ScriptedServer.saying(HEAD + rest)) {
      assertIsRefusal(server, UpstreamLimits.DEFAULT);
    }
  }

  @Test
  void bodyThatNeverComes_isWaitedForNoLongerThanAPause() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, connection) -> {
              ScriptedServer.write(connection, HEAD + "Content-Length: 500\r\n\r\n");
              connection.getInputStream().read();
            })) {
      assertIsRefusal(
          server, UpstreamLimits.DEFAULT.withTimes(Duration.ofMinutes(2), Duration.ofMillis(200)));
    }
  }

  private void assertIsRefusal(ScriptedServer server, UpstreamLimits limits) throws Exception {
    UpstreamRequest request =
        UpstreamRequest.post(server.uri("/"), Map.of(), "{}").within(limits).asConfigured();
    UpstreamOutcome outcome = client.send(request).outcome().get(30, TimeUnit.SECONDS);

    assertThat(outcome).isInstanceOf(Replied.class);
    UpstreamReply reply = ((Replied) outcome).reply();
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers().first("Retry-After")).hasValue("7");
    assertThat(reply.cut()).isTrue();
  }
}
