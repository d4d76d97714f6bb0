package dev.baton.http.in.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that take their time: rows 33 to 35 of the table of bad input. */
final class SlowClientTest extends GateFixture {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "GET /hel", "GET /hello HTTP/1.1\r\n", "GET /hello HTTP/1.1\r\nHost: lo"})
  void headThatDoesNotEnd_isClosed(String beginning) throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send(beginning);

      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void drippingHead_isClosed() throws IOException {
    try (RawClient client = new RawClient(address)) {
      assertThat(drip(client, "GET /hello HTTP/1.1\r\n", "X-A: b\r\n")).isTrue();
    }
  }

  @Test
  void drippingBody_is408AndClosed() throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send(POST + "Content-Length: 1000\r\n\r\n");
      Thread dripping = new Thread(() -> dripQuietly(client));
      dripping.start();

      assertThat(client.receive().status()).isEqualTo(408);
      assertThat(client.isClosed()).isTrue();
      client.hangUp();
      dripping.interrupt();
    }
  }

  @Test
  void stalledBody_is408AndClosed() throws IOException {
    for (String beginning :
        new String[] {POST + "Content-Length: 10\r\n\r\n{", CHUNKED + "a\r\n{"}) {
      try (RawClient client = new RawClient(address)) {
        client.send(beginning);

        assertThat(client.receive().status()).isEqualTo(408);
        assertThat(client.isClosed()).isTrue();
      }
    }
  }

  @Test
  void idleConnection_isClosed() throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send(NEXT);
      assertThat(client.receive().status()).isEqualTo(200);

      assertThat(client.isClosed()).isTrue();
    }
  }

  /** Sends more and more until the server has had enough. */
  private static boolean drip(RawClient client, String first, String again) throws IOException {
    client.send(first);
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    try {
      while (System.nanoTime() < end) {
        java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        client.send(again);
      }
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  private static void dripQuietly(RawClient client) {
    try {
      drip(client, "", "a");
    } catch (IOException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
