package dev.baton.core.domain.event;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import java.time.Instant;

/**
 * Something that people should look at.
 *
 * @param kind a word for machines, such as {@code webhook.disabled}
 * @param message for people, up to {@link #MESSAGE_MAX} characters
 */
public record AlertEvent(TenantId tenant, String kind, String message, Instant at)
    implements DomainEvent {
  public static final int MESSAGE_MAX = 2_000;

  public AlertEvent {
    requireNonNull(tenant, "tenant");
    requireNonNull(kind, "kind");
    requireNonNull(at, "at");
    checkArgument(message.length() <= MESSAGE_MAX, "a message is up to %s", MESSAGE_MAX);
  }

  /** An alert whose message is cut where it is too long. */
  public static AlertEvent of(TenantId tenant, String kind, String message, Instant at) {
    int end = Math.min(message.length(), MESSAGE_MAX);
    return new AlertEvent(tenant, kind, message.substring(0, end), at);
  }
}
