-- What ended in each five minutes, by model ('' for none): took is how often it took how long, in
-- the bins of Durations, as one variable-length number each.
CREATE TABLE stat (
  tenant            TEXT    NOT NULL,
  start             INTEGER NOT NULL,
  model             TEXT    NOT NULL,
  completed         INTEGER NOT NULL,
  failed            INTEGER NOT NULL,
  millis            INTEGER NOT NULL,
  prompt_tokens     INTEGER NOT NULL,
  completion_tokens INTEGER NOT NULL,
  took              BLOB    NOT NULL,
  PRIMARY KEY (tenant, start, model)
) STRICT, WITHOUT ROWID;
CREATE INDEX stat_start ON stat (start);

-- Requests that may be repeated, with their answers; status is NULL while there is none.
CREATE TABLE request (
  tenant      TEXT    NOT NULL,
  operation   TEXT    NOT NULL,
  key         TEXT    NOT NULL,
  fingerprint TEXT    NOT NULL,
  since       INTEGER NOT NULL,
  status      INTEGER,
  body        TEXT,
  PRIMARY KEY (key, operation, tenant)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_since ON request (since);

-- Which request made a task, where it was said.
CREATE TABLE task_origin (
  seq     INTEGER PRIMARY KEY,
  request TEXT NOT NULL
) STRICT;
