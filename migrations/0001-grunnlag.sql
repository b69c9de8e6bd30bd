-- The creditor's choices, by key.
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;

-- Rates and regime the user has looked up, with where. Never changed: a newer row for the same day wins.
CREATE TABLE rate (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  value TEXT NOT NULL,
  source TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;

-- Ladders the user brought. A name keeps its meaning for ever.
CREATE TABLE policy (
  name TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TABLE debtor (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('consumer', 'business', 'public')),
  orgnr TEXT,
  address TEXT,
  zip TEXT,
  city TEXT,
  country TEXT NOT NULL,
  email TEXT,
  phone TEXT,
  language TEXT NOT NULL CHECK (language IN ('nb', 'nn', 'en'))
) STRICT;

CREATE INDEX debtor_orgnr ON debtor (orgnr) WHERE orgnr IS NOT NULL;
CREATE INDEX debtor_name ON debtor (name);

-- What happened, in the order it was recorded. Each row's hash covers the row and the hash before it.
CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  type TEXT NOT NULL,
  happened_on TEXT NOT NULL,
  recorded_on TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  hash TEXT NOT NULL,
  UNIQUE (case_id, version)
) STRICT;

CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

CREATE TABLE batch (
  id INTEGER PRIMARY KEY,
  made_on TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;

-- The letters as they were printed. What became of them is in the events.
CREATE TABLE letter (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  pages INTEGER NOT NULL,
  pdf BLOB NOT NULL
) STRICT;

CREATE INDEX letter_case ON letter (case_id);
CREATE INDEX letter_batch ON letter (batch_id);

CREATE TRIGGER letter_is_not_changed BEFORE UPDATE ON letter
BEGIN SELECT RAISE(ABORT, 'letters are never changed'); END;
CREATE TRIGGER letter_is_not_deleted BEFORE DELETE ON letter
BEGIN SELECT RAISE(ABORT, 'letters are never deleted'); END;

-- One row per case: what its events add up to, so that the daily run reads an index and not every history.
-- Written in the transaction that adds the event; can be built again from the events at any time.
CREATE TABLE claim (
  number INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  recorded_on TEXT NOT NULL,
  invoice TEXT NOT NULL,
  debtor_id INTEGER NOT NULL REFERENCES debtor (id),
  status TEXT NOT NULL,
  issued TEXT,
  due TEXT NOT NULL,
  effective_due TEXT NOT NULL,
  -- Open on recorded_on, in øre; null while a rate that the figure needs is missing.
  principal_ore INTEGER,
  costs_ore INTEGER,
  paid_ore INTEGER,
  credit_ore INTEGER,
  next_step TEXT,
  next_action_on TEXT,
  why_rule TEXT NOT NULL,
  why_text TEXT NOT NULL,
  unconfirmed_letter INTEGER,
  limitation_on TEXT NOT NULL
) STRICT;

CREATE INDEX claim_next_action ON claim (next_action_on) WHERE next_action_on IS NOT NULL;
CREATE INDEX claim_invoice ON claim (invoice);
CREATE INDEX claim_debtor ON claim (debtor_id);
CREATE INDEX claim_open_due ON claim (effective_due) WHERE status NOT IN ('paid', 'closed');
CREATE INDEX claim_unconfirmed ON claim (unconfirmed_letter) WHERE unconfirmed_letter IS NOT NULL;
