package dev.baton.http.in.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.TransportRefusals;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Replies that take up all the memory there is for them. */
final class LargeRepliesTest extends ServerFixture {
  private static final String HELLO = "GET /hello HTTP/1.1\r\n" + HOST + "\r\n";
  private static final String LEASE = "GET /lease HTTP/1.1\r\n" + HOST + "\r\n";
  private static final String LENGTH =
      "POST /length HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\n\r\n1";
  private static final int REFUSED = TransportRefusals.status(ErrorCode.OVERLOADED);

  @Test
  void clientThatDoesNotRead_keepsOthersFromReading_butNotFromWritingOrFromSmallLeases()
      throws IOException {
    try (HttpServer tight = HttpServer.builder().dialect(dialect).replyBudget(1_000_000).start()) {
      try (RawClient slow = new RawClient(tight.address())) {
        slow.send("GET /large HTTP/1.1\r\n" + HOST + "\r\n");
        await()
            .untilAsserted(
                () ->
                    assertThat(RawClient.ask(tight.address(), HELLO).status()).isEqualTo(REFUSED));
        assertThat(RawClient.ask(tight.address(), LENGTH).status()).isEqualTo(200);
        assertThat(RawClient.ask(tight.address(), LEASE).body()).isEqualTo("{\"leased\":true}");
      }

      await()
          .untilAsserted(
              () -> assertThat(RawClient.ask(tight.address(), HELLO).status()).isEqualTo(200));
    }
  }

  @Test
  void replyThatIsReadToItsEnd_makesRoom() throws IOException {
    try (HttpServer tight = HttpServer.builder().dialect(dialect).replyBudget(1_000_000).start();
        RawClient client = new RawClient(tight.address())) {
      client.send("GET /large HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.receive().status()).isEqualTo(200);

      client.send(HELLO);

      assertThat(client.receive().status()).isEqualTo(200);
    }
  }

  @Test
  void wantOfMemory_isNoBug() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send("GET /exhausted HTTP/1.1\r\n" + HOST + "\r\n");

      assertThat(client.receive().status()).isEqualTo(REFUSED);
      client.send(HELLO);
      assertThat(client.receive().status()).isEqualTo(200);
    }
  }
}
