package dev.baton.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A receiver of webhooks on this machine that does to some requests what receivers do: breaks off
 * before or after it took the message, leads elsewhere, stalls, wants to be left alone, and says
 * that it is gone. Thread-safe.
 */
final class FaultyReceiver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of ten thousand requests. */
  private static final int OF = 10_000;

  private static final int BREAKS_OFF = 200;
  private static final int TAKES_AND_BREAKS_OFF = BREAKS_OFF + 100;
  private static final int REDIRECTS = TAKES_AND_BREAKS_OFF + 200;
  private static final int WANTS_PEACE = REDIRECTS + 200;
  private static final int STALLS = WANTS_PEACE + 10;
  private static final int IS_GONE = STALLS + 3;

  private final WebhookLedger ledger;
  private final Random moods = new Random(7);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger requests = new AtomicInteger();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private final HttpServer server;
  private volatile boolean mayBeGone;

  FaultyReceiver(WebhookLedger ledger) throws IOException {
    this.ledger = ledger;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/hook", this::answer);
    server.createContext("/elsewhere", this::followed);
    server.start();
  }

  String url() {
    return base() + "/hook";
  }

  private String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  int requests() {
    return requests.get();
  }

  /** From now on some requests are told that nobody is here any more. */
  void letBeGone() {
    mayBeGone = true;
  }

  /** Messages that were answered so and have not been taken since. */
  List<String> gone() {
    return List.copyOf(gone);
  }

  private void followed(HttpExchange exchange) throws IOException {
    ledger.fault("a redirect was followed");
    status(exchange, 204);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    String id = String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id"));
    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    int mood = mood();
    if (mood < BREAKS_OFF) {
      exchange.close();
    } else if (mood < TAKES_AND_BREAKS_OFF) {
      // Its sender never learns of it, and has to repeat it.
      take(id, body);
      exchange.close();
    } else if (mood < REDIRECTS) {
      exchange.getResponseHeaders().add("Location", base() + "/elsewhere");
      status(exchange, 302);
    } else if (mood < WANTS_PEACE) {
      exchange.getResponseHeaders().add("Retry-After", "1");
      status(exchange, 429);
    } else if (mood < STALLS) {
      stall(exchange);
    } else if (mood < IS_GONE && mayBeGone) {
      gone.add(id);
      status(exchange, 410);
    } else {
      take(id, body);
      status(exchange, 204);
    }
  }

  private synchronized int mood() {
    return moods.nextInt(OF);
  }

  private void take(String id, JsonNode body) {
    ledger.take(id, body.path("type").asText(), body.path("data").path("id").asText());
    gone.remove(id);
  }

  private void stall(HttpExchange exchange) {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private static void status(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
