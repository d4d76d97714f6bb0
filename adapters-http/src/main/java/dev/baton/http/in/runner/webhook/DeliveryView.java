package dev.baton.http.in.runner.webhook;

import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.usecase.webhook.WebhookDeliveries;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.runner.shared.Pagination;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A message to a webhook, and how far it came. */
@Doc(value = "A message to a webhook.", name = "Delivery")
record DeliveryView(
    @Doc(
            value = "The webhook-id of the message, the same with each attempt.",
            example = "msg_0123456789abcdef0123456789abcdef")
        String id,
    @Doc(value = "The webhook.", example = "wh_0123456789abcdef0123456789abcdef") String webhookId,
    @Doc(value = "The type of the message.", example = "task.completed") String event,
    @Doc("Where it is.") Delivery.State status,
    @Doc("Made so far.") @Bounds(max = WebhookDeliveries.ATTEMPTS) int attempts,
    @Doc("When it was written down.") Instant createdAt,
    @Doc("When it is tried next.") Optional<Instant> nextAttemptAt,
    @Doc("When it was taken or given up.") Optional<Instant> endedAt,
    @Doc("What the last attempt came to.") Optional<LastAnswer> lastAnswer) {

  /** What an attempt came to. */
  @Doc(value = "", name = "DeliveryAnswer")
  record LastAnswer(
      @Doc("Of HTTP; 0 without an answer.") @Bounds(max = 599) int status,
      @Doc("Its beginning, or why there was none.") String detail) {}

  /** One page of them. */
  @Doc(value = "", name = "DeliveryPage")
  record Page(
      @Doc("The messages.") List<DeliveryView> deliveries,
      @Doc("Which page this is.") Pagination pagination) {}

  static DeliveryView of(Delivery delivery) {
    boolean pending = delivery.state() == Delivery.State.PENDING;
    return new DeliveryView(
        delivery.id(),
        delivery.webhook(),
        delivery.topic(),
        delivery.state(),
        delivery.attempts(),
        delivery.createdAt(),
        pending ? Optional.of(delivery.nextAt()) : Optional.empty(),
        pending ? Optional.empty() : Optional.of(delivery.nextAt()),
        delivery.last().map(answer -> new LastAnswer(answer.status(), answer.detail())));
  }
}
