-- Only people halt.
CREATE OR REPLACE FUNCTION guard_halt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.resumed_at IS NOT NULL THEN
            RAISE EXCEPTION 'a halt begins open' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NOT EXISTS (SELECT FROM users u WHERE u.name = NEW.halted_by AND u.active
                       AND u.role NOT IN ('agent', 'service')) THEN
            RAISE EXCEPTION '% is no active person', NEW.halted_by USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.resumed_at IS NOT NULL OR (NEW.id, NEW.reason, NEW.halted_by, NEW.halted_at)
        IS DISTINCT FROM (OLD.id, OLD.reason, OLD.halted_by, OLD.halted_at) THEN
        RAISE EXCEPTION 'halt % may only be resumed, once', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM users u WHERE u.name = NEW.resumed_by AND u.active
                   AND u.role IN ('operations_manager', 'administrator')) THEN
        RAISE EXCEPTION '% may not resume; an operations manager or administrator may', NEW.resumed_by
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
