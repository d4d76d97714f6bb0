package dev.baton.http.in.runner.webhook;

import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.usecase.webhook.Webhooks;
import dev.baton.http.in.json.Body;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import java.util.List;
import java.util.Optional;

/**
 * A webhook to be made. Its texts may be longer than any good one, which is then refused as bad.
 */
record NewWebhook(
    @Doc(
            value = "Where messages go: HTTPS, and no private address.",
            example = "https://your-app.com/webhook")
        @Bounds(max = WebhookInput.URL_MAX)
        String url,
    @Doc(
            value = "What it is told of.",
            example = "[\"task.completed\",\"batch.finished\",\"system.alert\"]")
        @Bounds(min = 1, max = WebhookInput.TOPICS_MAX)
        List<WebhookTopic> events,
    @Doc(value = WebhookInput.SECRET, example = "your-webhook-secret")
        @Bounds(max = WebhookInput.SECRET_MAX)
        Optional<String> secret) {
  static final Body<NewWebhook> BODY = Body.of(NewWebhook.class);

  NewWebhook {
    WebhookInput.check(secret, Optional.of(events));
  }

  Webhooks.NewWebhook toCore() {
    return new Webhooks.NewWebhook(url, secret, WebhookInput.topics(events));
  }
}
