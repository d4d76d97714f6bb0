package dev.baton.http.in.runner.webhook;

import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.usecase.webhook.Webhooks;
import dev.baton.http.in.json.Body;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Change;
import dev.baton.http.in.json.Doc;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What is to change of a webhook. */
@Change
record WebhookEdit(
    @Doc("Where messages go: HTTPS, and no private address.") @Bounds(max = WebhookInput.URL_MAX)
        Optional<String> url,
    @Doc("What it is told of.") @Bounds(min = 1, max = WebhookInput.TOPICS_MAX)
        Optional<List<WebhookTopic>> events,
    @Doc(WebhookInput.SECRET) @Bounds(max = WebhookInput.SECRET_MAX) Optional<String> secret,
    @Doc(
            value =
                "How long the secret that is replaced signs beside the new one; 86400 when absent."
                    + " 0 ends it at once, also when no secret is given.",
            example = "86400")
        @Bounds(max = WebhookInput.OVERLAP_MAX)
        OptionalInt secretOverlapSeconds,
    @Doc(value = "Whether anything is sent.", example = "true") Optional<Boolean> enabled) {
  static final Body<WebhookEdit> BODY = Body.of(WebhookEdit.class);

  WebhookEdit {
    WebhookInput.check(secret, events);
  }

  Webhooks.Edit toCore() {
    Optional<Duration> overlap =
        secretOverlapSeconds.isPresent()
            ? Optional.of(Duration.ofSeconds(secretOverlapSeconds.getAsInt()))
            : Optional.empty();
    return new Webhooks.Edit(url, secret, overlap, events.map(WebhookInput::topics), enabled);
  }
}
