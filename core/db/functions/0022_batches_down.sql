-- The functions of before, word for word.
DROP INDEX ix_reservations_order_id_line;
ALTER TABLE reservations
    ADD CONSTRAINT fk_reservations_item_id FOREIGN KEY (item_id) REFERENCES items(id),
    ADD CONSTRAINT fk_reservations_location_id FOREIGN KEY (location_id) REFERENCES locations(id);
CREATE INDEX ix_reservations_order_id_line ON reservations (order_id, line);
DROP FUNCTION add_links, link_hash, links_of, lock_free, needs_of, reserve_batch, settle_needs, told_time;
CREATE OR REPLACE FUNCTION lock_balances(p_items bigint[], p_places bigint[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode =
force_generic_plan AS $$
BEGIN
    PERFORM 1 FROM stock_balances b
    JOIN (SELECT DISTINCT u.item_id, u.place_id FROM unnest(p_items, p_places) u(item_id, place_id)) k
        ON k.item_id = b.item_id AND k.place_id = b.location_id
    ORDER BY b.item_id, b.location_id FOR UPDATE OF b;
END $$;
CREATE OR REPLACE FUNCTION book_claims(p_items bigint[], p_places bigint[], p_lots bigint[], p_units bigint[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode =
force_generic_plan AS $$
DECLARE
    wanted bigint; found bigint;
BEGIN
    IF array_length(p_items, 1) > 1 THEN
        PERFORM lock_balances(p_items, p_places);
    END IF;
    IF array_remove(p_lots, NULL) = '{}' THEN
        wanted := array_length(p_items, 1);
        UPDATE stock_balances b SET reserved = b.reserved + n.units
        FROM unnest(p_items, p_places, p_units) n(item_id, place_id, units)
        WHERE b.item_id = n.item_id AND b.location_id = n.place_id
          AND (n.units < 0 OR b.on_hand - b.reserved - b.blocked >= n.units);
    ELSE
        PERFORM lock_balances(p_items, p_places);
        PERFORM book_lot_claims(p_items, p_places, p_lots, p_units);
        SELECT count(*) INTO wanted FROM (SELECT DISTINCT u.item_id, u.place_id
                                          FROM unnest(p_items, p_places) u(item_id, place_id)) k;
        UPDATE stock_balances b SET reserved = b.reserved + n.units
        FROM (SELECT u.item_id, u.place_id, sum(u.units) AS units
              FROM unnest(p_items, p_places, p_units) u(item_id, place_id, units) GROUP BY 1, 2) n
        WHERE b.item_id = n.item_id AND b.location_id = n.place_id
          AND (n.units <= 0 OR b.on_hand - b.reserved - b.blocked >= n.units);
    END IF;
    GET DIAGNOSTICS found = ROW_COUNT;
    IF found < wanted THEN
        RAISE EXCEPTION 'fewer units are free than were to be reserved' USING ERRCODE = 'EX409';
    END IF;
    IF array_remove(p_lots, NULL) <> '{}' THEN
        PERFORM count_blocked(p_items, p_places);
    END IF;
END $$;
CREATE OR REPLACE FUNCTION book_new_claims()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode =
force_generic_plan AS $$
BEGIN
    PERFORM book_claims(array_agg(r.item_id), array_agg(r.location_id), array_agg(r.lot_id), array_agg(r.units))
    FROM (SELECT a.item_id, a.location_id, a.lot_id, sum(a.quantity - a.taken)::bigint AS units FROM added a
          WHERE a.state = 'open' AND a.kind <> 'advisory' GROUP BY 1, 2, 3) r HAVING count(*) > 0;
    RETURN NULL;
END $$;
CREATE FUNCTION reserve_commands(p_commands jsonb, p_claims jsonb, p_notes jsonb, p_now timestamp with time zone)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode =
force_generic_plan AS $$
DECLARE
    moment timestamptz := COALESCE(p_now, transaction_timestamp());
    told text := to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
        || CASE WHEN extract(microseconds FROM moment)::bigint % 1000000 = 0 THEN ''
                ELSE to_char(moment, '.US') END || '+00:00';
    known integer[]; short jsonb; refused integer[]; linked boolean;
BEGIN
    SELECT array_agg(c.command) INTO known FROM jsonb_to_recordset(p_commands) AS c(command integer, key text)
    JOIN commands k ON k.key = c.key;
    SELECT jsonb_agg(to_jsonb(r)), array_agg(r.command) INTO short, refused
    FROM reserve_stock(CASE WHEN known IS NULL THEN p_claims ELSE
        (SELECT COALESCE(jsonb_agg(c), '[]') FROM jsonb_array_elements(p_claims) c
         WHERE (c ->> 'command')::integer <> ALL (known)) END, moment) r;
    IF short @? '$[*] ? (@.available == null)' THEN
        RAISE EXCEPTION 'a command names something unknown' USING ERRCODE = 'EX409';
    END IF;
    refused := COALESCE(known, '{}') || COALESCE(refused, '{}');
    INSERT INTO commands (key, kind, request_hash, result, actor, recorded_at)
    SELECT c.key, c.kind, c.request_hash, c.result, c.actor, moment FROM jsonb_to_recordset(p_commands)
        AS c(command integer, key text, kind text, request_hash text, result jsonb, actor text)
    WHERE c.command <> ALL (refused) ORDER BY c.key;
    WITH note AS (
        SELECT c.*, COALESCE(h.sequence, 0) + 1 AS sequence, COALESCE(h.hash, repeat('0', 64)) AS previous
        FROM jsonb_to_recordset(p_notes) AS c(command integer, scope text, actor text, event text, subject text,
                                              facts text)
        LEFT JOIN audit_heads h ON h.scope = c.scope
        WHERE c.command <> ALL (refused) ORDER BY c.scope COLLATE "C"),
    link AS MATERIALIZED (
        SELECT n.*, encode(sha256(convert_to(format('[%s, %s, %s, %s, %s, %s, %s, %s]', to_json(n.previous),
            to_json(n.scope), n.sequence, to_json(n.actor), to_json(n.event), to_json(n.subject), to_json(n.facts),
            to_json(told)), 'UTF8')), 'hex') AS hash
        FROM note n),
    logged AS (
        INSERT INTO audit_log (scope, sequence, actor, event, subject, facts, recorded_at, previous, hash)
        SELECT scope, sequence, actor, event, subject, facts, moment, previous, hash FROM link RETURNING 1),
    begun AS (
        INSERT INTO audit_heads (scope, sequence, hash) SELECT scope, sequence, hash FROM link WHERE sequence = 1
        ON CONFLICT (scope) DO UPDATE SET sequence = EXCLUDED.sequence, hash = EXCLUDED.hash
            WHERE audit_heads.sequence = 0 RETURNING 1),
    went_on AS (
        UPDATE audit_heads h SET sequence = l.sequence, hash = l.hash FROM link l
        WHERE l.sequence > 1 AND h.scope = l.scope AND h.sequence = l.sequence - 1 RETURNING 1)
    SELECT (SELECT count(*) FROM logged) = (SELECT count(*) FROM begun) + (SELECT count(*) FROM went_on) INTO linked;
    IF NOT linked THEN
        RAISE EXCEPTION 'somebody added to the same chain of the audit log' USING ERRCODE = 'EX409';
    END IF;
    RETURN jsonb_build_object('known', COALESCE(to_jsonb(known), '[]'), 'short', COALESCE(short, '[]'));
END $$;
GRANT EXECUTE ON FUNCTION reserve_commands TO expediter_app;
