-- Placing and promising as they were before, word for word.
CREATE OR REPLACE FUNCTION place_batch(p_items text[], p_places text[], p_keys text[], p_hashes text[], p_results
    text[], p_actors text[], p_numbers text[], p_customers text[], p_channels text[], p_from text[], p_addresses
    text[], p_told text[], p_commands bigint[], p_lines bigint[], p_wanted bigint[], p_quantities bigint[], p_prices
    text[], p_days bigint[], p_references text[], p_messages text[], p_payloads text[], p_noted bigint[], p_scopes
    text[], p_noting text[], p_events text[], p_subjects text[], p_facts text[], p_now timestamp with time zone, OUT
    outcomes integer[], OUT short_commands bigint[], OUT short_keys bigint[], OUT wanted bigint[], OUT available
    bigint[])
RETURNS record LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode =
force_generic_plan SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    moment timestamptz := COALESCE(p_now, transaction_timestamp());
    today date; money text; last bigint; items bigint[]; places bigint[]; orders bigint[]; homes bigint[]; wrong record;
BEGIN
    SELECT s.as_of, s.currency INTO today, money FROM settings s;
    SELECT array_agg(k.item_id ORDER BY k.n), array_agg(k.place_id ORDER BY k.n) INTO items, places
    FROM (SELECT u.n, (SELECT i.id FROM items i WHERE i.code = u.item) AS item_id,
                 (SELECT l.id FROM locations l WHERE l.code = u.place AND NOT l.virtual) AS place_id
          FROM unnest(p_items, p_places) WITH ORDINALITY u(item, place, n)) k;
    SELECT array_agg(CASE WHEN EXISTS (SELECT FROM commands c WHERE c.key = u.key)
                            OR EXISTS (SELECT FROM sales_orders s WHERE s.number = u.number)
                            OR NOT EXISTS (SELECT FROM customers c WHERE c.code = u.customer) THEN 1 ELSE 0 END
                     ORDER BY u.n),
           array_agg((SELECT l.id FROM locations l WHERE l.code = u.home) ORDER BY u.n),
           array_agg(nextval(pg_get_serial_sequence('sales_orders', 'id')) ORDER BY u.n)
    INTO outcomes, homes, orders
    FROM unnest(p_keys, p_numbers, p_customers, p_from) WITH ORDINALITY u(key, number, customer, home, n);
    FOR wrong IN
        SELECT DISTINCT x.command FROM unnest(p_commands, p_wanted, p_days) x(command, key, days)
        WHERE items[x.key] IS NULL OR places[x.key] IS NULL OR date '1970-01-01' + x.days::integer < today
    LOOP
        outcomes[wrong.command] := 1;
    END LOOP;
    SELECT t.* INTO outcomes, short_commands, short_keys, wanted, available
    FROM settle_needs(outcomes, p_commands, p_wanted, NULL, p_quantities, NULL, lock_free(items, places, NULL)) t;
    IF NOT 0 = ANY (outcomes) THEN
        RETURN;
    END IF;
    SELECT COALESCE(max(s.entry_sequence), 0) INTO last FROM sales_orders s;
    INSERT INTO sales_orders (id, number, customer_id, customer_po, channel, order_date, currency, ship_from_id, priority,
                              entry_sequence, state, version, kind, po_key, address, ship_complete, allow_partial,
                              allow_substitution, minimum_value, payment_terms, payment_state)
    SELECT orders[u.n], u.number, c.id, '', u.channel, today, money, homes[u.n], c.tier,
           last + row_number() OVER (ORDER BY u.n), 'confirmed', 1, 'order', '', u.address, c.ship_complete, c.allow_partial,
           c.allow_substitution, 0, 'paid at checkout', 'paid'
    FROM unnest(p_numbers, p_customers, p_channels, p_addresses) WITH ORDINALITY u(number, customer, channel, address, n)
    JOIN customers c ON c.code = u.customer WHERE outcomes[u.n] = 0;
    INSERT INTO sales_order_lines (order_id, line, item_id, ordered, shipped, cancelled, unit_price, requested,
                                   first_promised, promised, state, minimum_shipment, strategy, delivered, invoiced,
                                   returned)
    SELECT orders[x.command], x.line, items[x.key], x.quantity, 0, 0, x.price::numeric, d.day, d.day, d.day, 'confirmed', 1,
           'improve', 0, 0, 0
    FROM unnest(p_commands, p_lines, p_wanted, p_quantities, p_prices, p_days) x(command, line, key, quantity, price, days),
         LATERAL (SELECT date '1970-01-01' + x.days::integer AS day) d
    WHERE outcomes[x.command] = 0;
    INSERT INTO reservations (item_id, location_id, quantity, taken, kind, reference, state, order_id, line, cause,
                              recorded_at)
    SELECT items[x.key], places[x.key], x.quantity, 0, 'hard', x.reference, 'open', orders[x.command], x.line, 'placed',
           moment
    FROM unnest(p_commands, p_lines, p_wanted, p_quantities, p_references) x(command, line, key, quantity, reference)
    WHERE outcomes[x.command] = 0;
    INSERT INTO promise_records (order_id, line, old, new, reason, recorded_at, reason_code, schedule, pegs, rule_versions)
    SELECT orders[x.command], x.line, NULL, d.day, 'as asked', moment, 'as_asked',
           jsonb_build_array(jsonb_build_object('on', d.day, 'quantity', x.quantity, 'location', p_places[x.key])),
           jsonb_build_array(jsonb_build_object(
               'kind', 'stock', 'reference', x.reference, 'item', p_items[x.key],
               'location', p_places[x.key], 'quantity', x.quantity, 'on', today, 'level', 0, 'whole', x.quantity)),
           '{"placing": "1"}'
    FROM unnest(p_commands, p_lines, p_wanted, p_quantities, p_days, p_references)
             x(command, line, key, quantity, days, reference),
         LATERAL (SELECT date '1970-01-01' + x.days::integer AS day) d
    WHERE outcomes[x.command] = 0;
    INSERT INTO schedule_lines (order_id, line, sequence, day, quantity, location_id, state)
    SELECT orders[x.command], x.line, 1, date '1970-01-01' + x.days::integer, x.quantity, places[x.key], 'promised'
    FROM unnest(p_commands, p_lines, p_wanted, p_quantities, p_days) x(command, line, key, quantity, days)
    WHERE outcomes[x.command] = 0;
    INSERT INTO order_timeline (order_id, line, kind, text, who, channel, direction, recorded_at)
    SELECT orders[u.n], NULL, 'contact', u.told, u.customer, u.channel, 'in', moment
    FROM unnest(p_told, p_customers, p_channels) WITH ORDINALITY u(told, customer, channel, n) WHERE outcomes[u.n] = 0;
    INSERT INTO outbox (key, partner, kind, payload, approval_id, state, attempts, created_at, changed_at)
    SELECT u.message, 'mail', 'customer_notice', u.payload::jsonb, NULL, 'new', 0, moment, moment
    FROM unnest(p_messages, p_payloads) WITH ORDINALITY u(message, payload, n)
    WHERE outcomes[u.n] = 0 AND u.message IS NOT NULL;
    INSERT INTO commands (key, kind, request_hash, result, actor, recorded_at)
    SELECT u.key, 'PlaceOrder', u.hash, u.result::jsonb, u.actor, moment
    FROM unnest(p_keys, p_hashes, p_results, p_actors) WITH ORDINALITY u(key, hash, result, actor, n)
    WHERE outcomes[u.n] = 0 ORDER BY u.key;
    PERFORM add_links(array_agg(u.scope ORDER BY u.n), array_agg(u.actor ORDER BY u.n), array_agg(u.event ORDER BY u.n),
                      array_agg(u.subject ORDER BY u.n), array_agg(u.facts ORDER BY u.n), false, moment)
    FROM unnest(p_noted, p_scopes, p_noting, p_events, p_subjects, p_facts) WITH ORDINALITY
        u(command, scope, actor, event, subject, facts, n)
    WHERE outcomes[u.command] = 0;
END $$;
CREATE OR REPLACE FUNCTION promise_batch(p_turn bigint, p_horizon bigint, p_seen bigint[], p_matter text[], p_items
    text[], p_places text[], p_keys text[], p_hashes text[], p_results text[], p_actors text[], p_customers text[],
    p_quotes text[], p_ends timestamp with time zone[], p_commands bigint[], p_positions bigint[], p_wanted bigint[],
    p_quantities bigint[], p_held bigint[], p_days bigint[], p_scopes text[], p_noting text[], p_events text[],
    p_subjects text[], p_facts text[], p_now timestamp with time zone, OUT changed boolean, OUT outcomes integer[])
RETURNS record LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode =
force_generic_plan SET enable_hashjoin = off SET enable_mergejoin = off AS $$
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
