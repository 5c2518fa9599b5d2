DROP FUNCTION forget_over(TEXT, TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE, BIGINT);
DROP FUNCTION count_over(TEXT, TIMESTAMP WITH TIME ZONE);
DROP FUNCTION is_over(TEXT);
CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE FUNCTION guard_inbound_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.source, OLD.event, OLD.digest, OLD.raw, OLD.headers, OLD.received_at) IS DISTINCT FROM
        (NEW.id, NEW.source, NEW.event, NEW.digest, NEW.raw, NEW.headers, NEW.received_at) THEN
        RAISE EXCEPTION 'message % of % stays as it came', OLD.event, OLD.source USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
ALTER TABLE mails DROP COLUMN forgotten_at;
ALTER TABLE letters DROP COLUMN forgotten_at;
ALTER TABLE inbound_events DROP COLUMN forgotten_at;
