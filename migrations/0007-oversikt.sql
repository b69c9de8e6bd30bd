-- What is open on any later day, and which cases may get a letter, read from the register and not from the histories.
-- The program fills the new columns from the events as it upgrades.

-- Whether the claim can be among what is outstanding from recorded_on on.
ALTER TABLE claim ADD COLUMN outstanding INTEGER NOT NULL DEFAULT 1 CHECK (outstanding IN (0, 1));
-- What is open from recorded_on on: fixed_ore, and interest on interest_base_ore for the days after interest_after.
-- Null where the history must be read.
ALTER TABLE claim ADD COLUMN fixed_ore INTEGER;
ALTER TABLE claim ADD COLUMN interest_base_ore INTEGER;
ALTER TABLE claim ADD COLUMN interest_after TEXT;
-- The last day the next letter is made without the user's word: after it the claim is foreldet, or old and never dunned.
ALTER TABLE claim ADD COLUMN letter_until TEXT;

DROP INDEX claim_next_action;
CREATE INDEX claim_next_action ON claim (next_action_on, letter_until) WHERE next_action_on IS NOT NULL;
CREATE INDEX claim_recorded ON claim (recorded_on);
CREATE INDEX claim_outstanding ON claim (interest_after, recorded_on, interest_base_ore, fixed_ore, effective_due, debtor_id)
  WHERE outstanding = 1;
