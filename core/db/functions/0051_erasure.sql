-- Erasing a person: the values that tell who it was are replaced wherever they stand, but for what is hashed.
CREATE FUNCTION marks_pattern(marks TEXT[]) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
SELECT '(?<!\w)(' || string_agg(regexp_replace(m, '([!-/:-@\[-`{-~])', '\\\1', 'g'), '|' ORDER BY length(m) DESC, m)
    || ')(?!\w)' FROM unnest(marks) m
$$;

-- Where values may stand, as SQL over a table: which rows have one, and what they become. Keys stay, for they are codes
-- and names of accounts; so do the audit log, plans, which are hashed, and policies, which are history of the company.
CREATE FUNCTION erasable_places() RETURNS TABLE (place TEXT, holds TEXT, sets TEXT, watched BOOLEAN)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
SELECT c.relname::text,
    string_agg(CASE t.typname WHEN 'bytea' THEN format('encode(%I, ''escape'') ~* $2', a.attname)
        ELSE format('%I::text ~* $1', a.attname) END, ' OR ' ORDER BY a.attnum),
    string_agg(format(CASE t.typname
        WHEN 'jsonb' THEN '%1$I = regexp_replace(%1$I::text, $1, $3, ''gi'')::jsonb'
        WHEN '_text' THEN '%1$I = regexp_replace(%1$I::text, $1, $3, ''gi'')::text[]'
        WHEN 'bytea' THEN '%1$I = CASE WHEN encode(%1$I, ''escape'') ~* $2 THEN ''''::bytea ELSE %1$I END'
        ELSE '%1$I = regexp_replace(%1$I, $1, $3, ''gi'')' END, a.attname), ', ' ORDER BY a.attnum),
    EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND g.tgname = 'recorded_changed')
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
    AND a.attgenerated = '' AND t.typname IN ('text', 'varchar', 'jsonb', '_text', 'bytea')
    AND c.relname NOT IN ('alembic_version', 'audit_log', 'audit_heads', 'policies', 'proposals', 'users')
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.contype IN ('p', 'f')
        AND (k.conrelid = c.oid AND a.attnum = ANY (k.conkey) OR k.confrelid = c.oid AND a.attnum = ANY (k.confkey)))
GROUP BY c.oid, c.relname
$$;

CREATE FUNCTION marks_found(marks TEXT[]) RETURNS TABLE (place TEXT, hits BIGINT) LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one RECORD;
BEGIN
    FOR one IN SELECT * FROM erasable_places() p ORDER BY p.place COLLATE "C" LOOP
        place := one.place;
        EXECUTE format('SELECT count(*) FROM %I WHERE %s', one.place, one.holds) INTO STRICT hits
            USING marks_pattern(marks), bytes_pattern(marks);
        IF hits > 0 THEN RETURN NEXT; END IF;
    END LOOP;
END $$;
CREATE FUNCTION bytes_pattern(marks TEXT[]) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
SELECT marks_pattern(array_agg(encode(convert_to(m, 'UTF8'), 'escape'))) FROM unnest(marks) m
$$;

-- Erase what an agreed request names, and how many rows of which table changed. Guards of history rest meanwhile, in
-- this transaction alone; what a table of master data was is recorded, and then erased from the record.
CREATE FUNCTION erase_person(request TEXT, stand_in TEXT, at TIMESTAMP WITH TIME ZONE)
RETURNS TABLE (place TEXT, hits BIGINT) LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    wanted JSONB;
    account TEXT;
    marks TEXT[];
    one RECORD;
BEGIN
    SELECT r.asked INTO wanted FROM master_data_requests r WHERE r.code = request AND r.kind = 'people'
        AND r.command = 'ErasePerson' AND r.state = 'agreed' AND r.decided_by <> r.asked_by;
    IF wanted IS NULL THEN
        RAISE EXCEPTION 'nobody agreed to an erasure %', request USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM set_config('lock_timeout', '10s', true);
    account := wanted ->> 'user';
    marks := ARRAY(SELECT jsonb_array_elements_text(wanted -> 'marks'));
    IF cardinality(marks) > 0 THEN
        -- A mail may be encoded: it goes with the letter or reply that was read from it.
        PERFORM set_config('expediter.forgetting', 'yes', true);
        UPDATE mails m SET raw = '' WHERE m.content_hash IN (
                SELECT r.content_hash FROM inquiry_replies r WHERE r.reply::text ~* marks_pattern(marks))
            OR m.message_id <> '' AND m.message_id IN (SELECT l.message_id FROM letters l
                WHERE l.letter::text ~* marks_pattern(marks) OR l.sender ~* marks_pattern(marks));
        PERFORM set_config('expediter.forgetting', 'no', true);
        FOR one IN SELECT * FROM erasable_places() p
            ORDER BY p.place IN ('master_data_changes', 'master_data_requests'), p.place COLLATE "C"
        LOOP
            place := one.place;
            EXECUTE format('SELECT count(*) FROM %I WHERE %s', one.place, one.holds) INTO STRICT hits
                USING marks_pattern(marks), bytes_pattern(marks);
            CONTINUE WHEN hits = 0;
            IF NOT one.watched THEN EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', one.place); END IF;
            EXECUTE format('UPDATE %I SET %s WHERE %s', one.place, one.sets, one.holds)
                USING marks_pattern(marks), bytes_pattern(marks), stand_in;
            IF NOT one.watched THEN EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', one.place); END IF;
            RETURN NEXT;
        END LOOP;
        PERFORM set_config('expediter.forgetting', 'yes', true);
        UPDATE mails m SET forgotten_at = at WHERE m.raw = '' AND m.forgotten_at IS NULL;
        UPDATE inbound_events m SET headers = '{}', forgotten_at = at WHERE m.raw = '' AND m.forgotten_at IS NULL;
        PERFORM set_config('expediter.forgetting', 'no', true);
    END IF;
    IF account IS NOT NULL THEN
        RETURN QUERY SELECT * FROM erase_account(account, at);
    END IF;
    ALTER TABLE master_data_requests DISABLE TRIGGER USER;
    UPDATE master_data_requests SET asked = jsonb_build_object('user', account, 'marks', '[]'::jsonb, 'salt', '')
    WHERE code = request;
    ALTER TABLE master_data_requests ENABLE TRIGGER USER;
END $$;

-- Whatever an account asked the chat, was let in by or gave away; the account's name stays with what it did.
CREATE FUNCTION erase_account(account TEXT, at TIMESTAMP WITH TIME ZONE)
RETURNS TABLE (place TEXT, hits BIGINT) LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    talks BIGINT[] := ARRAY(SELECT c.id FROM conversations c WHERE c.user_name = account);
    gone CONSTANT TEXT := 'WITH gone AS (%s RETURNING 1) SELECT count(*) FROM gone';
    step TEXT[];
BEGIN
    ALTER TABLE conversation_turns DISABLE TRIGGER USER;
    FOREACH step SLICE 1 IN ARRAY ARRAY[
        ['chat_events', 'DELETE FROM chat_events WHERE conversation_id = ANY ($2)'],
        ['key_threads', 'DELETE FROM key_threads WHERE conversation_id = ANY ($2)'],
        ['conversation_turns', 'DELETE FROM conversation_turns WHERE conversation_id = ANY ($2)'],
        ['conversations', 'DELETE FROM conversations WHERE id = ANY ($2)'],
        ['chat_preferences', 'DELETE FROM chat_preferences WHERE user_name = $1'],
        ['sessions', 'DELETE FROM sessions WHERE user_name = $1'],
        ['identities', 'DELETE FROM identities WHERE user_name = $1'],
        ['api_replies', 'DELETE FROM api_replies WHERE owner = $1'],
        ['api_keys', 'UPDATE api_keys SET revoked_at = COALESCE(revoked_at, $3), name = ''erased'' WHERE owner = $1
            AND (revoked_at IS NULL OR name <> ''erased'')'],
        ['status_links', 'UPDATE status_links SET revoked_at = $3 WHERE created_by = $1 AND revoked_at IS NULL'],
        ['webhooks', 'UPDATE webhooks SET disabled_at = $3, disabled_because = ''its owner was erased'' WHERE owner = $1
            AND disabled_at IS NULL']]
    LOOP
        place := step[1];
        EXECUTE format(gone, step[2]) INTO STRICT hits USING account, talks, at;
        IF hits > 0 THEN RETURN NEXT; END IF;
    END LOOP;
    ALTER TABLE conversation_turns ENABLE TRIGGER USER;
END $$;
GRANT EXECUTE ON FUNCTION marks_found(TEXT[]), erase_person(TEXT, TEXT, TIMESTAMP WITH TIME ZONE) TO expediter_app;
