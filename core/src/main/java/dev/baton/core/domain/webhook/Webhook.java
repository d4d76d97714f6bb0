package dev.baton.core.domain.webhook;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import java.time.Instant;
import java.util.Set;

/**
 * Somebody who wants to be told.
 *
 * @param id unique within the tenant
 * @param url where to; checked by whoever makes it
 * @param secret signs what is sent; never shown again
 * @param topics what of; at least one
 * @param disabledFor why nothing is sent; empty while it is enabled
 */
public record Webhook(
    TenantId tenant,
    String id,
    String url,
    String secret,
    Set<WebhookTopic> topics,
    String disabledFor,
    Instant createdAt) {
  /** Characters of a URL. */
  public static final int URL_MAX = 2_048;

  public Webhook {
    requireNonNull(tenant, "tenant");
    requireNonNull(id, "id");
    requireNonNull(url, "url");
    requireNonNull(secret, "secret");
    requireNonNull(disabledFor, "disabledFor");
    requireNonNull(createdAt, "createdAt");
    topics = Set.copyOf(topics);
    checkArgument(!topics.isEmpty(), "a webhook has at least one topic");
  }

  public boolean isEnabled() {
    return disabledFor.isEmpty();
  }

  /** The same, told nothing any more. */
  public Webhook disabled(String why) {
    return new Webhook(tenant, id, url, secret, topics, why, createdAt);
  }

  /** The same, told again. */
  public Webhook enabled() {
    return new Webhook(tenant, id, url, secret, topics, "", createdAt);
  }

  /** Without its secret. */
  @Override
  public String toString() {
    return "Webhook[" + tenant + ", " + id + ", " + url + ']';
  }
}
