package dev.baton.core.domain.webhook;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * One message to one webhook, and how far it came.
 *
 * @param id the same with every attempt: receivers tell repeats by it
 * @param topic as the message says it
 * @param body as it is sent, the same with every attempt
 * @param attempts begun so far
 * @param nextAt when to try; of one that is not pending, when it ended
 * @param last what came of the last attempt
 */
public record Delivery(
    TenantId tenant,
    String webhook,
    String id,
    String topic,
    String body,
    Instant createdAt,
    State state,
    int attempts,
    Instant nextAt,
    Optional<Answer> last) {

  public Delivery {
    requireNonNull(tenant, "tenant");
    requireNonNull(webhook, "webhook");
    requireNonNull(id, "id");
    requireNonNull(topic, "topic");
    requireNonNull(body, "body");
    requireNonNull(createdAt, "createdAt");
    requireNonNull(state, "state");
    requireNonNull(nextAt, "nextAt");
    requireNonNull(last, "last");
  }

  /** Where it is. */
  public enum State {
    PENDING,
    DELIVERED,
    /** All attempts were made. */
    FAILED
  }

  /**
   * What a receiver said.
   *
   * @param status of HTTP; 0 when there was no answer
   * @param detail the beginning of the answer, or why there was none
   */
  public record Answer(int status, String detail) {
    /** Characters of a detail. */
    public static final int DETAIL_MAX = 1_024;

    public Answer {
      detail = detail.substring(0, Math.min(DETAIL_MAX, detail.length()));
    }
  }

  /** A new message. */
  public static Delivery of(Webhook webhook, String id, String topic, String body, Instant now) {
    return new Delivery(
        webhook.tenant(),
        webhook.id(),
        id,
        topic,
        body,
        now,
        State.PENDING,
        0,
        now,
        Optional.empty());
  }

  /** After an attempt. */
  public Delivery attempted(State newState, Instant next, Answer answer) {
    return new Delivery(
        tenant,
        webhook,
        id,
        topic,
        body,
        createdAt,
        newState,
        attempts + 1,
        next,
        Optional.of(answer));
  }

  /** To be sent once more, from the first attempt on, under the same id. */
  public Delivery again(Instant now) {
    return new Delivery(tenant, webhook, id, topic, body, createdAt, State.PENDING, 0, now, last);
  }
}
