package dev.baton.core.domain.webhook;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Somebody who wants to be told.
 *
 * @param id unique within the tenant
 * @param url where to; checked by whoever makes it
 * @param secret signs what is sent; never shown again
 * @param topics what of; at least one
 * @param disabledFor why nothing is sent; empty while it is enabled
 * @param previous what signs beside {@code secret} for a while after that was changed
 * @param since the number of the last event before it was made or enabled: it is told of later ones
 */
public record Webhook(
    TenantId tenant,
    String id,
    String url,
    String secret,
    Set<WebhookTopic> topics,
    String disabledFor,
    Instant createdAt,
    Optional<Previous> previous,
    long since) {
  /** Characters of a URL. */
  public static final int URL_MAX = 2_048;

  public Webhook {
    requireNonNull(tenant, "tenant");
    requireNonNull(id, "id");
    requireNonNull(url, "url");
    requireNonNull(secret, "secret");
    requireNonNull(disabledFor, "disabledFor");
    requireNonNull(createdAt, "createdAt");
    requireNonNull(previous, "previous");
    topics = Set.copyOf(topics);
    checkArgument(!topics.isEmpty(), "a webhook has at least one topic");
  }

  /**
   * A secret that was replaced.
   *
   * @param until signs no more from then on
   */
  public record Previous(String secret, Instant until) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Previous[until " + until + ']';
    }
  }

  public boolean isEnabled() {
    return disabledFor.isEmpty();
  }

  /** What signs at this time, the newest first. */
  public List<String> secrets(Instant now) {
    return Stream.concat(
            Stream.of(secret),
            previous.filter(old -> now.isBefore(old.until())).map(Previous::secret).stream())
        .toList();
  }

  /** The same, told nothing any more. */
  public Webhook disabled(String why) {
    return new Webhook(tenant, id, url, secret, topics, why, createdAt, previous, since);
  }

  /** Without its secret. */
  @Override
  public String toString() {
    return "Webhook[" + tenant + ", " + id + ", " + url + ']';
  }
}
