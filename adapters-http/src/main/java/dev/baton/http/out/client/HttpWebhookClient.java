package dev.baton.http.out.client;

import static com.google.common.base.Preconditions.checkArgument;

import dev.baton.core.client.WebhookClient;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.http.out.client.Calls.Reading;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@link WebhookClient} behind HTTP, spoken to in seed 2's dialect. Thread-safe. */
final class HttpWebhookClient implements WebhookClient {
  private static final String API = "/api/v1/webhooks";
  private static final Reading<HttpAdminClient.Done, Boolean> DONE =
      new Reading<>(HttpAdminClient.Done.class, HttpAdminClient.Done::checked);
  private static final Reading<Found, Hook> HOOK = new Reading<>(Found.class, Found::toCore);
  private static final Reading<Queued, Message> MESSAGE =
      new Reading<>(Queued.class, Queued::toCore);

  private final Calls calls;

  HttpWebhookClient(Calls calls) {
    this.calls = calls;
  }

  @Override
  public Added add(String url, Set<WebhookTopic> topics, Optional<String> secret) {
    checkArgument(!topics.isEmpty(), "a webhook has at least one topic");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("url", url);
    body.put("events", words(topics));
    secret.ifPresent(text -> body.put("secret", text));
    return calls.post(API, body, new Reading<>(Found.class, Found::toAdded));
  }

  private static List<String> words(Set<WebhookTopic> topics) {
    return topics.stream().sorted().map(WebhookTopic::word).toList();
  }

  @Override
  public List<Hook> list(int page) {
    return calls.get(API + page(page), new Reading<>(Listed.class, Listed::toCore));
  }

  private static String page(int page) {
    return "?limit=" + PAGE + "&page=" + (page + 1);
  }

  @Override
  public Hook find(String id) {
    return calls.get(path(id), HOOK);
  }

  @Override
  public Hook change(String id, Change change) {
    checkArgument(!change.topics().map(Set::isEmpty).orElse(false), "it is told of something");
    Map<String, Object> body = new LinkedHashMap<>();
    change.url().ifPresent(url -> body.put("url", url));
    change.topics().ifPresent(topics -> body.put("events", words(topics)));
    change.secret().ifPresent(secret -> body.put("secret", secret));
    change.enabled().ifPresent(enabled -> body.put("enabled", enabled));
    return calls.patch(path(id), body, HOOK);
  }

  @Override
  public void delete(String id) {
    calls.delete(path(id), DONE);
  }

  @Override
  public Message test(String id) {
    return calls.post(path(id) + "/test", Map.of(), MESSAGE);
  }

  @Override
  public List<Message> deliveries(String id, int page) {
    return calls.get(
        path(id) + "/deliveries" + page(page), new Reading<>(Deliveries.class, Deliveries::toCore));
  }

  @Override
  public Message redeliver(String id, String message) {
    return calls.post(
        path(id) + "/deliveries/" + Calls.encoded(message) + "/redeliver", Map.of(), MESSAGE);
  }

  private static String path(String id) {
    return API + "/" + Calls.encoded(id);
  }

  @Override
  public void close() {
    calls.close();
  }

  record Listed(ListedData data) {
    List<Hook> toCore() {
      return data.webhooks().stream().map(HookOf::toCore).toList();
    }
  }

  record ListedData(List<HookOf> webhooks) {}

  record Found(HookOf data) {
    Hook toCore() {
      return data.toCore();
    }

    Added toAdded() {
      return new Added(data.toCore(), Optional.ofNullable(data.secret()));
    }
  }

  record HookOf(
      String id,
      String url,
      List<String> events,
      boolean enabled,
      @Nullable String disabledReason,
      @Nullable String secret,
      Instant createdAt) {
    Hook toCore() {
      Set<WebhookTopic> topics = EnumSet.noneOf(WebhookTopic.class);
      // A newer server may know topics that this client does not.
      events.forEach(word -> WebhookTopic.of(word).ifPresent(topics::add));
      Optional<String> why =
          enabled
              ? Optional.empty()
              : Optional.of(Optional.ofNullable(disabledReason).orElse("it is disabled"));
      return new Hook(id, url, topics, why, createdAt);
    }
  }

  record Queued(MessageOf data) {
    Message toCore() {
      return data.toCore();
    }
  }

  record Deliveries(DeliveriesData data) {
    List<Message> toCore() {
      return data.deliveries().stream().map(MessageOf::toCore).toList();
    }
  }

  record DeliveriesData(List<MessageOf> deliveries) {}

  record MessageOf(
      String id,
      String event,
      String status,
      int attempts,
      Instant createdAt,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant endedAt,
      @Nullable AnswerOf lastAnswer) {
    Message toCore() {
      return new Message(
          id,
          event,
          Wire.constant(Delivery.State.class, status),
          attempts,
          createdAt,
          Optional.ofNullable(nextAttemptAt).or(() -> Optional.ofNullable(endedAt)).orElseThrow(),
          Optional.ofNullable(lastAnswer).map(AnswerOf::toCore));
    }
  }

  record AnswerOf(int status, String detail) {
    Delivery.Answer toCore() {
      return new Delivery.Answer(status, detail);
    }
  }
}
