-- Who asks in conversation for a change of an order line gets its case at once: an agent opens that case and no other.
CREATE FUNCTION guard_opened_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'open' OR NOT EXISTS (
        SELECT FROM signals s
        WHERE s.reference = NEW.detected ->> 'cause' AND s.kind = 'change' AND s.state = 'open'
    ) THEN
        RAISE EXCEPTION 'agents open the case of a change that was asked for, and no other'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
GRANT EXECUTE ON FUNCTION guard_opened_case() TO expediter_agent;
CREATE TRIGGER opened_by_agents BEFORE INSERT ON cases FOR EACH ROW
    WHEN (current_user = 'expediter_agent') EXECUTE FUNCTION guard_opened_case();
GRANT INSERT ON cases TO expediter_agent;
