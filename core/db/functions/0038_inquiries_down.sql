-- A proposal of a letter has no place in older books: it goes with what was decided on it and done. What partners were
-- told stays in the outbox.
ALTER TABLE proposals DISABLE TRIGGER append_only;
ALTER TABLE approval_decisions DISABLE TRIGGER append_only;
ALTER TABLE autonomy_demotions DISABLE TRIGGER append_only;
ALTER TABLE rule_decisions DISABLE TRIGGER append_only;
ALTER TABLE rule_decision_scopes DISABLE TRIGGER append_only;
UPDATE outbox SET approval_id = NULL
WHERE approval_id IN (
    SELECT a.id FROM approvals a JOIN proposals p ON p.id = a.proposal_id WHERE p.inquiry_id IS NOT NULL);
UPDATE human_tasks SET proposal_id = NULL WHERE proposal_id IN (SELECT id FROM proposals WHERE inquiry_id IS NOT NULL);
DO $going$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['rule_decision_scopes', 'rule_decisions', 'autonomy_demotions', 'effect_ledger',
                             'approval_decisions'] LOOP
        EXECUTE format('DELETE FROM %I WHERE approval_id IN (SELECT a.id FROM approvals a'
            ' JOIN proposals p ON p.id = a.proposal_id WHERE p.inquiry_id IS NOT NULL)', t);
    END LOOP;
END $going$;
DELETE FROM awaited_effects WHERE proposal_id IN (SELECT id FROM proposals WHERE inquiry_id IS NOT NULL);
DELETE FROM approvals WHERE proposal_id IN (SELECT id FROM proposals WHERE inquiry_id IS NOT NULL);
DELETE FROM proposals WHERE inquiry_id IS NOT NULL;
ALTER TABLE rule_decision_scopes ENABLE TRIGGER append_only;
ALTER TABLE rule_decisions ENABLE TRIGGER append_only;
ALTER TABLE autonomy_demotions ENABLE TRIGGER append_only;
ALTER TABLE approval_decisions ENABLE TRIGGER append_only;
ALTER TABLE proposals ENABLE TRIGGER append_only;
ALTER TABLE proposals
    DROP COLUMN inquiry_id,
    ALTER COLUMN option_id SET NOT NULL;
DROP TABLE inquiry_replies, inquiry_letters, inquiries;
DROP FUNCTION guard_inquiry;
