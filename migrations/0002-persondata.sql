-- Free text may hold personal data, which must be possible to erase while the hash chain still verifies (GDPR, B3).
-- The event keeps a salted fingerprint of the text; the text itself lies here.
CREATE TABLE event_text (
  case_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  field TEXT NOT NULL,
  salt TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (case_id, version, field)
) STRICT;

CREATE TRIGGER event_text_is_not_changed BEFORE UPDATE ON event_text
BEGIN SELECT RAISE(ABORT, 'texts are never changed'); END;

-- Electronic letters need a recorded basis (L9); a debtor can be anonymised when the books no longer need the name.
ALTER TABLE debtor ADD COLUMN electronic_basis TEXT;
ALTER TABLE debtor ADD COLUMN electronic_on TEXT;
ALTER TABLE debtor ADD COLUMN anonymised_on TEXT;

-- What was known about a debtor before each change.
CREATE TABLE debtor_change (
  id INTEGER PRIMARY KEY,
  debtor_id INTEGER NOT NULL REFERENCES debtor (id),
  changed_on TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  before TEXT NOT NULL CHECK (json_valid(before))
) STRICT;

-- A letter's PDF may be emptied, and nothing else: its fingerprint stays in the history.
DROP TRIGGER letter_is_not_changed;
CREATE TRIGGER letter_is_not_changed BEFORE UPDATE ON letter
WHEN NOT (length(NEW.pdf) = 0 AND NEW.id = OLD.id AND NEW.case_id = OLD.case_id AND NEW.batch_id = OLD.batch_id
  AND NEW.sha256 = OLD.sha256 AND NEW.pages = OLD.pages)
BEGIN SELECT RAISE(ABORT, 'letters are never changed'); END;
