package dev.baton.app.config;

import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.usecase.webhook.Webhooks;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A receiver that is told from the server's start on.
 *
 * @param url where to; what tells one entry from another
 * @param events at least one word of {@link WebhookTopic}
 * @param secret signs; best given as {@code ${NAME}}, from the environment
 * @param name for people: messages about the entry say it
 */
public record WebhookConfig(
    @Nullable String url,
    @Nullable List<String> events,
    @Nullable String secret,
    @Nullable String name) {

  public WebhookConfig {
    if (url == null || url.isEmpty() || url.length() > Webhook.URL_MAX) {
      throw new IllegalArgumentException(
          "webhooks: an entry has a url of up to " + Webhook.URL_MAX + " characters");
    }
    name = name == null ? url : name;
    if (events == null || events.isEmpty()) {
      throw new IllegalArgumentException("webhooks: " + name + " has no events");
    }
    events = List.copyOf(events);
    for (String event : events) {
      if (WebhookTopic.of(event).isEmpty()) {
        throw new IllegalArgumentException(
            "webhooks: %s: there is no event '%s'".formatted(name, event));
      }
    }
    if (secret == null || !Webhooks.isSecret(secret)) {
      throw new IllegalArgumentException(
          "webhooks: %s has no secret of %s to %s bytes, or whsec_ and %s to %s bytes in Base64"
              .formatted(
                  name,
                  Webhooks.SECRET_TEXT_MIN,
                  Webhooks.SECRET_BYTES_MAX,
                  Webhooks.SECRET_BYTES_MIN,
                  Webhooks.SECRET_BYTES_MAX));
    }
  }

  @Override
  public String url() {
    return Optional.ofNullable(url).orElseThrow();
  }

  @Override
  public String name() {
    return Optional.ofNullable(name).orElseThrow();
  }

  /** What the core makes of it. */
  public Webhooks.NewWebhook asked() {
    Set<WebhookTopic> topics =
        Optional.ofNullable(events).orElseThrow().stream()
            .map(word -> WebhookTopic.of(word).orElseThrow())
            .collect(Collectors.toSet());
    return new Webhooks.NewWebhook(url(), Optional.ofNullable(secret), topics);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "WebhookConfig[" + name + ", " + url + ']';
  }
}
