package dev.baton.http.in.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.http.in.api.StreamWriter;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Replies that are long in coming or in being read. */
final class StreamsTest extends ServerFixture {
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
}
