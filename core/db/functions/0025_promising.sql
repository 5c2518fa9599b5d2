-- Quotes of promises, many in one statement: each with its reservations, claims, key and audit, or nothing of any.

-- Whether the books changed, in what the answers for items may rest on ("p_items"; null: on anything), in a way that
-- somebody has not seen who has seen all transactions before "p_horizon" and, of later ones, the changes "p_seen". What
-- an order line or a receipt was of before it was changed to another item is not looked at: that can only have freed units.
CREATE FUNCTION changed_since(p_horizon bigint, p_seen bigint[], p_items text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    change record;
BEGIN
    FOR change IN
        SELECT f.source, f.keys FROM book_changes f
        WHERE f.transaction >= p_horizon AND f.source <> 'mark' AND f.id <> ALL (p_seen)
    LOOP
        IF p_items IS NULL OR change.keys IS NULL OR change.source NOT IN ('stock', 'sales', 'purchase', 'transfer') THEN
            RETURN true;
        END IF;
        IF EXISTS (
            SELECT FROM items i WHERE i.code = ANY (p_items) AND i.id IN (
                SELECT k.id FROM unnest(change.keys) k(id) WHERE change.source = 'stock'
                UNION ALL SELECT l.item_id FROM sales_order_lines l
                WHERE change.source = 'sales' AND l.order_id = ANY (change.keys)
                UNION ALL SELECT l.item_id FROM purchase_order_lines l
                WHERE change.source = 'purchase' AND l.order_id = ANY (change.keys)
                UNION ALL SELECT t.item_id FROM transfer_orders t
                WHERE change.source = 'transfer' AND t.id = ANY (change.keys)))
        THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END $$;

-- Commands to quote, in the order in which they were decided, on books known up to "p_horizon" and "p_seen". Keys (item,
-- place) come once each; a part says which command and key it is of. Days are counted from 1970-01-01. Whoever promises
-- waits for the turn ("p_turn"), so that what this finds unchanged stays so until it is committed, but for stock, whose
-- balances are locked. "changed" says that the answers are of books that are no more; an outcome of 1 that a command is to
-- be carried out alone (its key was used before, or it names something unknown). Then nothing is written of any, as later
-- answers stand on earlier ones.
CREATE FUNCTION promise_batch(
    p_turn bigint, p_horizon bigint, p_seen bigint[], p_matter text[],
    p_items text[], p_places text[],
    p_keys text[], p_hashes text[], p_results text[], p_actors text[], p_customers text[], p_quotes text[],
    p_ends timestamptz[],
    p_commands bigint[], p_positions bigint[], p_wanted bigint[], p_quantities bigint[], p_held bigint[], p_days bigint[],
    p_scopes text[], p_noting text[], p_events text[], p_subjects text[], p_facts text[],
    p_now timestamptz,
    OUT changed boolean, OUT outcomes integer[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    items bigint[]; places bigint[]; customers bigint[]; taken_items bigint[]; taken_places bigint[]; taken bigint[];
BEGIN
    PERFORM pg_advisory_xact_lock(p_turn);
    SELECT array_agg((SELECT i.id FROM items i WHERE i.code = u.item) ORDER BY u.n),
           array_agg((SELECT l.id FROM locations l WHERE l.code = u.place AND NOT l.virtual) ORDER BY u.n)
    INTO items, places FROM unnest(p_items, p_places) WITH ORDINALITY u(item, place, n);
    SELECT array_agg((SELECT c.id FROM customers c WHERE c.code = u.customer) ORDER BY u.n),
           array_agg(CASE WHEN EXISTS (SELECT FROM commands c WHERE c.key = u.key) THEN 1 ELSE 0 END ORDER BY u.n)
    INTO customers, outcomes FROM unnest(p_keys, p_customers) WITH ORDINALITY u(key, customer, n);
    outcomes := ARRAY(
        SELECT CASE WHEN o.outcome = 1 OR p_customers[o.n] IS NOT NULL AND customers[o.n] IS NULL
                      OR EXISTS (SELECT FROM unnest(p_commands, p_wanted) x(command, key)
                                 WHERE x.command = o.n AND (items[x.key] IS NULL OR places[x.key] IS NULL))
                    THEN 1 ELSE 0 END
        FROM unnest(outcomes) WITH ORDINALITY o(outcome, n) ORDER BY o.n);
    changed := false;
    IF 1 = ANY (outcomes) THEN
        RETURN;
    END IF;
    SELECT array_agg(items[k.key] ORDER BY k.key), array_agg(places[k.key] ORDER BY k.key),
           array_agg(k.units ORDER BY k.key)
    INTO taken_items, taken_places, taken
    FROM (SELECT x.key, sum(x.held)::bigint AS units FROM unnest(p_wanted, p_held) x(key, held)
          GROUP BY x.key HAVING sum(x.held) > 0) k;
    PERFORM lock_balances(taken_items, taken_places);
    changed := changed_since(p_horizon, p_seen, p_matter) OR EXISTS (
        SELECT FROM unnest(taken_items, taken_places, taken) k(item_id, place_id, units)
        WHERE k.units > COALESCE((SELECT b.on_hand - b.reserved - b.blocked FROM stock_balances b
                                  WHERE b.item_id = k.item_id AND b.location_id = k.place_id), 0));
    IF changed THEN
        RETURN;
    END IF;
    INSERT INTO reservations (item_id, location_id, quantity, taken, kind, reference, state, expires_at, cause, recorded_at)
    SELECT items[x.key], places[x.key], x.held, 0, 'time_boxed', p_quotes[x.command] || '/' || x.position, 'open',
           p_ends[x.command], 'quote ' || p_quotes[x.command], p_now
    FROM unnest(p_commands, p_positions, p_wanted, p_held) x(command, position, key, held) WHERE x.held > 0;
    INSERT INTO promise_quotes (quote, position, customer_id, item_id, location_id, quantity, held, due, state,
                                expires_at, recorded_at)
    SELECT p_quotes[x.command], x.position, customers[x.command], items[x.key], places[x.key], x.quantity, x.held,
           date '1970-01-01' + x.days::integer, 'open', p_ends[x.command], p_now
    FROM unnest(p_commands, p_positions, p_wanted, p_quantities, p_held, p_days)
        x(command, position, key, quantity, held, days);
    INSERT INTO commands (key, kind, request_hash, result, actor, recorded_at)
    SELECT u.key, 'QuotePromise', u.hash, u.result::jsonb, u.actor, p_now
    FROM unnest(p_keys, p_hashes, p_results, p_actors) u(key, hash, result, actor) ORDER BY u.key;
    PERFORM add_links(p_scopes, p_noting, p_events, p_subjects, p_facts, false, p_now);
END $$;

GRANT EXECUTE ON FUNCTION promise_batch TO expediter_app;
