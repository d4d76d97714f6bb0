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
