-- What writes to stock: reserving, changing claims, moving, consuming, judging lots; and the rights of the roles.

-- Units nobody holds: of a lot only when it may be used, of an item without those of lots that may not.
CREATE FUNCTION free_units(p_item text, p_location text, p_lot text) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT GREATEST(0, COALESCE(CASE WHEN p_lot IS NULL THEN
        (SELECT b.on_hand - b.reserved - b.blocked FROM stock_balances b
         JOIN items i ON i.id = b.item_id JOIN locations l ON l.id = b.location_id
         WHERE i.code = p_item AND l.code = p_location)
    ELSE
        (SELECT y.on_hand - y.reserved FROM lot_balances y
         JOIN lots o ON o.id = y.lot_id JOIN locations l ON l.id = y.location_id
         WHERE o.code = p_lot AND l.code = p_location AND o.status = 'available'
           AND (o.expires_on < (SELECT t.as_of FROM settings t)) IS NOT TRUE)
    END, 0))
$$;

-- Reserve for many commands in their order, each wholly or not at all. Every row that comes back is a key that was short
-- and names its command; "available" is null for an item, a place, a lot or an order that is unknown.
CREATE FUNCTION reserve_stock(p_claims jsonb, p_now timestamptz)
RETURNS TABLE (command integer, item text, location text, lot text, wanted bigint, available bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
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

-- A micro-batch: commands with their claims, their keys, and what is to be said of each in the audit log. Commands whose
-- key was used before are left alone and named under "known"; those that were short are named under "short".
CREATE FUNCTION reserve_commands(p_commands jsonb, p_claims jsonb, p_notes jsonb, p_now timestamptz) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
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

-- Change open reservations: give them back (or say that they expired), make them smaller, let them last longer, make them
-- hard. Quantity, kind and time are null where they stay; the ids that were still open come back.
CREATE FUNCTION change_claims(p_ids bigint[], p_state text, p_quantities bigint[], p_kind text, p_until timestamptz)
RETURNS TABLE (id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    PERFORM lock_balances(array_agg(r.item_id), array_agg(r.location_id)) FROM reservations r WHERE r.id = ANY (p_ids);
    RETURN QUERY
    WITH mine AS (SELECT r.id FROM reservations r WHERE r.id = ANY (p_ids) AND r.state = 'open' ORDER BY r.id FOR UPDATE)
    UPDATE reservations r SET
        state = p_state,
        quantity = COALESCE(u.quantity + r.taken, r.quantity),
        kind = COALESCE(p_kind, r.kind),
        expires_at = CASE WHEN p_kind = 'hard' THEN NULL ELSE GREATEST(r.expires_at, p_until) END
    FROM mine, unnest(p_ids, p_quantities) u(id, quantity)
    WHERE r.id = mine.id AND u.id = r.id RETURNING r.id;
END $$;

-- Move units between places, all moves or none. Every row that comes back is a key that was short: units that somebody
-- reserved, or a lot that may not be used, are not there to be taken. "available" is null for what is unknown.
CREATE FUNCTION move_stock(p_moves jsonb, p_now timestamptz)
RETURNS TABLE (item text, location text, lot text, wanted bigint, available bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    SELECT c.item, c.origin, c.lot, c.quantity, NULL::bigint
    FROM jsonb_to_recordset(p_moves) AS c(item text, origin text, destination text, lot text, quantity bigint,
                                          order_number text)
    WHERE NOT EXISTS (SELECT 1 FROM items i WHERE i.code = c.item)
       OR NOT EXISTS (SELECT 1 FROM locations l WHERE l.code = c.origin)
       OR NOT EXISTS (SELECT 1 FROM locations l WHERE l.code = c.destination)
       OR c.lot IS NOT NULL AND NOT EXISTS (SELECT 1 FROM lots o JOIN items i ON i.id = o.item_id
                                            WHERE o.code = c.lot AND i.code = c.item)
       OR c.order_number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sales_orders s WHERE s.number = c.order_number)
    ORDER BY c.item, c.origin LIMIT 1;
    IF FOUND THEN
        RETURN;
    END IF;
    PERFORM lock_balances(array_agg(i.id), array_agg(l.id))
    FROM (SELECT c.item, c.origin AS place FROM jsonb_to_recordset(p_moves) AS c(item text, origin text)
          UNION SELECT c.item, c.destination FROM jsonb_to_recordset(p_moves) AS c(item text, destination text)) k
    JOIN items i ON i.code = k.item JOIN locations l ON l.code = k.place;
    RETURN QUERY
    WITH moved AS (
        SELECT c.*, c.destination IN ('(customer)', '(production)') AS used FROM jsonb_to_recordset(p_moves)
            AS c(item text, origin text, destination text, lot text, quantity bigint)
        JOIN locations l ON l.code = c.origin AND NOT l.virtual),
    short AS (
        SELECT m.item, m.origin, NULL::text AS lot, sum(m.quantity)::bigint AS units,
               COALESCE((SELECT b.on_hand - b.reserved FROM stock_balances b JOIN items i ON i.id = b.item_id
                         JOIN locations l ON l.id = b.location_id WHERE i.code = m.item AND l.code = m.origin), 0) AS free
        FROM moved m GROUP BY m.item, m.origin
        UNION ALL
        SELECT m.item, m.origin, m.lot, sum(m.quantity)::bigint,
               COALESCE((SELECT CASE WHEN bool_or(m.used) AND (o.status <> 'available' OR o.expires_on < (SELECT t.as_of FROM settings t)) THEN 0
                                     ELSE y.on_hand - y.reserved END
                         FROM lot_balances y JOIN lots o ON o.id = y.lot_id JOIN locations l ON l.id = y.location_id
                         WHERE o.code = m.lot AND l.code = m.origin), 0)
        FROM moved m WHERE m.lot IS NOT NULL GROUP BY m.item, m.origin, m.lot)
    SELECT s.item, s.origin, s.lot, s.units, s.free FROM short s WHERE s.units > s.free
    ORDER BY s.item, s.origin, s.lot NULLS FIRST;
    IF FOUND THEN
        RETURN;
    END IF;
    PERFORM put_moves(p_moves, p_now);
END $$;

CREATE FUNCTION put_moves(p_moves jsonb, p_now timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    ids bigint[]; named bigint; numbered bigint;
BEGIN
    ids := ARRAY(SELECT nextval(pg_get_serial_sequence('stock_moves', 'id'))
                 FROM generate_series(1, jsonb_array_length(p_moves)));
    INSERT INTO stock_moves (id, item_id, origin_id, destination_id, quantity, reason, reference, moved_on, recorded_at,
                             lot_id, unit_cost, order_id, line)
    SELECT ids[e.n], i.id, f.id, t.id, c.quantity, c.reason, c.reference, c.moved_on, p_now, o.id, c.unit_cost, s.id, c.line
    FROM jsonb_array_elements(p_moves) WITH ORDINALITY e(value, n),
         jsonb_to_record(e.value) AS c(item text, origin text, destination text, lot text, quantity bigint, reason text,
             reference text, moved_on date, unit_cost numeric, order_number text, line integer)
    JOIN items i ON i.code = c.item JOIN locations f ON f.code = c.origin JOIN locations t ON t.code = c.destination
    LEFT JOIN lots o ON o.code = c.lot LEFT JOIN sales_orders s ON s.number = c.order_number ORDER BY e.n;
    SELECT count(*) INTO named
    FROM jsonb_to_recordset(p_moves) AS c(serials text[]), unnest(c.serials) u(number);
    IF named = 0 THEN
        RETURN;
    END IF;
    INSERT INTO serials (item_id, number, lot_id)
    SELECT i.id, u.number, o.id FROM jsonb_to_recordset(p_moves) AS c(item text, origin text, lot text, serials text[])
    JOIN items i ON i.code = c.item JOIN locations f ON f.code = c.origin AND f.virtual LEFT JOIN lots o ON o.code = c.lot,
         unnest(c.serials) u(number)
    ORDER BY 1, 2 ON CONFLICT DO NOTHING;
    INSERT INTO move_serials (move_id, serial_id)
    SELECT ids[e.n], s.id
    FROM jsonb_array_elements(p_moves) WITH ORDINALITY e(value, n),
         jsonb_to_record(e.value) AS c(item text, serials text[]), unnest(c.serials) u(number), items i, serials s
    WHERE i.code = c.item AND s.item_id = i.id AND s.number = u.number ORDER BY s.id;
    GET DIAGNOSTICS numbered = ROW_COUNT;
    IF numbered < named THEN
        RAISE EXCEPTION 'a serial number that was never received cannot leave' USING ERRCODE = 'EX409';
    END IF;
END $$;

-- Take reserved units out of stock: the reservations and the moves in one go. The lot is that of the reservation, or else
-- the one given. What was not there comes back, by the reference of the reservation, and nothing is done.
CREATE FUNCTION consume_claims(p_parts jsonb, p_now timestamptz)
RETURNS TABLE (reference text, wanted bigint, available bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    moves jsonb; short record; told text;
BEGIN
    PERFORM lock_balances(array_agg(r.item_id), array_agg(r.location_id)) FROM reservations r
    WHERE r.state = 'open' AND r.reference IN (SELECT c.reference FROM jsonb_to_recordset(p_parts) AS c(reference text));
    RETURN QUERY
    SELECT c.reference, sum(c.quantity)::bigint, COALESCE(max(r.quantity - r.taken), 0)
    FROM jsonb_to_recordset(p_parts) AS c(reference text, quantity bigint)
    LEFT JOIN reservations r ON r.reference = c.reference AND r.state = 'open' AND r.kind <> 'advisory'
    GROUP BY c.reference HAVING sum(c.quantity) > COALESCE(max(r.quantity - r.taken), 0) ORDER BY c.reference;
    IF FOUND THEN
        RETURN;
    END IF;
    SELECT jsonb_agg(jsonb_build_object(
        'item', i.code, 'origin', l.code, 'destination', c.destination, 'lot', COALESCE(o.code, c.lot),
        'quantity', c.quantity, 'reason', c.reason, 'reference', c.document, 'moved_on', c.moved_on,
        'unit_cost', c.unit_cost, 'order_number', s.number, 'line', r.line, 'serials', c.serials) ORDER BY e.n)
    INTO moves
    FROM jsonb_array_elements(p_parts) WITH ORDINALITY e(value, n),
         jsonb_to_record(e.value) AS c(reference text, quantity bigint, lot text, destination text, reason text,
             document text, moved_on date, unit_cost numeric, serials text[])
    JOIN reservations r ON r.reference = c.reference AND r.state = 'open'
    JOIN items i ON i.id = r.item_id JOIN locations l ON l.id = r.location_id
    LEFT JOIN lots o ON o.id = r.lot_id LEFT JOIN sales_orders s ON s.id = r.order_id;
    BEGIN
        UPDATE reservations r SET taken = r.taken + n.units,
            state = CASE WHEN r.taken + n.units = r.quantity THEN 'consumed' ELSE 'open' END
        FROM (SELECT c.reference, sum(c.quantity) AS units FROM jsonb_to_recordset(p_parts)
                  AS c(reference text, quantity bigint) GROUP BY c.reference) n
        WHERE r.reference = n.reference AND r.state = 'open';
        SELECT m.* INTO short FROM move_stock(moves, p_now) m LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION SQLSTATE 'EX001';
        END IF;
    EXCEPTION WHEN SQLSTATE 'EX001' THEN
        RETURN QUERY SELECT COALESCE(short.lot, short.item), short.wanted, COALESCE(short.available, 0);
    END;
END $$;

-- Whether a lot may be used. The balances of its places are locked first, so that nobody reserves it meanwhile.
CREATE FUNCTION set_lot_status(p_lot text, p_old text, p_new text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    items bigint[]; places bigint[]; mine bigint;
BEGIN
    SELECT array_agg(y.item_id), array_agg(y.location_id) INTO items, places
    FROM lot_balances y JOIN lots o ON o.id = y.lot_id WHERE o.code = p_lot;
    PERFORM lock_balances(items, places);
    UPDATE lots SET status = p_new WHERE code = p_lot AND status = p_old RETURNING lots.id INTO mine;
    IF mine IS NULL THEN
        RETURN false;
    END IF;
    SELECT array_agg(y.item_id), array_agg(y.location_id) INTO items, places FROM lot_balances y WHERE y.lot_id = mine;
    PERFORM lock_balances(items, places);
    PERFORM count_blocked(items, places);
    RETURN true;
END $$;

-- What the application may do: add moves, reservations and lots, whose triggers keep the balances; never a balance itself.
REVOKE INSERT, UPDATE ON stock_balances FROM expediter_app;
GRANT INSERT (item_id, location_id) ON stock_balances TO expediter_app;
REVOKE UPDATE ON reservations FROM expediter_app;
GRANT SELECT, INSERT ON lots, move_serials TO expediter_app;
GRANT SELECT ON lot_balances TO expediter_app;
GRANT SELECT, INSERT (item_id, number, lot_id) ON serials TO expediter_app;
GRANT SELECT, INSERT, UPDATE ON count_sheets, count_lines TO expediter_app;
GRANT SELECT ON lots, lot_balances, serials, move_serials, count_sheets, count_lines TO expediter_agent;
GRANT EXECUTE ON FUNCTION reserve_stock(jsonb, timestamptz), reserve_commands(jsonb, jsonb, jsonb, timestamptz),
    free_units(text, text, text),
    change_claims(bigint[], text, bigint[], text, timestamptz), move_stock(jsonb, timestamptz),
    consume_claims(jsonb, timestamptz), set_lot_status(text, text, text), lock_balances(bigint[], bigint[])
    TO expediter_app;
GRANT EXECUTE ON FUNCTION free_units(text, text, text) TO expediter_agent;
