-- Models that are left alone until an instant, because their provider asked for it or can't be used.
CREATE TABLE model_pause (
  model  TEXT    PRIMARY KEY,
  until  INTEGER NOT NULL,
  reason TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
