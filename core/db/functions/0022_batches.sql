-- Commands in micro-batches: columns as arrays, one statement and one commit for many commands, each wholly or not at all.

-- Every statement below reaches its rows by their keys. Without these settings a small table is read whole for each
-- call, because the planner does not know how few keys there are.
CREATE OR REPLACE FUNCTION lock_balances(p_items bigint[], p_places bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    PERFORM 1 FROM stock_balances b
    JOIN (SELECT DISTINCT u.item_id, u.place_id FROM unnest(p_items, p_places) u(item_id, place_id)) k
        ON k.item_id = b.item_id AND k.place_id = b.location_id
    ORDER BY b.item_id, b.location_id FOR UPDATE OF b;
END $$;
ALTER FUNCTION book_claims(bigint[], bigint[], bigint[], bigint[]) SET enable_hashjoin = off;
ALTER FUNCTION book_claims(bigint[], bigint[], bigint[], bigint[]) SET enable_mergejoin = off;

-- A reservation is of an item at a place that have a balance, whose own keys say that both exist: looked at once for a
-- statement, where two foreign keys would be looked at for each row.
ALTER TABLE reservations DROP CONSTRAINT fk_reservations_item_id, DROP CONSTRAINT fk_reservations_location_id;
DROP INDEX ix_reservations_order_id_line;
CREATE INDEX ix_reservations_order_id_line ON reservations (order_id, line) WHERE order_id IS NOT NULL;

CREATE OR REPLACE FUNCTION book_new_claims() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
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

-- A time as the hash of a link has it: ISO 8601 in UTC, fractions only where there are any.
CREATE FUNCTION told_time(p_now timestamptz) RETURNS text LANGUAGE sql STABLE RETURN
    to_char(p_now AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
        || CASE WHEN extract(microseconds FROM p_now)::bigint % 1000000 = 0 THEN '' ELSE to_char(p_now, '.US') END || '+00:00';

CREATE FUNCTION link_hash(p_previous text, p_scope text, p_sequence bigint, p_actor text, p_event text, p_subject text,
                          p_facts text, p_told text) RETURNS text LANGUAGE sql STABLE RETURN
    encode(sha256(convert_to('[' || to_json(p_previous) || ', ' || to_json(p_scope) || ', ' || p_sequence || ', '
        || to_json(p_actor) || ', ' || to_json(p_event) || ', ' || to_json(p_subject) || ', ' || to_json(p_facts) || ', '
        || to_json(p_told) || ']', 'UTF8')), 'hex');

-- Links of one chain each, or of several a chain: each with its place, the hash before and its own, in the order given.
CREATE FUNCTION links_of(p_scopes text[], p_actors text[], p_events text[], p_subjects text[], p_facts text[], p_told text)
RETURNS TABLE (scope text, sequence bigint, actor text, event text, subject text, facts text, previous text, hash text,
               ends boolean)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    note record;
BEGIN
    FOR note IN
        SELECT u.*, h.sequence AS before, h.hash AS last, lead(u.chain) OVER (ORDER BY u.chain COLLATE "C", u.n) AS following
        FROM unnest(p_scopes, p_actors, p_events, p_subjects, p_facts) WITH ORDINALITY
            u(chain, who, what, about, told, n)
        LEFT JOIN audit_heads h ON h.scope = u.chain ORDER BY u.chain COLLATE "C", u.n
    LOOP
        IF scope IS DISTINCT FROM note.chain THEN
            scope := note.chain;
            sequence := COALESCE(note.before, 0);
            hash := COALESCE(note.last, repeat('0', 64));
        END IF;
        sequence := sequence + 1;
        actor := note.who;
        event := note.what;
        subject := note.about;
        facts := note.told;
        previous := hash;
        hash := link_hash(previous, scope, sequence, actor, event, subject, facts, p_told);
        ends := note.following IS DISTINCT FROM scope;
        RETURN NEXT;
    END LOOP;
END $$;

-- Add links to chains of the audit log. Of two who add to one chain at the same moment the second fails on the key of
-- its first link and may try again. Where each chain gets one link ("p_single"), they are made all at once.
CREATE FUNCTION add_links(p_scopes text[], p_actors text[], p_events text[], p_subjects text[], p_facts text[],
                          p_single boolean, p_now timestamptz) RETURNS void LANGUAGE plpgsql AS $$
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

-- Lock the balances of keys in the one order in which everybody does; the units of each key that nobody holds: of a lot
-- only when it may be used, of an item without those of lots that may not.
CREATE FUNCTION lock_free(p_items bigint[], p_places bigint[], p_lots bigint[]) RETURNS bigint[] LANGUAGE plpgsql AS $$
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

-- Units that commands which are still to be decided need of each key; those of a lot are of its item too.
CREATE FUNCTION needs_of(p_outcomes integer[], p_commands bigint[], p_wanted bigint[], p_bases bigint[],
                         p_quantities bigint[], p_kinds text[])
RETURNS TABLE (command bigint, key bigint, units bigint) LANGUAGE sql IMMUTABLE AS $$
    SELECT c.command, c.key, c.units FROM unnest(p_commands, p_wanted, p_quantities, p_kinds) c(command, key, units, kind)
    WHERE p_outcomes[c.command] = 0 AND c.kind IS DISTINCT FROM 'advisory'
    UNION ALL
    SELECT c.command, p_bases[c.key], c.units
    FROM unnest(p_commands, p_wanted, p_quantities, p_kinds) c(command, key, units, kind)
    WHERE p_outcomes[c.command] = 0 AND c.kind IS DISTINCT FROM 'advisory' AND p_bases[c.key] <> c.key
$$;

-- Who gets what is free, in the order of the commands, each wholly or not at all; outcome 2 is of those who do not. When
-- there is enough for all, which is usual, nobody is looked at alone.
CREATE FUNCTION settle_needs(INOUT outcomes integer[], p_commands bigint[], p_wanted bigint[], p_bases bigint[],
                             p_quantities bigint[], p_kinds text[], p_free bigint[],
                             OUT short_commands bigint[], OUT short_keys bigint[], OUT wanted bigint[],
                             OUT available bigint[]) LANGUAGE plpgsql AS $$
DECLARE
    free bigint[] := p_free; fits boolean; asked record; m integer;
BEGIN
    SELECT COALESCE(bool_and(d.units <= free[d.key]), true) INTO fits
    FROM (SELECT n.key, sum(n.units) AS units
          FROM needs_of(outcomes, p_commands, p_wanted, p_bases, p_quantities, p_kinds) n GROUP BY 1) d;
    IF fits THEN
        RETURN;
    END IF;
    FOR asked IN
        SELECT d.command, array_agg(d.key ORDER BY d.key) AS keys, array_agg(d.units ORDER BY d.key) AS units
        FROM (SELECT n.command, n.key, sum(n.units)::bigint AS units
              FROM needs_of(outcomes, p_commands, p_wanted, p_bases, p_quantities, p_kinds) n GROUP BY 1, 2) d
        GROUP BY 1 ORDER BY 1
    LOOP
        FOR m IN 1 .. array_length(asked.keys, 1) LOOP
            IF free[asked.keys[m]] < asked.units[m] THEN
                outcomes[asked.command] := 2;
                short_commands := short_commands || asked.command;
                short_keys := short_keys || asked.keys[m];
                wanted := wanted || asked.units[m];
                available := available || free[asked.keys[m]];
            END IF;
        END LOOP;
        CONTINUE WHEN outcomes[asked.command] = 2;
        FOR m IN 1 .. array_length(asked.keys, 1) LOOP
            free[asked.keys[m]] := free[asked.keys[m]] - asked.units[m];
        END LOOP;
    END LOOP;
END $$;

-- Commands to reserve, in their order. Keys (item, place, lot) come once each; "p_bases" says of a key with a lot which
-- key is that of the item without it, and is null when no command asks for a lot. Columns that hold nothing but what is
-- usual (hard, of no order, without end or cause) may be null; line 0 is none. A command's outcome is 0 when it is carried out, 1 when
-- it is left to be carried out alone (its key was used before, or it names something unknown), 2 when units were
-- lacking, which are then told by command and key.
CREATE FUNCTION reserve_batch(
    p_items text[], p_places text[], p_lots text[], p_bases bigint[],
    p_keys text[], p_hashes text[], p_results text[], p_actors text[],
    p_commands bigint[], p_wanted bigint[], p_quantities bigint[], p_references text[], p_kinds text[], p_orders text[],
    p_lines bigint[], p_ends timestamptz[], p_causes text[],
    p_noted bigint[], p_scopes text[], p_noting text[], p_subjects text[], p_facts text[], p_single boolean,
    p_now timestamptz,
    OUT outcomes integer[], OUT short_commands bigint[], OUT short_keys bigint[], OUT wanted bigint[],
    OUT available bigint[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
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

DROP FUNCTION reserve_commands(jsonb, jsonb, jsonb, timestamptz);
GRANT EXECUTE ON FUNCTION reserve_batch TO expediter_app;
