package dev.baton.http.out.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.usecase.webhook.WebhookDispatcher;
import dev.baton.core.usecase.webhook.Webhooks;
import dev.baton.http.out.address.OutboundRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages to a receiver that breaks off, redirects, stalls, refuses and goes: none is lost. */
final class WebhookStormTest {
  /** How many. */
  private static final int EVENTS = 300;

  private static final Duration ATTEMPT = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(60 + EVENTS / 50);
  private static final Pattern TASK = Pattern.compile("\"data\":\\{\"id\":\"([^\"]+)\"");

  private final ManualClock clock = new ManualClock();
  private final Random moods = new Random(7);
  private final Set<String> taken = ConcurrentHashMap.newKeySet();
  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicInteger repeats = new AtomicInteger();
  private final Semaphore stalling = new Semaphore(0);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private Baton baton;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    HttpWebhookSender sender =
        new HttpWebhookSender(OutboundRules.of(List.of("127.0.0.1"), true, List.of()), ATTEMPT);
    baton =
        Baton.builder(new InMemoryStore())
            .clock(clock)
            .random(new Random(1))
            .webhooks(sender)
            .build();
  }

  @AfterEach
  void stop() {
    baton.close();
    stalling.release(Integer.MAX_VALUE);
    server.stop(0);
    threads.shutdownNow();
  }

  /** One attempt in five goes wrong, each time in another way. */
  private void answer(HttpExchange exchange) throws IOException {
    Matcher body = TASK.matcher(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    attempts.incrementAndGet();
    int mood;
    synchronized (moods) {
      mood = moods.nextInt(1_000);
    }
    switch (mood % 50) {
      case 0, 1 -> exchange.close();
      case 2, 3 -> {
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:9/");
        status(exchange, 302);
      }
      case 4, 5 -> {
        exchange.getResponseHeaders().add("Retry-After", "60");
        status(exchange, 429);
      }
      case 6 -> status(exchange, mood == 6 ? 410 : 503);
      case 7 -> {
        // It took the message, and its sender does not learn of it.
        take(body);
        exchange.close();
      }
      case 8 -> stall(exchange);
      default -> {
        take(body);
        status(exchange, 204);
      }
    }
  }

  private void take(Matcher body) {
    if (body.find() && !taken.add(body.group(1))) {
      repeats.incrementAndGet();
    }
  }

  private void stall(HttpExchange exchange) {
    try {
      stalling.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private static void status(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private Webhooks webhooks() {
    return baton.webhooks().orElseThrow().webhooks();
  }

  @Test
  void everyMessage_isTaken_whateverTheReceiverDoes() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    Webhook webhook =
        Baton.await(
            webhooks()
                .create(
                    TenantId.DEFAULT,
                    new Webhooks.NewWebhook(
                        url, Optional.empty(), Set.of(WebhookTopic.TASK_CREATED))));
    for (int i = 0; i < EVENTS; i++) {
      baton.submit("p" + i);
    }
    WebhookDispatcher dispatcher = baton.webhooks().orElseThrow().dispatcher();

    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              dispatcher.runOnce();
              if (dispatcher.underWay() == 0) {
                // Nothing is due: on to the next attempts.
                clock.advance(Duration.ofMinutes(1));
                enable(webhook);
              }
              return taken.size() == EVENTS;
            });

    System.getLogger("storm")
        .log(
            System.Logger.Level.INFO,
            "{0} messages, {1} attempts, {2} repeats",
            EVENTS,
            attempts,
            repeats);
    assertThat(taken).hasSize(EVENTS);
    assertThat(attempts.get()).isGreaterThan(EVENTS);
  }

  /** An owner who is not discouraged by 410. */
  private void enable(Webhook webhook) {
    if (!Baton.await(webhooks().find(TenantId.DEFAULT, webhook.id())).isEnabled()) {
      Baton.await(
          webhooks()
              .edit(
                  TenantId.DEFAULT,
                  webhook.id(),
                  new Webhooks.Edit(
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.of(true))));
      Baton.await(webhooks().deliveries(TenantId.DEFAULT, webhook.id(), 0, 1_000)).items().stream()
          .filter(delivery -> delivery.state() == Delivery.State.FAILED)
          .forEach(
              failed ->
                  Baton.await(webhooks().redeliver(TenantId.DEFAULT, webhook.id(), failed.id())));
    }
  }
}
