package dev.baton.http.out.client;

import static com.google.common.base.Preconditions.checkArgument;

import dev.baton.core.client.WebhookClient;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.WebhookTopic;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A {@link WebhookClient} behind HTTP, spoken to in seed 2's dialect. Thread-safe. */
final class HttpWebhookClient implements WebhookClient {
  private static final String API = "/api/v1/webhooks";
  private static final Reading<Hook> HOOK =
      Reading.value(HookOf.class, "/data").map(HookOf::toCore);
  private static final Reading<Message> MESSAGE = Reading.wire(MessageOf.class, "/data");

  private final Calls calls;

  HttpWebhookClient(Calls calls) {
    this.calls = calls;
  }

  @Override
  public Added add(String url, Set<WebhookTopic> topics, Optional<String> secret) {
    checkArgument(!topics.isEmpty(), "a webhook has at least one topic");
    Members body =
        new Members().with("url", url).with("events", words(topics)).with("secret", secret);
    return calls.post(API, body.toMap(), Reading.value(HookOf.class, "/data").map(HookOf::added));
  }

  private static List<String> words(Set<WebhookTopic> topics) {
    return topics.stream().sorted().map(WebhookTopic::word).toList();
  }

  @Override
  public List<Hook> list(int page) {
    return calls.get(API + Calls.page(PAGE, page), Reading.wires(HookOf.class, "/data/webhooks"));
  }

  @Override
  public Hook find(String id) {
    return calls.get(path(id), HOOK);
  }

  @Override
  public Hook change(String id, Change change) {
    checkArgument(!change.topics().map(Set::isEmpty).orElse(false), "it is told of something");
    Members body =
        new Members()
            .with("url", change.url())
            .with("events", change.topics().map(HttpWebhookClient::words))
            .with("secret", change.secret())
            .with(
                "secretOverlapSeconds",
                change.overlap().map(time -> time.plusMillis(999).toSeconds()))
            .with("enabled", change.enabled());
    return calls.patch(path(id), body.toMap(), HOOK);
  }

  @Override
  public void delete(String id) {
    calls.delete(path(id));
  }

  @Override
  public Message test(String id) {
    return calls.post(path(id) + "/test", Map.of(), MESSAGE);
  }

  @Override
  public List<Message> deliveries(String id, int page) {
    return calls.get(
        path(id) + "/deliveries" + Calls.page(PAGE, page),
        Reading.wires(MessageOf.class, "/data/deliveries"));
  }

  @Override
  public Message redeliver(String id, String message) {
    return calls.post(
        path(id) + Calls.path("/deliveries/%s/redeliver", message), Map.of(), MESSAGE);
  }

  private static String path(String id) {
    return Calls.path(API + "/%s", id);
  }

  @Override
  public void close() {
    calls.close();
  }

  record HookOf(
      String id,
      String url,
      List<String> events,
      boolean enabled,
      Optional<String> disabledReason,
      Optional<String> secret,
      Instant createdAt)
      implements Wire<Hook> {
    @Override
    public Hook toCore() {
      Set<WebhookTopic> topics = EnumSet.noneOf(WebhookTopic.class);
      // A newer server may know topics that this client does not.
      events.forEach(word -> WebhookTopic.of(word).ifPresent(topics::add));
      Optional<String> why =
          enabled ? Optional.empty() : Optional.of(disabledReason.orElse("it is disabled"));
      return new Hook(id, url, topics, why, createdAt);
    }

    Added added() {
      return new Added(toCore(), secret);
    }
  }

  record MessageOf(
      String id,
      String event,
      Delivery.State status,
      int attempts,
      Instant createdAt,
      Optional<Instant> nextAttemptAt,
      Optional<Instant> endedAt,
      Optional<Delivery.Answer> lastAnswer)
      implements Wire<Message> {
    @Override
    public Message toCore() {
      Instant at = nextAttemptAt.or(() -> endedAt).orElseThrow();
      return new Message(id, event, status, attempts, createdAt, at, lastAnswer);
    }
  }
}
