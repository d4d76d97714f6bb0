package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.port.WebhookRows;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Webhooks and their deliveries. */
final class SqlWebhookRows implements WebhookRows {
  private static final String HOOK =
      "SELECT tenant, id, url, secret, topics, disabled_for, created_at FROM webhook";
  private static final String FIND = HOOK + " WHERE id = ? AND tenant = ?";
  private static final String LIST =
      HOOK + " WHERE tenant = ? ORDER BY created_at, id LIMIT ? OFFSET ?";
  private static final String ENABLED = HOOK + " WHERE disabled_for = ''";
  private static final String COUNT = "SELECT count(*) FROM webhook WHERE tenant = ?";
  private static final String PUT =
      "INSERT OR REPLACE INTO webhook (tenant, id, url, secret, topics, disabled_for, created_at)"
          + " VALUES (?,?,?,?,?,?,?)";
  private static final String REMOVE = "DELETE FROM webhook WHERE id = ? AND tenant = ?";
  private static final String REMOVE_DELIVERIES =
      "DELETE FROM webhook_delivery WHERE webhook = ? AND tenant = ?";
  private static final String CURSOR = "SELECT number FROM webhook_cursor";
  private static final String MOVE =
      "INSERT OR REPLACE INTO webhook_cursor (one, number) VALUES (1,?)";

  private static final String DELIVERY =
      "SELECT tenant, webhook, id, topic, body, created_at, state, attempts, next_at, last_status,"
          + " last_detail FROM webhook_delivery";
  private static final String PUT_DELIVERY =
      "INSERT OR REPLACE INTO webhook_delivery (tenant, webhook, id, topic, body, created_at,"
          + " state, attempts, next_at, last_status, last_detail) VALUES (?,?,?,?,?,?,?,?,?,?,?)";
  private static final String FIND_DELIVERY =
      DELIVERY + " WHERE webhook = ? AND tenant = ? AND id = ?";
  private static final String DELIVERIES =
      DELIVERY
          + " WHERE webhook = ? AND tenant = ?"
          + " ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?";
  private static final String COUNT_DELIVERIES =
      "SELECT count(*) FROM webhook_delivery WHERE webhook = ? AND tenant = ?";
  private static final String COUNT_PENDING =
      "SELECT count(*) FROM webhook_delivery WHERE state = 0";
  private static final String DUE =
      DELIVERY
          + " WHERE webhook = ? AND tenant = ? AND state = 0 AND next_at <= ?"
          + " ORDER BY next_at, id LIMIT ?";
  private static final String PRUNE =
      "DELETE FROM webhook_delivery WHERE rowid IN (SELECT rowid FROM webhook_delivery"
          + " WHERE state > 0 AND next_at < ? ORDER BY next_at LIMIT ?)";

  private final Session session;
  private final Runnable onWrite;

  SqlWebhookRows(Session session, Runnable onWrite) {
    this.session = session;
    this.onWrite = onWrite;
  }

  @Override
  public void put(Webhook webhook) {
    onWrite.run();
    Statements.update(
        session,
        PUT,
        statement -> {
          statement.setString(1, webhook.tenant().value());
          statement.setString(2, webhook.id());
          statement.setString(3, webhook.url());
          statement.setString(4, webhook.secret());
          statement.setString(
              5,
              webhook.topics().stream()
                  .sorted()
                  .map(WebhookTopic::word)
                  .collect(Collectors.joining(" ")));
          statement.setString(6, webhook.disabledFor());
          statement.setLong(7, webhook.createdAt().toEpochMilli());
        });
  }

  private static Webhook webhook(ResultSet row) throws SQLException {
    return new Webhook(
        new TenantId(row.getString(1)),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        Arrays.stream(row.getString(5).split(" ", -1))
            .map(word -> WebhookTopic.of(word).orElseThrow())
            .collect(Collectors.toSet()),
        row.getString(6),
        Instant.ofEpochMilli(row.getLong(7)));
  }

  @Override
  public Optional<Webhook> find(TenantId tenant, String id) {
    return Statements.query(
            session, FIND, statement -> bind(statement, id, tenant), SqlWebhookRows::webhook)
        .stream()
        .findFirst();
  }

  private static void bind(PreparedStatement statement, String webhook, TenantId tenant)
      throws SQLException {
    statement.setString(1, webhook);
    statement.setString(2, tenant.value());
  }

  @Override
  public void remove(TenantId tenant, String id) {
    onWrite.run();
    Statements.update(session, REMOVE, statement -> bind(statement, id, tenant));
    Statements.update(session, REMOVE_DELIVERIES, statement -> bind(statement, id, tenant));
  }

  @Override
  public List<Webhook> list(TenantId tenant, long skip, int max) {
    return Statements.query(
        session,
        LIST,
        statement -> {
          statement.setString(1, tenant.value());
          statement.setInt(2, max);
          statement.setLong(3, skip);
        },
        SqlWebhookRows::webhook);
  }

  @Override
  public long count(TenantId tenant) {
    return number(COUNT, statement -> statement.setString(1, tenant.value()));
  }

  @Override
  public List<Webhook> enabled() {
    return Statements.query(session, ENABLED, statement -> {}, SqlWebhookRows::webhook);
  }

  @Override
  public long cursor() {
    return number(CURSOR, statement -> {});
  }

  private long number(String sql, Statements.Binder binder) {
    return Statements.query(session, sql, binder, row -> row.getLong(1)).stream()
        .findFirst()
        .orElse(0L);
  }

  @Override
  public void moveCursor(long number) {
    onWrite.run();
    Statements.update(session, MOVE, statement -> statement.setLong(1, number));
  }

  @Override
  public void put(Delivery delivery) {
    onWrite.run();
    Statements.update(session, PUT_DELIVERY, statement -> bind(statement, delivery));
  }

  private static void bind(PreparedStatement statement, Delivery delivery) throws SQLException {
    statement.setString(1, delivery.tenant().value());
    statement.setString(2, delivery.webhook());
    statement.setString(3, delivery.id());
    statement.setString(4, delivery.topic());
    statement.setString(5, delivery.body());
    statement.setLong(6, delivery.createdAt().toEpochMilli());
    statement.setInt(7, code(delivery.state()));
    statement.setInt(8, delivery.attempts());
    statement.setLong(9, delivery.nextAt().toEpochMilli());
    if (delivery.last().isPresent()) {
      statement.setInt(10, delivery.last().get().status());
      statement.setString(11, delivery.last().get().detail());
    } else {
      statement.setNull(10, Types.INTEGER);
      statement.setNull(11, Types.VARCHAR);
    }
  }

  private static int code(Delivery.State state) {
    return switch (state) {
      case PENDING -> 0;
      case DELIVERED -> 1;
      case FAILED -> 2;
    };
  }

  private static Delivery.State state(int code) {
    return switch (code) {
      case 0 -> Delivery.State.PENDING;
      case 1 -> Delivery.State.DELIVERED;
      case 2 -> Delivery.State.FAILED;
      default -> throw new IllegalStateException("nothing is stored as " + code);
    };
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    String detail = row.getString(11);
    return new Delivery(
        new TenantId(row.getString(1)),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        Instant.ofEpochMilli(row.getLong(6)),
        state(row.getInt(7)),
        row.getInt(8),
        Instant.ofEpochMilli(row.getLong(9)),
        detail == null
            ? Optional.empty()
            : Optional.of(new Delivery.Answer(row.getInt(10), detail)));
  }

  @Override
  public Optional<Delivery> delivery(TenantId tenant, String webhook, String id) {
    return Statements.query(
            session,
            FIND_DELIVERY,
            statement -> {
              bind(statement, webhook, tenant);
              statement.setString(3, id);
            },
            SqlWebhookRows::delivery)
        .stream()
        .findFirst();
  }

  @Override
  public List<Delivery> deliveries(TenantId tenant, String webhook, long skip, int max) {
    return Statements.query(
        session,
        DELIVERIES,
        statement -> {
          bind(statement, webhook, tenant);
          statement.setInt(3, max);
          statement.setLong(4, skip);
        },
        SqlWebhookRows::delivery);
  }

  @Override
  public long countDeliveries(TenantId tenant, String webhook) {
    return number(COUNT_DELIVERIES, statement -> bind(statement, webhook, tenant));
  }

  @Override
  public long countPending() {
    return number(COUNT_PENDING, statement -> {});
  }

  @Override
  public List<Delivery> due(TenantId tenant, String webhook, Instant now, int max) {
    return Statements.query(
        session,
        DUE,
        statement -> {
          bind(statement, webhook, tenant);
          statement.setLong(3, now.toEpochMilli());
          statement.setInt(4, max);
        },
        SqlWebhookRows::delivery);
  }

  @Override
  public int prune(Instant cutoff, int max) {
    onWrite.run();
    return Statements.update(
        session,
        PRUNE,
        statement -> {
          statement.setLong(1, cutoff.toEpochMilli());
          statement.setInt(2, max);
        });
  }
}
