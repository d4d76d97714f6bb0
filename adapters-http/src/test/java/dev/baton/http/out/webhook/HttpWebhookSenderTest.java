package dev.baton.http.out.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.baton.core.port.WebhookSender;
import dev.baton.core.port.WebhookSender.Letter;
import dev.baton.core.port.WebhookSender.Message;
import dev.baton.core.port.WebhookSender.Outcome;
import dev.baton.core.port.WebhookSenderContract;
import dev.baton.http.out.address.OutboundRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpWebhookSenderTest extends WebhookSenderContract {
  private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private static final OutboundRules LOCAL =
      OutboundRules.of(List.of("127.0.0.1"), true, List.of(443));

  private final HttpWebhookSender sender = new HttpWebhookSender(LOCAL);
  private HttpServer server;

  private record Received(Map<String, List<String>> headers, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    sender.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((k, v) -> headers.put(k.toLowerCase(Locale.ROOT), v));
    received.add(
        new Received(headers, new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    String path = exchange.getRequestURI().getPath();
    int status = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
    if (status == 0) {
      exchange.close();
      return;
    }
    exchange.getResponseHeaders().add("Retry-After", "7");
    exchange.getResponseHeaders().add("Location", receiver() + "/status/200");
    byte[] body = "x".repeat(5_000).getBytes(UTF_8);
    exchange.sendResponseHeaders(status, status == 204 ? -1 : body.length);
    if (status != 204) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  protected WebhookSender sender() {
    return sender;
  }

  @Override
  protected String receiver() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Outcome sendSigned(String secret, String body) throws Exception {
    Letter letter =
        new Letter(receiver() + "/status/200", List.of(secret), "msg_7", Instant.now(), body);
    return sender.send(letter).get(30, TimeUnit.SECONDS);
  }

  @Test
  void signature_isGoodForTheLibrary_andForNoOtherBody() throws Exception {
    sendSigned(SECRET, "{\"type\":\"é\"}");

    Received got = received.get(0);
    new Webhook(SECRET).verify(got.body(), got.headers());
    assertThat(got.headers().get("webhook-id")).containsExactly("msg_7");
    assertThatThrownBy(() -> new Webhook(SECRET).verify(got.body() + " ", got.headers()))
        .hasMessageContaining("signature");
  }

  @Test
  void signature_byAPlainSecret_isOfItsBytes() throws Exception {
    String secret = "your-webhook-secret";
    sendSigned(secret, "{}");

    Received got = received.get(0);
    new Webhook(secret.getBytes(UTF_8)).verify(got.body(), got.headers());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
    assertThat(got.headers().get("x-webhook-signature"))
        .containsExactly(
            "sha256=" + HexFormat.of().formatHex(mac.doFinal(got.body().getBytes(UTF_8))));
  }

  @Test
  void signatures_ofASecretAndTheOneBefore_areBothGoodForTheLibrary() throws Exception {
    String before = "the secret of before";
    Letter letter =
        new Letter(
            receiver() + "/status/200", List.of(SECRET, before), "msg_7", Instant.now(), "{}");
    sender.send(letter).get(30, TimeUnit.SECONDS);

    Received got = received.get(0);
    assertThat(requireNonNull(got.headers().get("webhook-signature")).get(0).split(" ")).hasSize(2);
    new Webhook(SECRET).verify(got.body(), got.headers());
    new Webhook(before.getBytes(UTF_8)).verify(got.body(), got.headers());
    assertThat(got.headers().get("x-webhook-signature")).hasSize(1);
  }

  @Test
  void status_decides_alsoWhenTheBodyDrips_breaksOff_orNeverEnds() throws Exception {
    try (HttpWebhookSender hasty = new HttpWebhookSender(LOCAL, Duration.ofSeconds(1))) {
      for (String answer :
          List.of("Content-Length: 99\r\n\r\nx", "\r\nx", "Content-Encoding: gzip\r\n\r\n")) {
        for (boolean closes : List.of(true, false)) {
          assertThat(sendTo(hasty, "HTTP/1.1 200 OK\r\n" + answer, closes).status())
              .as(answer)
              .isEqualTo(200);
        }
      }
      assertThat(sendTo(hasty, "HTTP/1.1 20", false).status()).isZero();
    }
    assertThat(sendTo(sender, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx", false).detail())
        .isEqualTo("x");
  }

  /** What comes of a message to a receiver that sends just this and, maybe, closes. */
  private static Outcome sendTo(HttpWebhookSender by, String answer, boolean closes)
      throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + listening.getLocalPort() + "/";
      CompletableFuture<Outcome> sent = by.send(new Letter(url, List.of(SECRET), "m", NOW, "{}"));
      try (Socket socket = listening.accept()) {
        socket.getOutputStream().write(answer.getBytes(UTF_8));
        if (closes) {
          socket.shutdownOutput();
        }
        return sent.get(30, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void redirect_isNotFollowed() throws Exception {
    assertThat(send("/status/302").status()).isEqualTo(302);
    assertThat(received).hasSize(1);
  }

  @Test
  void answer_isReadToItsBound_andRetryAfterIsRead() throws Exception {
    Outcome outcome = send("/status/429");

    assertThat(outcome.detail()).hasSize(HttpWebhookSender.READ_MAX);
    assertThat(outcome.retryAfter()).contains(Duration.ofSeconds(7));
  }

  @Test
  void privateAddress_isNotConnectedTo() throws Exception {
    try (HttpWebhookSender strict = new HttpWebhookSender(OutboundRules.STRICT)) {
      String url = "https://localhost:" + server.getAddress().getPort() + "/status/200";
      Outcome outcome =
          strict
              .send(new Letter(url, List.of(SECRET), "msg_1", NOW, "{}"))
              .get(30, TimeUnit.SECONDS);

      assertThat(outcome.status()).isZero();
      assertThat(outcome.detail()).contains("BLOCKED");
      assertThat(received).isEmpty();
    }
  }

  @Test
  void message_isAnObjectOfTypeTimestampAndData() {
    assertThat(sender.encode(new Message("task.created", NOW, Map.of("id", "a"))))
        .isEqualTo(
            "{\"type\":\"task.created\",\"timestamp\":\"2026-11-25T10:00:00.120Z\","
                + "\"data\":{\"id\":\"a\"}}");
  }
}
