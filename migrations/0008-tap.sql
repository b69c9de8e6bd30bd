-- What speaks for giving a claim up, and what limits it, read from the register and not from the histories.
-- The program fills the new columns from the events as it upgrades.

-- The days letters were sent, and what notes establish: words parted by blanks. facts is null where the history must be read.
ALTER TABLE claim ADD COLUMN letters_sent TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN facts TEXT;
-- The first day on which every letter is sent and the last deadline is past, as long as nothing more happens.
ALTER TABLE claim ADD COLUMN finished_on TEXT;
