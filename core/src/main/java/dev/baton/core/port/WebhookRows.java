package dev.baton.core.port;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Webhooks, what is to be sent to them, and how far the log was read for it; part of a {@link
 * Transaction}. {@code max} is at least 1.
 */
public interface WebhookRows {

  /** Adds or replaces a webhook. */
  void put(Webhook webhook);

  Optional<Webhook> find(TenantId tenant, String id);

  /** Removes a webhook with its deliveries. */
  void remove(TenantId tenant, String id);

  /** A tenant's webhooks, oldest first. */
  List<Webhook> list(TenantId tenant, long skip, int max);

  long count(TenantId tenant);

  /** Webhooks of all tenants that are enabled. */
  List<Webhook> enabled();

  /** The last event that was looked at for webhooks; 0 at first. */
  long cursor();

  void moveCursor(long number);

  /** Adds or replaces a delivery. */
  void put(Delivery delivery);

  Optional<Delivery> delivery(TenantId tenant, String webhook, String id);

  /** A webhook's deliveries, newest first. */
  List<Delivery> deliveries(TenantId tenant, String webhook, long skip, int max);

  long countDeliveries(TenantId tenant, String webhook);

  /** How many deliveries of all tenants are pending. */
  long countPending();

  /** Deliveries of a webhook that are pending and whose time has come, longest due first. */
  List<Delivery> due(TenantId tenant, String webhook, Instant now, int max);

  /** Removes deliveries that are not pending and ended before {@code cutoff}; how many went. */
  int prune(Instant cutoff, int max);
}
