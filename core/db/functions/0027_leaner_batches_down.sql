-- The functions of before, word for word.
DROP TRIGGER books_new ON reservations;
DROP TRIGGER noted_changed ON stock_balances;
DROP FUNCTION begin_chains, note_stock_change, reserve_plain;
CREATE OR REPLACE FUNCTION book_claims(p_items bigint[], p_places bigint[], p_lots bigint[], p_units bigint[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode =
force_generic_plan SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    wanted bigint; found bigint;
BEGIN
    IF array_length(p_items, 1) > 1 AND COALESCE(current_setting('expediter.locked', true), '') <> 'yes' THEN
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
force_generic_plan SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    items bigint[]; places bigint[]; lots bigint[]; units bigint[]; quiet boolean; found bigint;
BEGIN
    SELECT array_agg(k.item_id), array_agg(k.location_id), array_agg(k.lot_id), array_agg(k.units), bool_or(k.units = 0)
    INTO items, places, lots, units, quiet
    FROM (SELECT a.item_id, a.location_id, a.lot_id,
                 sum(CASE WHEN a.state = 'open' AND a.kind <> 'advisory' THEN a.quantity - a.taken ELSE 0 END)::bigint AS units
          FROM added a GROUP BY 1, 2, 3 ORDER BY 1, 2, 3) k;
    IF quiet THEN
        INSERT INTO stock_balances (item_id, location_id) SELECT DISTINCT k.item_id, k.location_id
        FROM unnest(items, places, units) k(item_id, location_id, units) WHERE k.units = 0 ORDER BY 1, 2
        ON CONFLICT DO NOTHING;
        SELECT array_agg(k.item_id ORDER BY k.n), array_agg(k.location_id ORDER BY k.n), array_agg(k.lot_id ORDER BY k.n),
               array_agg(k.units ORDER BY k.n)
        INTO items, places, lots, units
        FROM unnest(items, places, lots, units) WITH ORDINALITY k(item_id, location_id, lot_id, units, n) WHERE k.units <> 0;
    END IF;
    IF items IS NOT NULL THEN
        PERFORM book_claims(items, places, lots, units);
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION lock_free(p_items bigint[], p_places bigint[], p_lots bigint[])
RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
    key record; units bigint; found bigint; wanted integer := COALESCE(array_length(p_items, 1), 0); free bigint[];
BEGIN
    IF p_lots IS NULL THEN
        SELECT count(*), array_agg(k.units ORDER BY k.n) INTO found, free
        FROM (SELECT u.n, GREATEST(0, b.on_hand - b.reserved - b.blocked) AS units
              FROM unnest(p_items, p_places) WITH ORDINALITY u(item_id, place_id, n)
              JOIN stock_balances b ON b.item_id = u.item_id AND b.location_id = u.place_id
              ORDER BY b.item_id, b.location_id FOR UPDATE OF b) k;
        PERFORM set_config('expediter.locked', 'yes', true);
        IF found = wanted THEN
            RETURN COALESCE(free, '{}');
        END IF;
    END IF;
    free := array_fill(0::bigint, ARRAY[wanted]);
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
force_generic_plan SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
    moment timestamptz := COALESCE(p_now, transaction_timestamp());
    items bigint[]; places bigint[]; lots bigint[]; asked record;
BEGIN
    PERFORM set_config('expediter.booked', 'no', true);
    SELECT ARRAY(SELECT (SELECT i.id FROM items i WHERE i.code = u.item) FROM unnest(p_items) u(item)),
           ARRAY(SELECT (SELECT l.id FROM locations l WHERE l.code = u.place AND NOT l.virtual) FROM unnest(p_places) u(place)),
           ARRAY(SELECT (SELECT count(*) FROM commands c WHERE c.key = u.key)::integer FROM unnest(p_keys) u(key))
    INTO items, places, outcomes;
    IF p_lots IS NULL AND p_kinds IS NULL AND p_orders IS NULL AND array_position(items, NULL) IS NULL
        AND array_position(places, NULL) IS NULL AND 0 = ALL (outcomes) THEN
        IF reserve_plain(items, places, p_keys, p_hashes, p_results, p_actors, p_wanted, p_quantities, p_references, p_lines,
                         p_ends, p_causes, p_scopes, p_noting, p_subjects, p_facts, p_single, moment) THEN
            RETURN;
        END IF;
    END IF;
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
CREATE FUNCTION reserve_plain(p_items bigint[], p_places bigint[], p_keys text[], p_hashes text[], p_results text[],
    p_actors text[], p_wanted bigint[], p_quantities bigint[], p_references text[], p_lines bigint[], p_ends timestamp
    with time zone[], p_causes text[], p_scopes text[], p_noting text[], p_subjects text[], p_facts text[], p_single
    boolean, p_moment timestamp with time zone)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    found bigint; items bigint[]; places bigint[]; units bigint[];
BEGIN
    SELECT count(b.item_id), array_agg(n.item_id), array_agg(n.place_id), array_agg(n.units)
    INTO found, items, places, units
    FROM (SELECT p_items[c.key] AS item_id, p_places[c.key] AS place_id, sum(c.quantity)::bigint AS units
          FROM unnest(p_wanted, p_quantities) c(key, quantity) GROUP BY 1, 2 ORDER BY 1, 2) n
    JOIN stock_balances b ON b.item_id = n.item_id AND b.location_id = n.place_id
        AND b.on_hand - b.reserved - b.blocked >= n.units;
    IF found < array_length(p_items, 1) THEN
        RETURN false;
    END IF;
    PERFORM set_config('expediter.booked', 'yes', true);
    INSERT INTO reservations (item_id, location_id, quantity, taken, kind, reference, state, line, expires_at, cause,
                              recorded_at)
    SELECT p_items[c.key], p_places[c.key], c.quantity, 0, 'hard', c.reference, 'open', NULLIF(c.line, 0), c.expires_at,
           COALESCE(c.cause, ''), p_moment
    FROM unnest(p_wanted, p_quantities, p_references, p_lines, p_ends, p_causes)
        c(key, quantity, reference, line, expires_at, cause);
    PERFORM set_config('expediter.booked', 'no', true);
    INSERT INTO commands (key, kind, request_hash, result, actor, recorded_at)
    SELECT c.key, 'ReserveStock', c.hash, c.result::jsonb, c.actor, p_moment
    FROM unnest(p_keys, p_hashes, p_results, p_actors) c(key, hash, result, actor) ORDER BY c.key;
    PERFORM add_links(p_scopes, p_noting, array_fill('stock_reserved'::text, ARRAY[array_length(p_scopes, 1)]),
                      p_subjects, p_facts, p_single, p_moment);
    UPDATE stock_balances b SET reserved = b.reserved + n.units FROM unnest(items, places, units) n(item_id, place_id, units)
    WHERE b.item_id = n.item_id AND b.location_id = n.place_id AND b.on_hand - b.reserved - b.blocked >= n.units;
    GET DIAGNOSTICS found = ROW_COUNT;
    IF found < array_length(p_items, 1) THEN
        RAISE EXCEPTION 'fewer units are free than were to be reserved' USING ERRCODE = 'EX409';
    END IF;
    RETURN true;
EXCEPTION WHEN SQLSTATE 'EX409' THEN
    RETURN false;
END $$;
DO $trust$
DECLARE
    unless text := format('NOT (current_user = %L AND COALESCE(current_setting(''expediter.booked'', true), %L) = %L)',
                          current_user, '', 'yes');
BEGIN
    EXECUTE 'CREATE TRIGGER books_new AFTER INSERT ON reservations REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT WHEN ('
        || unless || ') EXECUTE FUNCTION book_new_claims()';
    EXECUTE 'CREATE TRIGGER noted_new AFTER INSERT ON reservations REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT WHEN ('
        || unless || ') EXECUTE FUNCTION note_book_change(''sales'', ''order_id'')';
END $trust$;
CREATE TRIGGER noted_changed AFTER UPDATE ON stock_balances REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_book_change('stock', 'item_id');
