package dev.baton.http.in.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Bodies over the wire: rows 11, 29 to 31 and 38 of the table of bad input. */
final class BodyBoundsTest extends GateFixture {
  @Test
  void trailer_isIgnored_andTheNextRequestIsAnswered() throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send(CHUNKED + "2\r\n{}\r\n0\r\nContent-Length: 50\r\n\r\n" + NEXT);

      assertThat(client.receive().body()).isEqualTo("{}");
      assertThat(client.receive().body()).isEqualTo("{\"hello\":\"world\"}");
    }
  }

  @Test
  void chunkedBodyAboveTheBound_is413AndNoReset() throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send(CHUNKED);
      String chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";
      for (int i = 0; i < 80; i++) {
        client.send(chunk);
      }
      client.send("0\r\n\r\n");

      assertThat(client.receive().status()).isEqualTo(413);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void announcedBodyAboveTheBound_is413AlsoForWhoSendsItAllFirst() throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send(POST + "Content-Length: 8000000\r\n\r\n" + "a".repeat(8_000_000));

      assertThat(client.receive().status()).isEqualTo(413);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void expect100_getsItsContinueAndThenTheAnswer() throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send(POST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.receive().status()).isEqualTo(100);

      client.send("{}");

      assertThat(client.receive().body()).isEqualTo("{}");
    }
  }

  @Test
  void expect100_forTooLongABody_getsNoContinue() throws IOException {
    assertThat(
            RawClient.ask(address, POST + "Expect: 100-continue\r\nContent-Length: 8000000\r\n\r\n")
                .status())
        .isEqualTo(413);
  }

  @Test
  void getWithABody_isAnsweredAndItsBodyIsNoRequest() throws IOException {
    int before = dialect.handled.get();
    try (RawClient client = new RawClient(address)) {
      client.send(
          "GET /hello HTTP/1.1\r\n"
              + HOST
              + "Content-Length: "
              + NEXT.length()
              + "\r\n\r\n"
              + NEXT
              + NEXT);

      assertThat(client.receive().status()).isEqualTo(200);
      assertThat(client.receive().status()).isEqualTo(200);
    }
    assertThat(dialect.handled).hasValue(before + 2);
  }
}
