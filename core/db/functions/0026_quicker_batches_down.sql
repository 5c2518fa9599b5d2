-- The functions of before, word for word; those of placing and promising are in the other file.
DROP TRIGGER books_new ON reservations;
DROP TRIGGER noted_new ON reservations;
ALTER TABLE stock_balances
    RESET (fillfactor);
DROP FUNCTION reserve_plain;
CREATE OR REPLACE FUNCTION book_claims(p_items bigint[], p_places bigint[], p_lots bigint[], p_units bigint[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode =
force_generic_plan SET enable_hashjoin = off SET enable_mergejoin = off AS $$
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
CREATE OR REPLACE FUNCTION reserve_stock(p_claims jsonb, p_now timestamp with time zone)
RETURNS TABLE(command integer, item text, location text, lot text, wanted bigint, available bigint) LANGUAGE
plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    a record; n integer; first integer; fits boolean; refused integer[] := '{}';
    commands integer[]; keys integer[]; units bigint[]; free bigint[];
BEGIN
    SELECT c.command, c.item, c.location, c.lot, c.quantity INTO a
    FROM jsonb_to_recordset(p_claims) AS c(command integer, item text, location text, lot text, quantity bigint,
                                           order_number text)
    WHERE NOT EXISTS (SELECT 1 FROM items i WHERE i.code = c.item)
       OR NOT EXISTS (SELECT 1 FROM locations l WHERE l.code = c.location AND NOT l.virtual)
       OR c.lot IS NOT NULL AND NOT EXISTS (SELECT 1 FROM lots o JOIN items i ON i.id = o.item_id
                                            WHERE o.code = c.lot AND i.code = c.item)
       OR c.order_number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sales_orders s WHERE s.number = c.order_number)
    ORDER BY c.command, c.item, c.location LIMIT 1;
    IF FOUND THEN
        RETURN QUERY SELECT a.command, a.item, a.location, a.lot, a.quantity, NULL::bigint;
        RETURN;
    END IF;
    PERFORM 1 FROM stock_balances b
    JOIN (SELECT i.id AS item_id, l.id AS place_id FROM (SELECT DISTINCT c.item, c.location FROM jsonb_to_recordset(p_claims)
              AS c(item text, location text, kind text) WHERE c.kind <> 'advisory') c
          JOIN items i ON i.code = c.item JOIN locations l ON l.code = c.location) k
        ON k.item_id = b.item_id AND k.place_id = b.location_id
    ORDER BY b.item_id, b.location_id FOR UPDATE OF b;

    WITH claim AS (
        SELECT c.command, c.item, c.location, c.lot, c.quantity FROM jsonb_to_recordset(p_claims)
            AS c(command integer, item text, location text, lot text, quantity bigint, kind text)
        WHERE c.kind <> 'advisory'),
    need AS (
        SELECT c.command, c.item, c.location, NULL::text AS lot, sum(c.quantity)::bigint AS units FROM claim c GROUP BY 1, 2, 3
        UNION ALL
        SELECT c.command, c.item, c.location, c.lot, sum(c.quantity)::bigint FROM claim c WHERE c.lot IS NOT NULL GROUP BY 1, 2, 3, 4),
    key AS (
        SELECT k.item, k.location, k.lot, (row_number() OVER (ORDER BY k.item, k.location, k.lot NULLS FIRST))::integer AS n,
               free_units(k.item, k.location, k.lot) AS units
        FROM (SELECT DISTINCT d.item, d.location, d.lot FROM need d) k),
    needed AS (
        SELECT d.command, key.n, d.units FROM need d
        JOIN key ON key.item = d.item AND key.location = d.location AND key.lot IS NOT DISTINCT FROM d.lot)
    SELECT (SELECT array_agg(x.command ORDER BY x.command, x.n) FROM needed x),
           (SELECT array_agg(x.n ORDER BY x.command, x.n) FROM needed x),
           (SELECT array_agg(x.units ORDER BY x.command, x.n) FROM needed x),
           (SELECT array_agg(y.units ORDER BY y.n) FROM key y)
    INTO commands, keys, units, free;

    first := 1;
    WHILE first <= COALESCE(array_length(commands, 1), 0) LOOP
        fits := true;
        n := first;
        WHILE n <= array_length(commands, 1) AND commands[n] = commands[first] LOOP
            fits := fits AND free[keys[n]] >= units[n];
            n := n + 1;
        END LOOP;
        FOR m IN first .. n - 1 LOOP
            IF fits THEN
                free[keys[m]] := free[keys[m]] - units[m];
            ELSIF free[keys[m]] < units[m] THEN
                refused := refused || commands[m];
                RETURN QUERY SELECT commands[m], k.item, k.location, k.lot, units[m], free[keys[m]]
                FROM (SELECT d.item, d.location, d.lot,
                             row_number() OVER (ORDER BY d.item, d.location, d.lot NULLS FIRST) AS n
                      FROM (SELECT c.item, c.location, NULL::text AS lot FROM jsonb_to_recordset(p_claims)
                                AS c(item text, location text, kind text) WHERE c.kind <> 'advisory'
                            UNION SELECT c.item, c.location, c.lot FROM jsonb_to_recordset(p_claims)
                                AS c(item text, location text, lot text, kind text)
                            WHERE c.kind <> 'advisory' AND c.lot IS NOT NULL) d) k
                WHERE k.n = keys[m];
            END IF;
        END LOOP;
        first := n;
    END LOOP;

    INSERT INTO reservations (item_id, location_id, lot_id, quantity, taken, kind, reference, state, order_id, line,
                              expires_at, cause, recorded_at)
    SELECT i.id, l.id, o.id, c.quantity, 0, c.kind, c.reference, 'open', s.id, c.line, c.expires_at, c.cause, p_now
    FROM jsonb_to_recordset(p_claims) AS c(command integer, item text, location text, lot text, quantity bigint, kind text,
         reference text, order_number text, line integer, expires_at timestamptz, cause text)
    JOIN items i ON i.code = c.item JOIN locations l ON l.code = c.location
    LEFT JOIN lots o ON o.code = c.lot LEFT JOIN sales_orders s ON s.number = c.order_number
    WHERE c.command <> ALL (refused) ORDER BY c.command, c.reference;
END $$;
CREATE OR REPLACE FUNCTION link_hash(p_previous text, p_scope text, p_sequence bigint, p_actor text, p_event text,
    p_subject text, p_facts text, p_told text) RETURNS text LANGUAGE sql STABLE RETURN
    encode(sha256(convert_to('[' || to_json(p_previous) || ', ' || to_json(p_scope) || ', ' || p_sequence || ', '
        || to_json(p_actor) || ', ' || to_json(p_event) || ', ' || to_json(p_subject) || ', ' || to_json(p_facts) || ', '
        || to_json(p_told) || ']', 'UTF8')), 'hex');
CREATE OR REPLACE FUNCTION add_links(p_scopes text[], p_actors text[], p_events text[], p_subjects text[], p_facts
    text[], p_single boolean, p_now timestamp with time zone)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    told text := told_time(p_now);
BEGIN
    IF p_single THEN
        WITH link AS MATERIALIZED (
            SELECT n.*, link_hash(n.previous, n.scope, n.sequence, n.actor, n.event, n.subject, n.facts, told) AS hash
            FROM (SELECT u.*, COALESCE(h.sequence, 0) + 1 AS sequence, COALESCE(h.hash, repeat('0', 64)) AS previous
                  FROM unnest(p_scopes, p_actors, p_events, p_subjects, p_facts) u(scope, actor, event, subject, facts)
                  LEFT JOIN audit_heads h ON h.scope = u.scope ORDER BY u.scope COLLATE "C") n),
        logged AS (
            INSERT INTO audit_log (scope, sequence, actor, event, subject, facts, recorded_at, previous, hash)
            SELECT l.scope, l.sequence, l.actor, l.event, l.subject, l.facts, p_now, l.previous, l.hash FROM link l)
        INSERT INTO audit_heads (scope, sequence, hash) SELECT l.scope, l.sequence, l.hash FROM link l
        ON CONFLICT (scope) DO UPDATE SET sequence = EXCLUDED.sequence, hash = EXCLUDED.hash;
    ELSE
        WITH link AS MATERIALIZED (
            SELECT l.* FROM links_of(p_scopes, p_actors, p_events, p_subjects, p_facts, told) l),
        logged AS (
            INSERT INTO audit_log (scope, sequence, actor, event, subject, facts, recorded_at, previous, hash)
            SELECT l.scope, l.sequence, l.actor, l.event, l.subject, l.facts, p_now, l.previous, l.hash FROM link l)
        INSERT INTO audit_heads (scope, sequence, hash) SELECT l.scope, l.sequence, l.hash FROM link l WHERE l.ends
        ON CONFLICT (scope) DO UPDATE SET sequence = EXCLUDED.sequence, hash = EXCLUDED.hash;
    END IF;
END $$;
CREATE OR REPLACE FUNCTION lock_free(p_items bigint[], p_places bigint[], p_lots bigint[])
RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
    key record; units bigint; free bigint[] := array_fill(0::bigint, ARRAY[COALESCE(array_length(p_items, 1), 0)]);
BEGIN
    IF array_length(p_items, 1) = 1 THEN
        SELECT ARRAY[GREATEST(0, b.on_hand - b.reserved - b.blocked)] INTO free FROM stock_balances b
        WHERE b.item_id = p_items[1] AND b.location_id = p_places[1] FOR UPDATE;
        RETURN COALESCE(free, '{0}');
    END IF;
    FOR key IN
        SELECT u.* FROM unnest(p_items, p_places, p_lots) WITH ORDINALITY u(item_id, place_id, lot_id, n)
        ORDER BY u.item_id, u.place_id, u.lot_id NULLS FIRST
    LOOP
        SELECT b.on_hand - b.reserved - b.blocked INTO units FROM stock_balances b
        WHERE b.item_id = key.item_id AND b.location_id = key.place_id FOR UPDATE;
        IF key.lot_id IS NOT NULL THEN
            SELECT y.on_hand - y.reserved INTO units FROM lot_balances y JOIN lots o ON o.id = y.lot_id
            WHERE y.lot_id = key.lot_id AND y.location_id = key.place_id AND o.status = 'available'
              AND (o.expires_on < (SELECT t.as_of FROM settings t)) IS NOT TRUE;
        END IF;
        free[key.n] := GREATEST(0, COALESCE(units, 0));
    END LOOP;
    RETURN free;
END $$;
CREATE OR REPLACE FUNCTION reserve_batch(p_items text[], p_places text[], p_lots text[], p_bases bigint[], p_keys
    text[], p_hashes text[], p_results text[], p_actors text[], p_commands bigint[], p_wanted bigint[], p_quantities
    bigint[], p_references text[], p_kinds text[], p_orders text[], p_lines bigint[], p_ends timestamp with time
    zone[], p_causes text[], p_noted bigint[], p_scopes text[], p_noting text[], p_subjects text[], p_facts text[],
    p_single boolean, p_now timestamp with time zone, OUT outcomes integer[], OUT short_commands bigint[], OUT
    short_keys bigint[], OUT wanted bigint[], OUT available bigint[])
RETURNS record LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode =
force_generic_plan SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    moment timestamptz := COALESCE(p_now, transaction_timestamp());
    items bigint[]; places bigint[]; lots bigint[]; asked record;
BEGIN
    items := ARRAY(SELECT (SELECT i.id FROM items i WHERE i.code = u.item) FROM unnest(p_items) u(item));
    places := ARRAY(SELECT (SELECT l.id FROM locations l WHERE l.code = u.place AND NOT l.virtual)
                    FROM unnest(p_places) u(place));
    outcomes := ARRAY(SELECT (SELECT count(*) FROM commands c WHERE c.key = u.key)::integer FROM unnest(p_keys) u(key));
    IF p_lots IS NOT NULL THEN
        lots := ARRAY(SELECT (SELECT o.id FROM lots o WHERE o.code = u.lot AND o.item_id = items[u.n])
                      FROM unnest(p_lots) WITH ORDINALITY u(lot, n) ORDER BY u.n);
    END IF;
    IF array_position(items, NULL) > 0 OR array_position(places, NULL) > 0 OR p_lots IS NOT NULL OR p_orders IS NOT NULL THEN
        FOR asked IN
            SELECT DISTINCT c.command FROM unnest(p_commands, p_wanted, p_orders) c(command, key, number)
            WHERE items[c.key] IS NULL OR places[c.key] IS NULL OR p_lots[c.key] IS NOT NULL AND lots[c.key] IS NULL
               OR c.number IS NOT NULL AND NOT EXISTS (SELECT FROM sales_orders s WHERE s.number = c.number)
        LOOP
            outcomes[asked.command] := 1;
        END LOOP;
    END IF;
    SELECT t.* INTO outcomes, short_commands, short_keys, wanted, available
    FROM settle_needs(outcomes, p_commands, p_wanted, p_bases, p_quantities, p_kinds, lock_free(items, places, lots)) t;
    INSERT INTO reservations (item_id, location_id, lot_id, quantity, taken, kind, reference, state, order_id, line,
                              expires_at, cause, recorded_at)
    SELECT items[c.key], places[c.key], lots[c.key], c.quantity, 0, COALESCE(c.kind, 'hard'), c.reference, 'open',
           (SELECT s.id FROM sales_orders s WHERE s.number = c.number), NULLIF(c.line, 0), c.expires_at, COALESCE(c.cause, ''), moment
    FROM unnest(p_commands, p_wanted, p_quantities, p_references, p_kinds, p_orders, p_lines, p_ends, p_causes)
        c(command, key, quantity, reference, kind, number, line, expires_at, cause)
    WHERE outcomes[c.command] = 0;
    INSERT INTO commands (key, kind, request_hash, result, actor, recorded_at)
    SELECT c.key, 'ReserveStock', c.hash, c.result::jsonb, c.actor, moment
    FROM unnest(p_keys, p_hashes, p_results, p_actors) WITH ORDINALITY c(key, hash, result, actor, n)
    WHERE outcomes[c.n] = 0 ORDER BY c.key;
    IF 0 = ALL (outcomes) THEN
        PERFORM add_links(p_scopes, p_noting, array_fill('stock_reserved'::text, ARRAY[array_length(p_scopes, 1)]),
                          p_subjects, p_facts, p_single, moment);
    ELSE
        PERFORM add_links(array_agg(c.scope), array_agg(c.actor), array_agg('stock_reserved'::text),
                          array_agg(c.subject), array_agg(c.facts), p_single, moment)
        FROM unnest(p_noted, p_scopes, p_noting, p_subjects, p_facts) c(command, scope, actor, subject, facts)
        WHERE outcomes[c.command] = 0 HAVING count(*) > 0;
    END IF;
END $$;
-- Every claim is booked and noted by the triggers, whoever makes it.
CREATE TRIGGER books_new AFTER INSERT ON reservations REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION book_new_claims();
CREATE TRIGGER noted_new AFTER INSERT ON reservations REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_book_change('sales', 'order_id');
