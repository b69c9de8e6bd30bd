-- The claims that are stopped, by debtor: what stopped one is about the debtor, and is said when another is registered.
CREATE INDEX claim_stopped ON claim (debtor_id) WHERE status IN ('bankrupt', 'stopped');
