package dev.baton.core;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.client.WebhookClient;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.usecase.webhook.Webhooks;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A {@link WebhookClient} in this process, over a {@link Baton} that it owns. Thread-safe. */
public final class LocalWebhookClient implements WebhookClient {
  private final Baton baton;
  private final Webhooks webhooks;
  private final TenantId tenant;

  /**
   * @param baton with what carries messages; it sends none unless it was started
   */
  public LocalWebhookClient(Baton baton, TenantId tenant) {
    this.baton = requireNonNull(baton, "baton");
    this.webhooks = baton.webhooks().orElseThrow().webhooks();
    this.tenant = requireNonNull(tenant, "tenant");
  }

  @Override
  public Added add(String url, Set<WebhookTopic> topics, Optional<String> secret) {
    checkArgument(!topics.isEmpty(), "a webhook is told of something");
    Webhook made =
        Baton.await(webhooks.create(tenant, new Webhooks.NewWebhook(url, checked(secret), topics)));
    return new Added(
        hook(made), secret.isPresent() ? Optional.empty() : Optional.of(made.secret()));
  }

  @Override
  public List<Hook> list(int page) {
    return Baton.await(webhooks.list(tenant, (long) page * PAGE, PAGE)).items().stream()
        .map(LocalWebhookClient::hook)
        .toList();
  }

  @Override
  public Hook find(String id) {
    return hook(Baton.await(webhooks.find(tenant, id)));
  }

  @Override
  public Hook change(String id, Change change) {
    checkArgument(!change.topics().map(Set::isEmpty).orElse(false), "it is told of something");
    Webhooks.Edit edit =
        new Webhooks.Edit(
            change.url(), checked(change.secret()), change.topics(), change.enabled());
    return hook(Baton.await(webhooks.edit(tenant, id, edit)));
  }

  @Override
  public void delete(String id) {
    Baton.await(webhooks.delete(tenant, id));
  }

  @Override
  public Message test(String id) {
    return message(Baton.await(webhooks.test(tenant, id)));
  }

  @Override
  public List<Message> deliveries(String id, int page) {
    return Baton.await(webhooks.deliveries(tenant, id, (long) page * PAGE, PAGE)).items().stream()
        .map(LocalWebhookClient::message)
        .toList();
  }

  @Override
  public Message redeliver(String id, String message) {
    return message(Baton.await(webhooks.redeliver(tenant, id, message)));
  }

  private static Optional<String> checked(Optional<String> secret) {
    if (secret.isPresent() && !Webhooks.isSecret(secret.get())) {
      throw new BatonException(
          ErrorCode.VALIDATION_FAILED,
          "a secret is a text of %d to %d bytes, or %s and %d to %d bytes in Base64"
              .formatted(
                  Webhooks.SECRET_TEXT_MIN,
                  Webhooks.SECRET_BYTES_MAX,
                  Webhooks.SECRET_PREFIX,
                  Webhooks.SECRET_BYTES_MIN,
                  Webhooks.SECRET_BYTES_MAX));
    }
    return secret;
  }

  private static Hook hook(Webhook webhook) {
    return new Hook(
        webhook.id(),
        webhook.url(),
        webhook.topics(),
        Optional.of(webhook.disabledFor()).filter(why -> !why.isEmpty()),
        webhook.createdAt());
  }

  private static Message message(Delivery delivery) {
    return new Message(
        delivery.id(),
        delivery.topic(),
        delivery.state(),
        delivery.attempts(),
        delivery.createdAt(),
        delivery.nextAt(),
        delivery.last());
  }

  @Override
  public void close() {
    baton.close();
  }
}
