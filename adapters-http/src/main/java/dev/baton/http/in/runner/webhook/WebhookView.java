package dev.baton.http.in.runner.webhook;

import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.runner.shared.Pagination;
import dev.baton.http.in.runner.shared.Secretive;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A webhook as this dialect shows it: with its secret only in the answer that made both. */
@Doc(value = "Who is told of what.", name = "Webhook")
record WebhookView(
    @Doc(value = "Its id.", example = "wh_0123456789abcdef0123456789abcdef") String id,
    @Doc(value = "Where messages go.", example = "https://your-app.com/webhook") String url,
    @Doc(value = "What it is told of.", example = "[\"task.completed\"]") List<WebhookTopic> events,
    @Doc("Whether anything is sent.") boolean enabled,
    @Doc("Why nothing is sent.") Optional<String> disabledReason,
    @Doc("When it was made.") Instant createdAt,
    @Doc("Only in the answer that made it, when it was made here.") Optional<String> secret)
    implements Secretive {

  /** One page of them. */
  @Doc(value = "", name = "WebhookPage")
  record Page(
      @Doc("The webhooks.") List<WebhookView> webhooks,
      @Doc("Which page this is.") Pagination pagination) {}

  static WebhookView of(Webhook webhook) {
    return new WebhookView(
        webhook.id(),
        webhook.url(),
        webhook.topics().stream().sorted().toList(),
        webhook.isEnabled(),
        webhook.isEnabled() ? Optional.empty() : Optional.of(webhook.disabledFor()),
        webhook.createdAt(),
        Optional.empty());
  }

  WebhookView with(String madeSecret) {
    return with(Optional.of(madeSecret));
  }

  @Override
  public WebhookView withoutSecret() {
    return with(Optional.empty());
  }

  private WebhookView with(Optional<String> shown) {
    return new WebhookView(id, url, events, enabled, disabledReason, createdAt, shown);
  }
}
