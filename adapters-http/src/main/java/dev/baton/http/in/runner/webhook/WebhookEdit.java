package dev.baton.http.in.runner.webhook;

import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.usecase.webhook.Webhooks;
import dev.baton.http.in.json.Body;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Change;
import dev.baton.http.in.json.Doc;
import java.util.List;
import java.util.Optional;

/** What is to change of a webhook. */
@Change
record WebhookEdit(
    @Doc("Where messages go: HTTPS, and no private address.") @Bounds(max = WebhookInput.URL_MAX)
        Optional<String> url,
    @Doc("What it is told of.") @Bounds(min = 1, max = WebhookInput.TOPICS_MAX)
        Optional<List<WebhookTopic>> events,
    @Doc(WebhookInput.SECRET) @Bounds(max = WebhookInput.SECRET_MAX) Optional<String> secret,
    @Doc(value = "Whether anything is sent.", example = "true") Optional<Boolean> enabled) {
  static final Body<WebhookEdit> BODY = Body.of(WebhookEdit.class);

  WebhookEdit {
    WebhookInput.check(secret, events);
  }

  Webhooks.Edit toCore() {
    return new Webhooks.Edit(url, secret, events.map(WebhookInput::topics), enabled);
  }
}
