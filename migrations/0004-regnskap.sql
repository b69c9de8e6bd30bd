-- What has been handed to the books, so that a period handed over twice is seen, and what came later is found.
CREATE TABLE bookkeeping_export (
  id INTEGER PRIMARY KEY,
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  format TEXT NOT NULL,
  recorded_on TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;

-- The vouchers of each. The number is the event's place in the chain; the fingerprint tells whether it still says the same.
CREATE TABLE bookkeeping_voucher (
  export_id INTEGER NOT NULL REFERENCES bookkeeping_export (id),
  number INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  PRIMARY KEY (export_id, number)
) STRICT;

CREATE INDEX bookkeeping_voucher_number ON bookkeeping_voucher (number);

CREATE TRIGGER bookkeeping_export_is_not_changed BEFORE UPDATE ON bookkeeping_export
BEGIN SELECT RAISE(ABORT, 'exports are never changed'); END;
CREATE TRIGGER bookkeeping_export_is_not_deleted BEFORE DELETE ON bookkeeping_export
BEGIN SELECT RAISE(ABORT, 'exports are never deleted'); END;
CREATE TRIGGER bookkeeping_voucher_is_not_changed BEFORE UPDATE ON bookkeeping_voucher
BEGIN SELECT RAISE(ABORT, 'exports are never changed'); END;
CREATE TRIGGER bookkeeping_voucher_is_not_deleted BEFORE DELETE ON bookkeeping_voucher
BEGIN SELECT RAISE(ABORT, 'exports are never deleted'); END;
