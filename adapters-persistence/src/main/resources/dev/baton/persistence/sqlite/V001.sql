-- A task's narrow part, rewritten with every move; its texts lie in task_text and task_result, so
-- that a move copies no prompt.
--
-- Instants are milliseconds since the epoch, UTC; 0 or NULL for none. state: 0 held, 1 ready,
-- 2 leased, 3 succeeded, 4 dead, 5 cancelled. plain is 1 when every column between it and state has
-- its default, so that a reader need not look at them.
CREATE TABLE task (
  seq          INTEGER PRIMARY KEY,
  id           TEXT    NOT NULL,
  tenant       TEXT    NOT NULL,
  queue        TEXT    NOT NULL,
  rank         INTEGER NOT NULL,
  submitted_at INTEGER NOT NULL,
  plain        INTEGER NOT NULL,
  priority     INTEGER NOT NULL,
  deadline     INTEGER,
  max_attempts INTEGER,
  backoff_base INTEGER,
  backoff_max  INTEGER,
  gate         TEXT,
  dedupe_key   TEXT,
  dedupe_soft  INTEGER,
  state        INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5),
  attempts     INTEGER NOT NULL,
  token        INTEGER NOT NULL,
  holder       TEXT,
  leased_at    INTEGER NOT NULL,
  lease_until  INTEGER NOT NULL,
  start_at     INTEGER NOT NULL,
  in_gate      INTEGER NOT NULL,
  changed_at   INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX task_id ON task (id, tenant);
-- Each list that the store asks for is one partial index, read from its end: a lease costs the same
-- whatever lies beside it. The row number, which ends every index entry, breaks ties of rank.
CREATE INDEX task_ready ON task (tenant, queue, rank) WHERE state = 1;
CREATE INDEX task_leased ON task (lease_until) WHERE state = 2;
CREATE INDEX task_starting ON task (start_at) WHERE state = 0 AND start_at > 0;
CREATE INDEX task_gated ON task (tenant, gate, rank) WHERE state = 0 AND start_at = 0;
CREATE INDEX task_deadline ON task (deadline) WHERE deadline IS NOT NULL AND state < 3;
CREATE INDEX task_unhappy ON task (state, seq) WHERE state > 3;

CREATE TABLE task_text (
  seq    INTEGER PRIMARY KEY,
  prompt TEXT NOT NULL,
  meta   TEXT
) STRICT;

-- One row for a task that succeeded or died: content, or failure_code with its message.
CREATE TABLE task_result (
  seq               INTEGER PRIMARY KEY,
  at                INTEGER NOT NULL,
  content           TEXT,
  prompt_tokens     INTEGER,
  completion_tokens INTEGER,
  total_tokens      INTEGER,
  trace_id          TEXT,
  failure_code      TEXT,
  failure_message   TEXT,
  retryable         INTEGER
) STRICT;

CREATE TABLE task_alternative (
  seq               INTEGER NOT NULL,
  n                 INTEGER NOT NULL,
  at                INTEGER NOT NULL,
  content           TEXT    NOT NULL,
  prompt_tokens     INTEGER,
  completion_tokens INTEGER,
  total_tokens      INTEGER,
  trace_id          TEXT,
  PRIMARY KEY (seq, n)
) STRICT, WITHOUT ROWID;

-- Leases that ended without an answer. outcome: 0 failed, 1 released, 2 expired, 3 cancelled.
CREATE TABLE task_attempt (
  seq             INTEGER NOT NULL,
  token           INTEGER NOT NULL,
  attempt         INTEGER NOT NULL,
  holder          TEXT    NOT NULL,
  leased_at       INTEGER NOT NULL,
  lease_until     INTEGER NOT NULL,
  ended_at        INTEGER NOT NULL,
  outcome         INTEGER NOT NULL,
  failure_code    TEXT,
  failure_message TEXT,
  retryable       INTEGER,
  PRIMARY KEY (seq, token, ended_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE task_progress (
  seq     INTEGER PRIMARY KEY,
  percent INTEGER NOT NULL,
  note    TEXT    NOT NULL
) STRICT;

CREATE TABLE task_chunk (
  seq     INTEGER NOT NULL,
  token   INTEGER NOT NULL,
  n       INTEGER NOT NULL,
  text    TEXT    NOT NULL,
  PRIMARY KEY (seq, token, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE task_key (
  value       TEXT    NOT NULL,
  scope       TEXT    NOT NULL,
  tenant      TEXT    NOT NULL,
  seq         INTEGER NOT NULL,
  fingerprint TEXT    NOT NULL,
  since       INTEGER NOT NULL,
  PRIMARY KEY (value, scope, tenant)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_key_since ON task_key (since);

CREATE TABLE gate (
  id      TEXT    NOT NULL,
  tenant  TEXT    NOT NULL,
  places  INTEGER NOT NULL,
  taken   INTEGER NOT NULL,
  ordered INTEGER NOT NULL,
  PRIMARY KEY (id, tenant)
) STRICT, WITHOUT ROWID;

CREATE TABLE paused_queue (
  tenant TEXT NOT NULL,
  queue  TEXT NOT NULL,
  PRIMARY KEY (tenant, queue)
) STRICT, WITHOUT ROWID;

-- The log: the events of one transaction are one row, packed (see EventCodec), numbered from first.
CREATE TABLE event_block (
  first INTEGER PRIMARY KEY,
  count INTEGER NOT NULL,
  at    INTEGER NOT NULL,
  data  BLOB    NOT NULL
) STRICT;
