-- How many tasks of a queue are held, ready and leased; kept with every move.
CREATE TABLE queue_count (
  tenant TEXT    NOT NULL,
  queue  TEXT    NOT NULL,
  held   INTEGER NOT NULL,
  ready  INTEGER NOT NULL,
  leased INTEGER NOT NULL,
  PRIMARY KEY (tenant, queue)
) STRICT, WITHOUT ROWID;
INSERT INTO queue_count
  SELECT tenant, queue, sum(state = 0), sum(state = 1), sum(state = 2)
    FROM task WHERE state < 3 GROUP BY tenant, queue;
