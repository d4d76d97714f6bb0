-- What a model is to answer: tasks stand in one line per queue and model ('' for tasks that name
-- none), so that a lease passes over a model that is paused or full without looking at its tasks.
ALTER TABLE task ADD COLUMN model TEXT NOT NULL DEFAULT '';
ALTER TABLE task ADD COLUMN batch TEXT;

DROP INDEX task_ready;
CREATE INDEX task_ready ON task (tenant, queue, model, rank) WHERE state = 1;
CREATE INDEX task_batch ON task (tenant, batch, seq) WHERE batch IS NOT NULL;

-- The queues in which a task named a model, ever: in the others a lease need not look for lines.
CREATE TABLE model_queue (
  tenant TEXT NOT NULL,
  queue  TEXT NOT NULL,
  PRIMARY KEY (tenant, queue)
) STRICT, WITHOUT ROWID;

-- asked is 1 where one of the columns after it is set.
ALTER TABLE task_text ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task_text ADD COLUMN messages TEXT;
ALTER TABLE task_text ADD COLUMN temperature REAL;
ALTER TABLE task_text ADD COLUMN max_tokens INTEGER;
ALTER TABLE task_text ADD COLUMN options TEXT;
ALTER TABLE task_text ADD COLUMN stream INTEGER;

-- What a provider said of an answer; NULL where a worker answered.
ALTER TABLE task_result ADD COLUMN model TEXT;
ALTER TABLE task_result ADD COLUMN finish_reason TEXT;
ALTER TABLE task_result ADD COLUMN tool_calls TEXT;
ALTER TABLE task_alternative ADD COLUMN model TEXT;
ALTER TABLE task_alternative ADD COLUMN finish_reason TEXT;
ALTER TABLE task_alternative ADD COLUMN tool_calls TEXT;

-- A task that was deleted while somebody held it: its holder is told so, and not that it never was.
CREATE TABLE task_tombstone (
  id     TEXT    NOT NULL,
  tenant TEXT    NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (id, tenant)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_tombstone_at ON task_tombstone (at);
