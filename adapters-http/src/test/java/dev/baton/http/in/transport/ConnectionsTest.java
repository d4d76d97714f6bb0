package dev.baton.http.in.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many connections, and many requests on one: rows 36 and 39 of the table of bad input. */
final class ConnectionsTest extends GateFixture {
  @Test
  void connectionAboveTheBound_waitsForAPlace() throws IOException {
    try (HttpServer small = HttpServer.builder().dialect(dialect).maxConnections(2).start();
        RawClient first = new RawClient(small.address());
        RawClient second = new RawClient(small.address())) {
      first.send(NEXT);
      second.send(NEXT);
      assertThat(first.receive().status()).isEqualTo(200);
      assertThat(second.receive().status()).isEqualTo(200);
      try (RawClient third = new RawClient(small.address())) {
        third.send(NEXT);
        second.send(NEXT);
        assertThat(second.receive().status()).isEqualTo(200);
        assertThat(small.stats().connections()).isEqualTo(2);

        first.hangUp();

        assertThat(third.receive().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void pipelinedRequests_areAnsweredInOrder() throws IOException {
    String requests =
        IntStream.range(0, 100)
            .mapToObj(i -> "GET /items/" + i + " HTTP/1.1\r\n" + HOST + "\r\n")
            .collect(Collectors.joining());
    try (RawClient client = new RawClient(address)) {
      client.send(requests);

      for (int i = 0; i < 100; i++) {
        assertThat(client.receive().body()).isEqualTo("{\"id\":\"" + i + "\"}");
      }
    }
  }

  @Test
  void faultBehindAGoodRequest_leavesTheGoodOneAnswered() throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send(NEXT + "GET /hello HTTP/3.7\r\n" + HOST + "\r\n" + NEXT);

      assertThat(client.receive().status()).isEqualTo(200);
      assertThat(client.receive().status()).isEqualTo(505);
      assertThat(client.isClosed()).isTrue();
    }
  }
}
