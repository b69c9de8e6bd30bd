-- Files taken in, and each of their records as it stood.
CREATE TABLE import_file (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  format TEXT NOT NULL,
  encoding TEXT,
  imported_on TEXT NOT NULL,
  imported_at TEXT NOT NULL
) STRICT;

CREATE INDEX import_file_sha256 ON import_file (sha256);

-- key is a fingerprint of what makes it the same record in another file; twins in one file differ in occurrence.
CREATE TABLE import_record (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL REFERENCES import_file (id),
  place TEXT NOT NULL,
  key TEXT NOT NULL,
  occurrence INTEGER NOT NULL CHECK (occurrence >= 1),
  raw TEXT NOT NULL,
  UNIQUE (key, occurrence)
) STRICT;

-- Movements on the creditor's accounts. open: for the user to settle; booked: on one or more cases; aside: not to be
-- booked; same: seen by another source already, as the payment same_as.
CREATE TABLE payment (
  id INTEGER PRIMARY KEY,
  record_id INTEGER NOT NULL REFERENCES import_record (id),
  source TEXT NOT NULL,
  account TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('in', 'back')),
  paid_on TEXT NOT NULL,
  booked_on TEXT NOT NULL,
  amount_ore INTEGER NOT NULL CHECK (amount_ore > 0),
  -- Several are parted by blanks.
  kid TEXT,
  payer TEXT,
  payer_account TEXT,
  text TEXT,
  batch TEXT,
  match TEXT NOT NULL,
  why TEXT,
  settled TEXT NOT NULL CHECK (settled IN ('open', 'booked', 'aside', 'same')),
  same_as INTEGER REFERENCES payment (id)
) STRICT;

CREATE INDEX payment_open ON payment (id) WHERE settled = 'open';
CREATE INDEX payment_seen ON payment (account, amount_ore, booked_on);
CREATE INDEX payment_batch ON payment (account, booked_on) WHERE batch IS NOT NULL;
CREATE INDEX payment_same ON payment (same_as) WHERE same_as IS NOT NULL;

CREATE TRIGGER payment_is_not_deleted BEFORE DELETE ON payment
BEGIN SELECT RAISE(ABORT, 'payments are never deleted'); END;
CREATE TRIGGER payment_facts_are_not_changed BEFORE UPDATE ON payment
WHEN NOT (NEW.id = OLD.id AND NEW.record_id = OLD.record_id AND NEW.source = OLD.source AND NEW.account = OLD.account
  AND NEW.direction = OLD.direction AND NEW.paid_on = OLD.paid_on AND NEW.booked_on = OLD.booked_on
  AND NEW.amount_ore = OLD.amount_ore AND NEW.kid IS OLD.kid)
BEGIN SELECT RAISE(ABORT, 'what the bank said is never changed'); END;

-- The event a movement became on a case: a payment, or the taking back of one.
CREATE TABLE payment_use (
  payment_id INTEGER NOT NULL REFERENCES payment (id),
  case_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (case_id, version)
) STRICT, WITHOUT ROWID;

CREATE INDEX payment_use_payment ON payment_use (payment_id);

-- Payments find their claim by KID.
ALTER TABLE claim ADD COLUMN kid TEXT;
UPDATE claim SET kid = (
  SELECT json_extract(e.payload, '$.kid') FROM event e WHERE e.case_id = claim.number AND e.version = 1
);
CREATE INDEX claim_kid ON claim (kid) WHERE kid IS NOT NULL;
