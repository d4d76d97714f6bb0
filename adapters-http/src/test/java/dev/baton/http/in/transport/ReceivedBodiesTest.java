package dev.baton.http.in.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.TransportRefusals;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are received whole, as far as there is memory for them. */
final class ReceivedBodiesTest extends ServerFixture {
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
  void bodiesBeyondTheirBudget_areRefusedUntilThereIsRoomAgain() throws IOException {
    String large = "POST /length HTTP/1.1\r\n" + HOST + "Content-Length: 600000\r\n\r\n";
    try (HttpServer tight = HttpServer.builder().dialect(dialect).bodyBudget(1_000_000).start();
        RawClient first = new RawClient(tight.address())) {
      first.send(large + "a".repeat(599_999));
      await()
          .untilAsserted(
              () ->
                  assertThat(RawClient.ask(tight.address(), large + "a".repeat(600_000)).status())
                      .isEqualTo(TransportRefusals.status(ErrorCode.OVERLOADED)));
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

  private static String chunk(String data) {
    return data.isEmpty() ? "" : Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
  }
}
