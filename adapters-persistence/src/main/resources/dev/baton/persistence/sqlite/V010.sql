-- previous_secret: signs as well until previous_until; both NULL where none does. since: the number of
-- the last event before the webhook was made or enabled; 0 for older rows.
ALTER TABLE webhook ADD COLUMN previous_secret TEXT;
ALTER TABLE webhook ADD COLUMN previous_until INTEGER;
ALTER TABLE webhook ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
