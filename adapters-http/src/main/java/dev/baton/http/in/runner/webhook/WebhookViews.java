package dev.baton.http.in.runner.webhook;

import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.http.in.runner.shared.Instants;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Webhooks and their deliveries as this dialect shows them. */
final class WebhookViews {
  /** The words of subscriptions. */
  static final List<String> TOPICS =
      Stream.of(WebhookTopic.values()).map(WebhookTopic::word).toList();

  static final List<String> STATES =
      Stream.of(Delivery.State.values()).map(WebhookViews::word).toList();

  private WebhookViews() {}

  private static String word(Delivery.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** Never with its secret. */
  static Map<String, Object> webhook(Webhook webhook) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", webhook.id());
    shown.put("url", webhook.url());
    shown.put("events", webhook.topics().stream().sorted().map(WebhookTopic::word).toList());
    shown.put("enabled", webhook.isEnabled());
    if (!webhook.isEnabled()) {
      shown.put("disabledReason", webhook.disabledFor());
    }
    shown.put("createdAt", Instants.text(webhook.createdAt()));
    return shown;
  }

  static Map<String, Object> delivery(Delivery delivery) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", delivery.id());
    shown.put("webhookId", delivery.webhook());
    shown.put("event", delivery.topic());
    shown.put("status", word(delivery.state()));
    shown.put("attempts", delivery.attempts());
    shown.put("createdAt", Instants.text(delivery.createdAt()));
    if (delivery.state() == Delivery.State.PENDING) {
      shown.put("nextAttemptAt", Instants.text(delivery.nextAt()));
    } else {
      shown.put("endedAt", Instants.text(delivery.nextAt()));
    }
    delivery
        .last()
        .ifPresent(
            answer -> {
              Map<String, Object> last = new LinkedHashMap<>();
              last.put("status", answer.status());
              last.put("detail", answer.detail());
              shown.put("lastAnswer", last);
            });
    return shown;
  }
}
