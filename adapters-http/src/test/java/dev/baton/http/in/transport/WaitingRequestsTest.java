package dev.baton.http.in.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.baton.http.in.api.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Requests whose reply comes later, also while the server drains. */
final class WaitingRequestsTest extends ServerFixture {
  @Test
  void laterReply_isSentWhenItIsThere() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send("GET /wait HTTP/1.1\r\n" + HOST + "\r\n");
      await().until(() -> server.stats().activeRequests() == 1);

      dialect.waited.complete(Reply.text(200, "done"));

      assertThat(client.receive().body()).isEqualTo("done");
      client.send("GET /hello HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.receive().status()).isEqualTo(200);
      assertThat(dialect.gone).hasValue(0);
    }
  }

  @Test
  void clientThatHangsUpWhileWaiting_isNoticed() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send("GET /wait HTTP/1.1\r\n" + HOST + "\r\n");
      await().until(() -> server.stats().activeRequests() == 1);
      client.hangUp();

      await().untilAsserted(() -> assertThat(dialect.gone).hasValue(1));
    }
    dialect.waited.complete(Reply.noContent());
    await().until(() -> server.stats().activeRequests() == 0);
    await().until(() -> server.stats().connections() == 0);
  }

  @Test
  void requestSentWhileOneWaits_isAnsweredNext() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send("GET /wait HTTP/1.1\r\n" + HOST + "\r\n");
      await().until(() -> server.stats().activeRequests() == 1);
      String next = "GET /items/" + "b".repeat(3_000) + " HTTP/1.1\r\n" + HOST + "\r\n";
      client.send(next + next);
      client.send(next);

      dialect.waited.complete(Reply.noContent());

      assertThat(client.receive().status()).isEqualTo(204);
      for (int i = 0; i < 3; i++) {
        assertThat(client.receive().body()).contains("bbb");
      }
      assertThat(dialect.gone).hasValue(0);
    }
  }

  @Test
  void drain_finishesWhatIsAcceptedAndTakesNothingNew() throws Exception {
    try (RawClient client = new RawClient(server.address())) {
      client.send("GET /wait HTTP/1.1\r\n" + HOST + "\r\n");
      await().until(() -> server.stats().activeRequests() == 1);
      CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(this::drain);
      await().until(server::isDraining);

      assertThatThrownBy(() -> get("/hello")).isInstanceOf(IOException.class);
      dialect.waited.complete(Reply.text(200, "done"));

      RawClient.Answer answer = client.receive();
      assertThat(answer.body()).isEqualTo("done");
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(client.isClosed()).isTrue();
      assertThat(drained.get()).isTrue();
    }
  }

  @Test
  void drain_withARequestThatDoesNotEnd_givesUp() throws Exception {
    try (RawClient client = new RawClient(server.address())) {
      client.send("GET /wait HTTP/1.1\r\n" + HOST + "\r\n");
      await().until(() -> server.stats().activeRequests() == 1);

      assertThat(server.drain(Duration.ofMillis(300))).isFalse();
    }
  }

  private boolean drain() {
    try {
      return server.drain(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
