-- A batch is finished when the letters, and the file to print them from, lie on the disk. One that is not was
-- interrupted, and the next run takes it up.
ALTER TABLE batch ADD COLUMN finished_at TEXT;
UPDATE batch SET finished_at = recorded_at;
CREATE INDEX batch_unfinished ON batch (id) WHERE finished_at IS NULL;
