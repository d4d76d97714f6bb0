package dev.baton.core.testing;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.port.WebhookRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Webhooks and their deliveries. */
final class MemoryWebhookRows implements WebhookRows {
  private final MemoryTables tables;
  private final UndoLog undo;
  private final MemoryTransaction.Guard guard;

  MemoryWebhookRows(MemoryTables tables, UndoLog undo, MemoryTransaction.Guard guard) {
    this.tables = tables;
    this.undo = undo;
    this.guard = guard;
  }

  /** A delivery's name. */
  record Name(TenantId tenant, String webhook, String id) {}

  @Override
  public void put(Webhook webhook) {
    guard.toWrite();
    undo.put(tables.webhooks, new MemoryTables.Named<>(webhook.tenant(), webhook.id()), webhook);
  }

  @Override
  public Optional<Webhook> find(TenantId tenant, String id) {
    guard.toRead();
    return Optional.ofNullable(tables.webhooks.get(new MemoryTables.Named<>(tenant, id)));
  }

  @Override
  public void remove(TenantId tenant, String id) {
    guard.toWrite();
    undo.remove(tables.webhooks, new MemoryTables.Named<>(tenant, id));
    of(tenant, id).map(MemoryWebhookRows::name).toList().forEach(this::removeDelivery);
  }

  private void removeDelivery(Name name) {
    undo.remove(tables.deliveries, name);
  }

  private static Name name(Delivery delivery) {
    return new Name(delivery.tenant(), delivery.webhook(), delivery.id());
  }

  @Override
  public List<Webhook> list(TenantId tenant, long skip, int max) {
    guard.toRead();
    return tables.webhooks.values().stream()
        .filter(webhook -> webhook.tenant().equals(tenant))
        .sorted(Comparator.comparing(Webhook::createdAt).thenComparing(Webhook::id))
        .skip(skip)
        .limit(max)
        .toList();
  }

  @Override
  public long count(TenantId tenant) {
    guard.toRead();
    return tables.webhooks.values().stream().filter(w -> w.tenant().equals(tenant)).count();
  }

  @Override
  public List<Webhook> enabled() {
    guard.toRead();
    return tables.webhooks.values().stream().filter(Webhook::isEnabled).toList();
  }

  @Override
  public long cursor() {
    guard.toRead();
    return tables.webhookCursor;
  }

  @Override
  public void moveCursor(long number) {
    guard.toWrite();
    long before = tables.webhookCursor;
    tables.webhookCursor = number;
    undo.onRollback(() -> tables.webhookCursor = before);
  }

  @Override
  public void put(Delivery delivery) {
    guard.toWrite();
    undo.put(tables.deliveries, name(delivery), delivery);
  }

  @Override
  public Optional<Delivery> delivery(TenantId tenant, String webhook, String id) {
    guard.toRead();
    return Optional.ofNullable(tables.deliveries.get(new Name(tenant, webhook, id)));
  }

  @Override
  public List<Delivery> deliveries(TenantId tenant, String webhook, long skip, int max) {
    guard.toRead();
    List<Delivery> all = new ArrayList<>(of(tenant, webhook).toList());
    all.sort(Comparator.comparing(Delivery::createdAt).thenComparing(Delivery::id).reversed());
    return all.stream().skip(skip).limit(max).toList();
  }

  @Override
  public long countDeliveries(TenantId tenant, String webhook) {
    guard.toRead();
    return of(tenant, webhook).count();
  }

  @Override
  public long countPending() {
    guard.toRead();
    return tables.deliveries.values().stream()
        .filter(delivery -> delivery.state() == Delivery.State.PENDING)
        .count();
  }

  @Override
  public List<Delivery> due(TenantId tenant, String webhook, Instant now, int max) {
    guard.toRead();
    return of(tenant, webhook)
        .filter(d -> d.state() == Delivery.State.PENDING && !d.nextAt().isAfter(now))
        .sorted(Comparator.comparing(Delivery::nextAt).thenComparing(Delivery::id))
        .limit(max)
        .toList();
  }

  @Override
  public int prune(Instant cutoff, int max) {
    guard.toWrite();
    List<Name> old =
        tables.deliveries.values().stream()
            .filter(d -> d.state() != Delivery.State.PENDING && d.nextAt().isBefore(cutoff))
            .limit(max)
            .map(MemoryWebhookRows::name)
            .toList();
    old.forEach(this::removeDelivery);
    return old.size();
  }

  private Stream<Delivery> of(TenantId tenant, String webhook) {
    return tables.deliveries.values().stream()
        .filter(d -> d.tenant().equals(tenant) && d.webhook().equals(webhook));
  }
}
