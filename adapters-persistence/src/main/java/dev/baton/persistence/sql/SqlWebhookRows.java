package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.port.WebhookRows;
import dev.baton.persistence.jdbc.Columns;
import dev.baton.persistence.jdbc.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** Webhooks and their deliveries. */
final class SqlWebhookRows implements WebhookRows {
  private static final String PUT =
      Sql.put(
          "webhook",
          "id, tenant",
          "url, secret, topics, disabled_for, created_at, previous_secret, previous_until, since");
  private static final String PUT_DELIVERY =
      Sql.put(
          "webhook_delivery",
          "id, webhook, tenant",
          "topic, body, created_at, state, attempts, next_at, last_status, last_detail");
  private static final String PUT_CURSOR = Sql.put("webhook_cursor", "one", "number");
  private static final String OF_WEBHOOK = " WHERE webhook = :webhook AND tenant = :tenant";
  private static final String DELIVERIES = "SELECT * FROM webhook_delivery" + OF_WEBHOOK;
  private static final String NEWEST =
      DELIVERIES + " ORDER BY created_at DESC, id DESC LIMIT :max OFFSET :skip";
  private static final String DUE =
      DELIVERIES + " AND state = 0 AND next_at <= :now ORDER BY next_at, id LIMIT :max";

  private final Sql sql;

  SqlWebhookRows(Sql sql) {
    this.sql = sql;
  }

  @Override
  public void put(Webhook webhook) {
    String topics =
        webhook.topics().stream().sorted().map(WebhookTopic::word).collect(Collectors.joining(" "));
    sql.update(PUT)
        .bindMethods(webhook)
        .bind("topics", topics)
        .bind("previousSecret", webhook.previous().map(Webhook.Previous::secret))
        .bind("previousUntil", webhook.previous().map(Webhook.Previous::until))
        .execute();
  }

  private static Webhook webhook(ResultSet row, StatementContext context) throws SQLException {
    return new Webhook(
        new TenantId(row.getString("tenant")),
        row.getString("id"),
        row.getString("url"),
        row.getString("secret"),
        Arrays.stream(row.getString("topics").split(" ", -1))
            .map(word -> WebhookTopic.of(word).orElseThrow())
            .collect(Collectors.toSet()),
        row.getString("disabled_for"),
        Columns.instant(row, "created_at"),
        previous(row),
        row.getLong("since"));
  }

  private static Optional<Webhook.Previous> previous(ResultSet row) throws SQLException {
    Instant until = Instant.ofEpochMilli(row.getLong("previous_until"));
    return Columns.text(row, "previous_secret").map(old -> new Webhook.Previous(old, until));
  }

  @Override
  public Optional<Webhook> find(TenantId tenant, String id) {
    return sql.query("SELECT * FROM webhook WHERE id = :id AND tenant = :tenant")
        .bind("id", id)
        .bind("tenant", tenant)
        .map(SqlWebhookRows::webhook)
        .findOne();
  }

  @Override
  public void remove(TenantId tenant, String id) {
    sql.update("DELETE FROM webhook WHERE id = :id AND tenant = :tenant")
        .bind("id", id)
        .bind("tenant", tenant)
        .execute();
    sql.update("DELETE FROM webhook_delivery" + OF_WEBHOOK)
        .bind("webhook", id)
        .bind("tenant", tenant)
        .execute();
  }

  @Override
  public List<Webhook> list(TenantId tenant, long skip, int max) {
    return sql.query(
            "SELECT * FROM webhook WHERE tenant = :tenant"
                + " ORDER BY created_at, id LIMIT :max OFFSET :skip")
        .bind("tenant", tenant)
        .bind("max", max)
        .bind("skip", skip)
        .map(SqlWebhookRows::webhook)
        .list();
  }

  @Override
  public long count(TenantId tenant) {
    return number(
        sql.query("SELECT count(*) FROM webhook WHERE tenant = :tenant").bind("tenant", tenant));
  }

  @Override
  public List<Webhook> enabled() {
    return sql.query("SELECT * FROM webhook WHERE disabled_for = ''")
        .map(SqlWebhookRows::webhook)
        .list();
  }

  @Override
  public long cursor() {
    return number(sql.query("SELECT number FROM webhook_cursor"));
  }

  private static long number(Query query) {
    return query.mapTo(Long.class).findOne().orElse(0L);
  }

  @Override
  public void moveCursor(long number) {
    sql.update(PUT_CURSOR).bind("one", 1).bind("number", number).execute();
  }

  @Override
  public void put(Delivery delivery) {
    sql.update(PUT_DELIVERY)
        .bindMethods(delivery)
        .bind("state", code(delivery.state()))
        .bind("lastStatus", delivery.last().map(Delivery.Answer::status))
        .bind("lastDetail", delivery.last().map(Delivery.Answer::detail))
        .execute();
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

  private static Delivery delivery(ResultSet row, StatementContext context) throws SQLException {
    int status = row.getInt("last_status");
    return new Delivery(
        new TenantId(row.getString("tenant")),
        row.getString("webhook"),
        row.getString("id"),
        row.getString("topic"),
        row.getString("body"),
        Columns.instant(row, "created_at"),
        state(row.getInt("state")),
        row.getInt("attempts"),
        Columns.instant(row, "next_at"),
        Columns.text(row, "last_detail").map(detail -> new Delivery.Answer(status, detail)));
  }

  @Override
  public Optional<Delivery> delivery(TenantId tenant, String webhook, String id) {
    return deliveries(tenant, webhook, DELIVERIES + " AND id = :id")
        .bind("id", id)
        .map(SqlWebhookRows::delivery)
        .findOne();
  }

  @Override
  public List<Delivery> deliveries(TenantId tenant, String webhook, long skip, int max) {
    return deliveries(tenant, webhook, NEWEST)
        .bind("max", max)
        .bind("skip", skip)
        .map(SqlWebhookRows::delivery)
        .list();
  }

  private Query deliveries(TenantId tenant, String webhook, String statement) {
    return sql.query(statement).bind("webhook", webhook).bind("tenant", tenant);
  }

  @Override
  public long countDeliveries(TenantId tenant, String webhook) {
    return number(
        sql.query("SELECT count(*) FROM webhook_delivery" + OF_WEBHOOK)
            .bind("webhook", webhook)
            .bind("tenant", tenant));
  }

  @Override
  public long countPending() {
    return number(sql.query("SELECT count(*) FROM webhook_delivery WHERE state = 0"));
  }

  @Override
  public List<Delivery> due(TenantId tenant, String webhook, Instant now, int max) {
    return deliveries(tenant, webhook, DUE)
        .bind("now", now)
        .bind("max", max)
        .map(SqlWebhookRows::delivery)
        .list();
  }

  @Override
  public int prune(Instant cutoff, int max) {
    return sql.update(
            """
            DELETE FROM webhook_delivery WHERE (id, webhook, tenant) IN
              (SELECT id, webhook, tenant FROM webhook_delivery
                WHERE state > 0 AND next_at < :cutoff ORDER BY next_at LIMIT :max)
            """)
        .bind("cutoff", cutoff)
        .bind("max", max)
        .execute();
  }
}
