-- What a provider said of an answer beside its text; NULL where it did not, and in older rows.
ALTER TABLE task_result ADD COLUMN refusal TEXT;
ALTER TABLE task_result ADD COLUMN reasoning TEXT;
ALTER TABLE task_result ADD COLUMN logprobs TEXT;
ALTER TABLE task_alternative ADD COLUMN refusal TEXT;
ALTER TABLE task_alternative ADD COLUMN reasoning TEXT;
ALTER TABLE task_alternative ADD COLUMN logprobs TEXT;
