-- Visitors limited to some sites or customers read as expediter_visitor, which sees the rows of those and no others: a
-- transaction says whose they are (SET LOCAL expediter.sites, expediter.customers; '*' is all), and one that says
-- nothing sees nothing. What has no policy here has no grant either.
CREATE FUNCTION visitor_all_sites() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT COALESCE(current_setting('expediter.sites', true) = '*', false) $$;
CREATE FUNCTION visitor_all_customers() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT COALESCE(current_setting('expediter.customers', true) = '*', false) $$;
CREATE FUNCTION visitor_customer_codes() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT string_to_array(COALESCE(current_setting('expediter.customers', true), ''), chr(31)) $$;
CREATE FUNCTION visitor_location_codes() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT ARRAY(SELECT code FROM locations WHERE visitor_all_sites()
    OR site = ANY (string_to_array(COALESCE(current_setting('expediter.sites', true), ''), chr(31)))) $$;
CREATE FUNCTION visitor_locations() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT ARRAY(SELECT id FROM locations WHERE code = ANY (visitor_location_codes())) $$;
CREATE FUNCTION visitor_customers() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT ARRAY(SELECT id FROM customers WHERE visitor_all_customers() OR code = ANY (visitor_customer_codes())) $$;
GRANT EXECUTE ON FUNCTION visitor_all_sites(), visitor_all_customers(), visitor_customer_codes(),
    visitor_location_codes(), visitor_locations(), visitor_customers() TO expediter_visitor;
GRANT USAGE ON SCHEMA public TO expediter_visitor;

-- What everybody at a door may know.
GRANT SELECT ON settings, items, locations, bom_components, lanes, calendars, carriers, work_centers, operations,
    item_alternates, unit_conversions, configurable_products, item_variants, scans TO expediter_visitor;

DO $$
DECLARE
    -- Customers' things by their customer; suppliers and plans for who sees every customer.
    of_customer CONSTANT text := '(SELECT visitor_all_customers()) OR %s = ANY ((SELECT visitor_customers())::bigint[])';
    of_site CONSTANT text := '(SELECT visitor_all_sites()) OR %s = ANY ((SELECT visitor_locations())::bigint[])';
    company CONSTANT text := '(SELECT visitor_all_customers())';
    policies CONSTANT jsonb := jsonb_build_object(
        'customers', '(SELECT visitor_all_customers()) OR code = ANY ((SELECT visitor_customer_codes())::text[])',
        'customer_addresses', format(of_customer, 'customer_id'),
        'customer_items', format(of_customer, 'customer_id'),
        'recurring_orders', format(of_customer, 'customer_id'),
        'promise_quotes', format(of_customer, 'customer_id'),
        'order_drafts', format('(%s) AND ((SELECT visitor_all_customers()) OR customer_id IS NOT NULL)',
            format(of_customer, 'customer_id')),
        'sales_orders', format('(%s) AND (%s)', format(of_customer, 'customer_id'), format(of_site, 'ship_from_id')),
        'suppliers', company,
        'supplier_items', company,
        'price_breaks', company,
        'stock_balances', format('%s AND (%s)', company, format(of_site, 'location_id')),
        'lot_balances', format('%s AND (%s)', company, format(of_site, 'location_id')),
        'lots', company,
        'stock_moves', format('%s AND ((%s) OR (%s))', company, format(of_site, 'origin_id'),
            format(of_site, 'destination_id')),
        'reservations', format('%s AND (%s)', company, format(of_site, 'location_id')),
        'planned_orders', format('%s AND (%s)', company, format(of_site, 'location_id')),
        'work_orders', format('%s AND (%s)', company, format(of_site, 'location_id')),
        'purchase_order_lines', format('%s AND (%s)', company, format(of_site, 'location_id')),
        'purchase_orders', format(
            '%s AND ((SELECT visitor_all_sites()) OR EXISTS (SELECT FROM purchase_order_lines l WHERE l.order_id = id))',
            company),
        'transfer_orders', format('%s AND ((%s) OR (%s))', company, format(of_site, 'origin_id'),
            format(of_site, 'destination_id')),
        'pick_lists', format('%s AND (%s)', company, format(of_site, 'location_id')),
        'count_sheets', format('%s AND (%s)', company, format(of_site, 'location_id')),
        'cases', '((SELECT visitor_all_sites()) OR detected ->> ''location'' = ANY ((SELECT visitor_location_codes())::text[]))'
            ' AND ((SELECT visitor_all_customers()) OR (jsonb_array_length(detected -> ''impacts'') > 0 AND NOT EXISTS ('
            'SELECT FROM jsonb_array_elements(detected -> ''impacts'') i'
            ' WHERE i ->> ''customer'' <> ALL ((SELECT visitor_customer_codes())::text[]))))'
    );
    -- What belongs to something else is seen with it.
    parts CONSTANT jsonb := '{
        "sales_order_lines": ["sales_orders", "order_id"],
        "schedule_lines": ["sales_orders", "order_id"],
        "order_timeline": ["sales_orders", "order_id"],
        "order_versions": ["sales_orders", "order_id"],
        "amendments": ["sales_orders", "order_id"],
        "holds": ["sales_orders", "order_id"],
        "promise_records": ["sales_orders", "order_id"],
        "line_prices": ["sales_orders", "order_id"],
        "shipments": ["sales_orders", "order_id"],
        "returns": ["sales_orders", "order_id"],
        "shipment_lines": ["shipments", "shipment_id"],
        "tracking_events": ["shipments", "shipment_id"],
        "delivery_proofs": ["shipments", "shipment_id"],
        "packages": ["shipments", "shipment_id"],
        "packed_lines": ["shipments", "shipment_id"],
        "return_lines": ["returns", "return_id"],
        "refunds": ["returns", "return_id"],
        "draft_versions": ["order_drafts", "draft_id"],
        "acknowledgements": ["purchase_orders", "order_id"],
        "work_order_operations": ["work_orders", "order_id"],
        "work_order_components": ["work_orders", "order_id"],
        "count_lines": ["count_sheets", "sheet_id"]
    }';
    -- The same for who sees every customer: a plan may name any of them.
    company_parts CONSTANT jsonb := '{
        "case_options": ["cases", "case_id"],
        "case_plans": ["cases", "case_id"],
        "case_triages": ["cases", "case_id"],
        "proposals": ["cases", "case_id"],
        "approvals": ["proposals", "proposal_id"],
        "approval_decisions": ["approvals", "approval_id"],
        "effect_ledger": ["approvals", "approval_id"],
        "outbox": ["approvals", "approval_id"]
    }';
    one record;
BEGIN
    FOR one IN
        SELECT p.key AS name, p.value AS condition FROM jsonb_each_text(policies) p
        UNION ALL
        SELECT p.key, format('EXISTS (SELECT FROM %I whole WHERE whole.id = %I)', p.value ->> 0, p.value ->> 1)
        FROM jsonb_each(parts) p
        UNION ALL
        SELECT p.key, format('%s AND EXISTS (SELECT FROM %I whole WHERE whole.id = %I)', company, p.value ->> 0,
            p.value ->> 1)
        FROM jsonb_each(company_parts) p
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one.name);
        EXECUTE format('CREATE POLICY program ON %I TO expediter_app, expediter_agent USING (true) WITH CHECK (true)',
            one.name);
        EXECUTE format('CREATE POLICY visitor ON %I FOR SELECT TO expediter_visitor USING (%s)', one.name,
            one.condition);
        EXECUTE format('GRANT SELECT ON %I TO expediter_visitor', one.name);
    END LOOP;
END $$;
