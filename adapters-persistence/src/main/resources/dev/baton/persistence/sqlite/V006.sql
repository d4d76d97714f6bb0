-- Who is told of what. topics: the words, between spaces. disabled_for: '' while it is enabled.
CREATE TABLE webhook (
  id           TEXT    NOT NULL,
  tenant       TEXT    NOT NULL,
  url          TEXT    NOT NULL,
  secret       TEXT    NOT NULL,
  topics       TEXT    NOT NULL,
  disabled_for TEXT    NOT NULL,
  created_at   INTEGER NOT NULL,
  PRIMARY KEY (id, tenant)
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_list ON webhook (tenant, created_at);

-- What is to be sent, and was. state: 0 pending, 1 delivered, 2 failed.
CREATE TABLE webhook_delivery (
  id          TEXT    NOT NULL,
  webhook     TEXT    NOT NULL,
  tenant      TEXT    NOT NULL,
  topic       TEXT    NOT NULL,
  body        TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  state       INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
  attempts    INTEGER NOT NULL,
  next_at     INTEGER NOT NULL,
  last_status INTEGER,
  last_detail TEXT,
  PRIMARY KEY (id, webhook, tenant)
) STRICT;
CREATE INDEX webhook_due ON webhook_delivery (webhook, tenant, next_at, id) WHERE state = 0;
CREATE INDEX webhook_deliveries ON webhook_delivery (webhook, tenant, created_at, id);
CREATE INDEX webhook_ended ON webhook_delivery (next_at) WHERE state > 0;

-- The last event that was looked at for webhooks: one row, once there is one.
CREATE TABLE webhook_cursor (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  number INTEGER NOT NULL
) STRICT;
