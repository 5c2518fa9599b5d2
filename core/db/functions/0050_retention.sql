-- What is kept for a time only. Messages give up their words and keep their hash; what nobody can use any more goes.
ALTER TABLE mails ADD COLUMN forgotten_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE letters ADD COLUMN forgotten_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE inbound_events ADD COLUMN forgotten_at TIMESTAMP WITH TIME ZONE;
CREATE INDEX ix_mails_kept_at ON mails (kept_at) WHERE forgotten_at IS NULL;
CREATE INDEX ix_letters_kept_at ON letters (kept_at) WHERE forgotten_at IS NULL;
CREATE INDEX ix_inbound_events_received_at ON inbound_events (received_at) WHERE forgotten_at IS NULL;

-- Which rows of a kind are over, of those older than a moment, as a condition on the row t. What anybody may still need
-- is not over, however old: a draft or reply that waits, an open case, a run under way, a job or task that names it.
CREATE FUNCTION is_over(of_kind TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
SELECT CASE of_kind
    WHEN 'sessions' THEN 'least(t.ended_at, t.expires_at) < $1'
    WHEN 'status_links' THEN 'least(t.revoked_at, t.expires_at) < $1'
    WHEN 'api_replies' THEN 't.claimed_at < $1'
    WHEN 'chat_events' THEN 't.at < $1 AND EXISTS (SELECT FROM chat_events n
        WHERE n.conversation_id = t.conversation_id AND n.number > t.number)'
    WHEN 'spans' THEN 't.ended_at < $1 AND EXISTS (SELECT FROM runs r WHERE r.id = t.run_id AND r.ended_at < $1)'
    WHEN 'inbound_events' THEN 't.received_at < $1 AND t.forgotten_at IS NULL AND t.state <> ''stored'''
    WHEN 'mails' THEN 't.kept_at < $1 AND t.forgotten_at IS NULL
        AND NOT EXISTS (SELECT FROM letters l JOIN draft_letters g ON g.content_hash = l.content_hash
            JOIN order_drafts d ON d.id = g.draft_id
            WHERE l.message_id = t.message_id AND t.message_id <> ''''
            AND d.state NOT IN (''confirmed'', ''rejected'', ''superseded''))
        AND NOT EXISTS (SELECT FROM inquiry_replies r LEFT JOIN inquiries i ON i.id = r.inquiry_id
            LEFT JOIN cases c ON c.id = i.case_id WHERE r.content_hash = t.content_hash AND (
            r.state IN (''unclear'', ''review'') OR c.state NOT IN (''resolved'', ''accepted'', ''auto-closed'')))
        AND NOT EXISTS (SELECT FROM human_tasks h WHERE h.subject = ''mail '' || left(t.content_hash, 16)
            AND h.state = ''open'')
        AND NOT EXISTS (SELECT FROM jobs.procrastinate_jobs j
            WHERE j.args->>''mail'' = t.content_hash AND j.status IN (''todo'', ''doing''))'
    WHEN 'letters' THEN 't.kept_at < $1 AND t.forgotten_at IS NULL
        AND NOT EXISTS (SELECT FROM draft_letters g JOIN order_drafts d ON d.id = g.draft_id
            WHERE g.content_hash = t.content_hash AND d.state NOT IN (''confirmed'', ''rejected'', ''superseded''))
        AND NOT EXISTS (SELECT FROM runs r WHERE r.ended_at IS NULL AND r.subject = left(t.content_hash, 40))'
END $$;

CREATE FUNCTION count_over(of_kind TEXT, before TIMESTAMP WITH TIME ZONE) RETURNS BIGINT LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found BIGINT;
BEGIN
    EXECUTE format('SELECT count(*) FROM %I t WHERE %s', of_kind, is_over(of_kind)) INTO STRICT found USING before;
    RETURN found;
END $$;

-- Some of them go, and how many. Whoever calls this says how old, never which; a row that somebody holds is left.
CREATE FUNCTION forget_over(of_kind TEXT, before TIMESTAMP WITH TIME ZONE, at TIMESTAMP WITH TIME ZONE, most BIGINT)
RETURNS BIGINT LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found BIGINT;
    act TEXT := CASE of_kind
        WHEN 'mails' THEN 'UPDATE mails m SET raw = '''', forgotten_at = $3'
        WHEN 'letters' THEN 'UPDATE letters m SET letter = ''{}'', forgotten_at = $3'
        WHEN 'inbound_events' THEN 'UPDATE inbound_events m SET raw = '''', headers = ''{}'', forgotten_at = $3'
        ELSE format('DELETE FROM %I m', of_kind) END;
BEGIN
    PERFORM set_config('expediter.forgetting', 'yes', true);
    EXECUTE format('WITH gone AS MATERIALIZED (
        SELECT t.ctid AS place FROM %I t WHERE %s ORDER BY t.ctid LIMIT $2 FOR UPDATE OF t SKIP LOCKED)
        %s WHERE m.ctid IN (SELECT place FROM gone)', of_kind, is_over(of_kind), act) USING before, most, at;
    GET DIAGNOSTICS found = ROW_COUNT;
    PERFORM set_config('expediter.forgetting', 'no', true);
    RETURN found;
END $$;

-- History stays as it is but for what is forgotten, which only the owner's own function above does.
CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('expediter.forgetting', true) = 'yes' AND TG_OP <> 'TRUNCATE'
        AND TG_TABLE_NAME IN ('mails', 'letters', 'spans') THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE FUNCTION guard_inbound_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.source, OLD.event, OLD.digest, OLD.received_at) IS DISTINCT FROM
        (NEW.id, NEW.source, NEW.event, NEW.digest, NEW.received_at)
        OR (OLD.raw, OLD.headers, OLD.forgotten_at) IS DISTINCT FROM (NEW.raw, NEW.headers, NEW.forgotten_at)
        AND (current_setting('expediter.forgetting', true) IS DISTINCT FROM 'yes'
            OR (NEW.raw, NEW.headers) IS DISTINCT FROM (''::bytea, '{}'::jsonb) OR NEW.forgotten_at IS NULL) THEN
        RAISE EXCEPTION 'message % of % stays as it came', OLD.event, OLD.source USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
GRANT EXECUTE ON FUNCTION count_over(TEXT, TIMESTAMP WITH TIME ZONE),
    forget_over(TEXT, TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE, BIGINT) TO expediter_app;
