-- How many tasks a tenant has in each state: written once per transaction, so that nobody has to
-- count.
CREATE TABLE task_count (
  tenant    TEXT    PRIMARY KEY,
  held      INTEGER NOT NULL,
  ready     INTEGER NOT NULL,
  leased    INTEGER NOT NULL,
  succeeded INTEGER NOT NULL,
  dead      INTEGER NOT NULL,
  cancelled INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO task_count
SELECT tenant, sum(state = 0), sum(state = 1), sum(state = 2), sum(state = 3), sum(state = 4),
       sum(state = 5)
  FROM task GROUP BY tenant;

-- Batches. state: 0 importing, 1 created, 2 running, 3 paused, 4 cancelling, 5 completed, 6 failed,
-- 7 cancelled, 8 deleting. work: what is being done to its tasks, one bit each (1 import, 2 cancel,
-- 4 retry, 8 amend, 16 delete), up to task number work_after.
CREATE TABLE batch (
  seq             INTEGER PRIMARY KEY,
  tenant          TEXT    NOT NULL,
  id              TEXT    NOT NULL,
  name            TEXT    NOT NULL,
  description     TEXT    NOT NULL,
  model           TEXT,
  temperature     REAL,
  max_tokens      INTEGER,
  max_retries     INTEGER,
  priority        INTEGER NOT NULL,
  deadline        INTEGER,
  queue           TEXT    NOT NULL,
  concurrency     INTEGER NOT NULL,
  created_at      INTEGER NOT NULL,
  key_scope       TEXT,
  key_value       TEXT,
  key_fingerprint TEXT,
  state           INTEGER NOT NULL CHECK (state BETWEEN 0 AND 8),
  runs            INTEGER NOT NULL,
  started_at      INTEGER,
  finished_at     INTEGER,
  work            INTEGER NOT NULL,
  work_after      INTEGER NOT NULL,
  changed_at      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX batch_id ON batch (id, tenant);
CREATE INDEX batch_list ON batch (tenant, seq, state);
CREATE INDEX batch_key ON batch (key_value, key_scope, tenant) WHERE key_value IS NOT NULL;
CREATE INDEX batch_busy ON batch (changed_at) WHERE work > 0;
CREATE INDEX batch_finished ON batch (finished_at) WHERE finished_at IS NOT NULL;

-- The counts of a batch's tasks, apart from it because they change with every move.
CREATE TABLE batch_tally (
  id        TEXT    NOT NULL,
  tenant    TEXT    NOT NULL,
  held      INTEGER NOT NULL,
  ready     INTEGER NOT NULL,
  leased    INTEGER NOT NULL,
  succeeded INTEGER NOT NULL,
  dead      INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  PRIMARY KEY (id, tenant)
) STRICT, WITHOUT ROWID;

-- What pausing a batch takes back: at most as many tasks as may run at once, found without looking
-- at the others.
CREATE INDEX task_let_in ON task (tenant, gate) WHERE state = 1 AND gate IS NOT NULL;
