-- What the columns of an invoice CSV hold, as the user has said it, by the names of the columns.
CREATE TABLE column_map (
  header TEXT PRIMARY KEY,
  map TEXT NOT NULL CHECK (json_valid(map))
) STRICT;

-- The case a record of an invoice file became, or changed.
CREATE TABLE claim_record (
  record_id INTEGER PRIMARY KEY REFERENCES import_record (id),
  case_id INTEGER NOT NULL
) STRICT;

CREATE INDEX claim_record_case ON claim_record (case_id);

-- Credit notes that came before the invoice they credit; case_id is the case, once it has come.
CREATE TABLE waiting_credit_note (
  record_id INTEGER PRIMARY KEY REFERENCES import_record (id),
  number TEXT NOT NULL,
  invoice TEXT NOT NULL,
  issued TEXT,
  amount_ore INTEGER NOT NULL CHECK (amount_ore > 0),
  case_id INTEGER
) STRICT;

CREATE INDEX waiting_credit_note_invoice ON waiting_credit_note (invoice) WHERE case_id IS NULL;
