package dev.baton.http.out.webhook;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.baton.core.port.WebhookSender;
import dev.baton.http.out.address.OutboundRules;
import dev.baton.http.out.address.OutboundUrls;
import dev.baton.http.out.upstream.RetryAfter;
import dev.baton.http.out.upstream.UpstreamClient;
import dev.baton.http.out.upstream.UpstreamLimits;
import dev.baton.http.out.upstream.UpstreamOutcome;
import dev.baton.http.out.upstream.UpstreamReply;
import dev.baton.http.out.upstream.UpstreamRequest;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sends messages as POSTs of JSON with signatures; follows no redirect, and waits {@link #TIME_OUT}
 * for the head of an answer, whose status decides. Of its body it reads {@link #READ_MAX} bytes at
 * most, and what comes in time. Thread-safe.
 */
public final class HttpWebhookSender implements WebhookSender {
  /** From the start of an attempt to the head of the answer. */
  public static final Duration TIME_OUT = Duration.ofSeconds(15);

  /** Bytes of an answer. */
  public static final int READ_MAX = 1_024;

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final OutboundUrls urls;
  private final UpstreamClient client;
  private final UpstreamLimits limits;

  public HttpWebhookSender(OutboundRules rules) {
    this(rules, TIME_OUT);
  }

  /**
   * @param timeOut for an attempt, up to {@link #TIME_OUT}
   */
  public HttpWebhookSender(OutboundRules rules, Duration timeOut) {
    this.urls = new OutboundUrls(requireNonNull(rules, "rules"));
    this.client = new UpstreamClient(rules);
    this.limits = UpstreamLimits.DEFAULT.withTimes(timeOut, timeOut).cutAt(READ_MAX);
  }

  @Override
  public void check(String url) {
    urls.check(url);
  }

  @Override
  public String encode(Message message) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", message.type());
    body.put("timestamp", MILLIS.format(message.timestamp()));
    body.put("data", WebhookWords.of(message.data()));
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message can't be written", e);
    }
  }

  @Override
  public CompletableFuture<Outcome> send(Letter letter) {
    Map<String, String> headers = new LinkedHashMap<>(Signatures.of(letter));
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "Baton-Webhooks");
    UpstreamRequest request =
        UpstreamRequest.post(URI.create(letter.url()), headers, letter.body()).within(limits);
    return client.send(request).outcome().thenApply(outcome -> outcome(letter, outcome));
  }

  private static Outcome outcome(Letter letter, UpstreamOutcome outcome) {
    if (outcome instanceof UpstreamOutcome.Replied replied) {
      UpstreamReply reply = replied.reply();
      Optional<Duration> retryAfter = RetryAfter.of(reply.headers(), letter.at());
      return new Outcome(reply.status(), reply.body(), retryAfter);
    }
    UpstreamOutcome.Failed failed = (UpstreamOutcome.Failed) outcome;
    return Outcome.unanswered(failed.fault() + ": " + failed.message());
  }

  @Override
  public void close() {
    client.close();
  }
}
