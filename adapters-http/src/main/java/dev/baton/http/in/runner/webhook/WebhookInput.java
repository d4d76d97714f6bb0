package dev.baton.http.in.runner.webhook;

import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.usecase.webhook.Webhooks;
import dev.baton.http.in.api.FieldErrors;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What holds for a webhook that is made and for one that is changed. */
final class WebhookInput {
  /** Longer than any that is good, so that a bad one is refused as what it is. */
  static final int URL_MAX = 8_192;

  static final int SECRET_MAX = 1_024;
  static final int TOPICS_MAX = 50;

  /** Seconds of {@link Webhooks#OVERLAP_MAX}. */
  static final int OVERLAP_MAX = 604_800;

  static final String SECRET =
      "Signs messages: a text of "
          + Webhooks.SECRET_TEXT_MIN
          + " to "
          + Webhooks.SECRET_BYTES_MAX
          + " bytes, or whsec_ and Base64.";

  private WebhookInput() {}

  static void check(Optional<String> secret, Optional<List<WebhookTopic>> events) {
    if (secret.isPresent() && !Webhooks.isSecret(secret.get())) {
      throw FieldErrors.invalid(
          "A secret is a text of %s to %s bytes, or whsec_ and %s to %s bytes in Base64"
              .formatted(
                  Webhooks.SECRET_TEXT_MIN,
                  Webhooks.SECRET_BYTES_MAX,
                  Webhooks.SECRET_BYTES_MIN,
                  Webhooks.SECRET_BYTES_MAX),
          "value_error",
          "secret");
    }
    if (events.isPresent() && events.get().isEmpty()) {
      throw FieldErrors.invalid("List should have at least 1 item", "too_short", "events");
    }
  }

  static Set<WebhookTopic> topics(List<WebhookTopic> events) {
    return EnumSet.copyOf(events);
  }
}
