-- Schedules. missed: 0 once, 1 none, 2 all. overlap: 0 skip, 1 queue, 2 allow. No number is used
-- twice: the batch of a run is named after it.
CREATE TABLE schedule (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant      TEXT    NOT NULL,
  id          TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  cron        TEXT    NOT NULL,
  zone        TEXT    NOT NULL,
  input       TEXT    NOT NULL,
  output      TEXT,
  overwrite   INTEGER NOT NULL,
  dry_run     INTEGER NOT NULL,
  active      INTEGER NOT NULL,
  missed      INTEGER NOT NULL CHECK (missed BETWEEN 0 AND 2),
  overlap     INTEGER NOT NULL CHECK (overlap BETWEEN 0 AND 2),
  model       TEXT,
  temperature REAL,
  max_tokens  INTEGER,
  max_retries INTEGER,
  priority    INTEGER NOT NULL,
  deadline    INTEGER,
  queue       TEXT    NOT NULL,
  concurrency INTEGER NOT NULL,
  last_run    INTEGER,
  next_run    INTEGER,
  created_at  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX schedule_id ON schedule (id, tenant);
CREATE INDEX schedule_list ON schedule (tenant, seq);
CREATE INDEX schedule_due ON schedule (next_run) WHERE next_run IS NOT NULL;

-- What came of each firing: one run per schedule and time. state: 0 pending, 1 running, 2 writing,
-- 3 succeeded, 4 failed, 5 skipped.
CREATE TABLE schedule_run (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant     TEXT    NOT NULL,
  schedule   INTEGER NOT NULL,
  nominal    INTEGER NOT NULL,
  manual     INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  state      INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5),
  ended_at   INTEGER,
  total      INTEGER NOT NULL,
  completed  INTEGER NOT NULL,
  failed     INTEGER NOT NULL,
  error      TEXT,
  report     TEXT
) STRICT;
CREATE UNIQUE INDEX schedule_run_once ON schedule_run (schedule, nominal, manual);
CREATE INDEX schedule_run_list ON schedule_run (schedule, seq);
CREATE INDEX schedule_run_open ON schedule_run (seq, schedule) WHERE state < 3;
