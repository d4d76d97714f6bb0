-- What else a provider put into its message, as a JSON object; NULL where it did not, and in older rows.
ALTER TABLE task_result ADD COLUMN extras TEXT;
ALTER TABLE task_alternative ADD COLUMN extras TEXT;
