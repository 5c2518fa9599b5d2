-- Older books know no letter that repeats another: it is one that somebody has to look at.
UPDATE signals SET kind = 'document' WHERE kind = 'duplicate';
ALTER TABLE signals
    DROP CONSTRAINT ck_signals_kind_known,
    ADD CONSTRAINT ck_signals_kind_known CHECK (
        kind IN ('disruption', 'document', 'gap', 'change', 'cancellation'));
DROP TABLE draft_letters, draft_versions, order_drafts, letter_readings, letters;
DROP FUNCTION guard_draft;
REVOKE INSERT ON signals FROM expediter_agent;
