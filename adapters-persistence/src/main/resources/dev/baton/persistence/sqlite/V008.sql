-- The highest number that tasks, and batches, had when some were removed last: numbers go on above
-- it, so that none is given twice. Keys of tasks that are gone may still name such a number.
CREATE TABLE number_given (
  kind    TEXT    PRIMARY KEY,
  highest INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO number_given
SELECT 'task', max(highest) FROM (
  SELECT coalesce(max(seq), 0) AS highest FROM task
  UNION ALL SELECT coalesce(max(seq), 0) FROM task_key);
INSERT INTO number_given SELECT 'batch', coalesce(max(seq), 0) FROM batch;
