DO $again$
BEGIN
    EXECUTE 'CREATE OR REPLACE VIEW master_data_now AS ' || split_part(
        pg_get_viewdef('master_data_now'::regclass), E'UNION ALL\n SELECT ''policies''::text', 1);
END $again$;
-- Of policies nothing is recorded any more.
ALTER TABLE master_data_requests DISABLE TRIGGER append_only;
ALTER TABLE master_data_origins DISABLE TRIGGER append_only;
ALTER TABLE master_data_changes DISABLE TRIGGER append_only;
DELETE FROM master_data_changes WHERE table_name = 'policies';
DELETE FROM master_data_origins o WHERE kind = 'policy'
    OR kind = 'migration' AND NOT EXISTS (SELECT FROM master_data_changes c WHERE c.origin_id = o.id);
DELETE FROM master_data_requests WHERE kind = 'policy';
ALTER TABLE master_data_origins ENABLE TRIGGER append_only;
ALTER TABLE master_data_changes ENABLE TRIGGER append_only;
ALTER TABLE master_data_requests ENABLE TRIGGER append_only;
ALTER TABLE master_data_requests
    DROP CONSTRAINT ck_master_data_requests_kind_known,
    ADD CONSTRAINT ck_master_data_requests_kind_known CHECK (kind IN ('prices', 'people'));
ALTER TABLE master_data_origins
    DROP CONSTRAINT ck_master_data_origins_kind_known,
    DROP CONSTRAINT ck_master_data_origins_prices_agreed,
    ADD CONSTRAINT ck_master_data_origins_kind_known
        CHECK (kind IN ('pack', 'prices', 'people', 'quotas', 'feeds', 'migration')),
    ADD CONSTRAINT ck_master_data_origins_prices_agreed CHECK (kind <> 'prices' OR request IS NOT NULL);
ALTER TABLE users
    DROP COLUMN person;
ALTER TABLE approvals
    DROP COLUMN by_rule;
ALTER TABLE approval_decisions
    DROP COLUMN reason_code,
    DROP COLUMN on_behalf_of;
DROP TABLE suggestions, delegations, rule_decision_scopes, rule_decisions, autonomy_demotions, policies;
DROP FUNCTION guard_delegation, guard_rule_decision;
CREATE OR REPLACE FUNCTION guard_approval()
RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'pending' THEN
            RAISE EXCEPTION 'an approval begins pending, not %', NEW.state USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.proposal_id, NEW.plan_hash, NEW.approvals_needed, NEW.roles, NEW.expires_at)
       IS DISTINCT FROM (OLD.id, OLD.proposal_id, OLD.plan_hash, OLD.approvals_needed, OLD.roles, OLD.expires_at) THEN
        RAISE EXCEPTION 'only the state of approval % may change', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state <> OLD.state AND NOT (
        OLD.state = 'pending' AND NEW.state IN ('approved', 'rejected', 'expired', 'superseded', 'stale')
        OR OLD.state = 'approved' AND NEW.state IN ('executed', 'expired', 'superseded', 'stale')
        OR OLD.state = 'executed' AND NEW.state = 'undone') THEN
        RAISE EXCEPTION 'approval % is %, it cannot become %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
SELECT take_master_data_down(ARRAY['users']);
