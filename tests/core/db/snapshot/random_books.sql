-- Books at random on top of the small company, in rows that lie in no order: numbers of any length and script, orders
-- that are through (with units open where the seed is above a half), quotes, lines on hold, virtual places, rests and
-- reservations. Each row is one of the company's with other values.
SELECT setseed(%(seed)s);
INSERT INTO locations SELECT (jsonb_populate_record(b, jsonb_build_object(
    'id', 900 + n, 'code', 'Z-' || n, 'virtual', n = 3))).*
FROM locations b CROSS JOIN generate_series(1, 3) n WHERE b.code = 'RENO';
INSERT INTO sales_orders SELECT (jsonb_populate_record(b, jsonb_build_object(
    'id', 900 + n * 31 %% 41, 'customer_po', 'p' || n, 'po_key', 'p' || n, 'order_date', date '2024-09-01' + n %% 30,
    'number', substr('éAz0-ß漢', 1 + floor(random() * 7)::int, 1) || repeat('x', floor(random() ^ 2 * %(width)s)::int) || n,
    'customer_id', (SELECT id FROM customers ORDER BY random() + n LIMIT 1), 'priority', 1 + n %% 5,
    'ship_from_id', (SELECT id FROM locations WHERE NOT virtual ORDER BY random() + n LIMIT 1),
    'entry_sequence', n * 7919, 'kind', CASE WHEN random() < 0.1 THEN 'quote' ELSE 'order' END,
    'state', (ARRAY['confirmed', 'allocated', 'on hold', 'draft', 'closed'])[1 + floor(random() * 5)::int]))).*
FROM sales_orders b CROSS JOIN generate_series(1, 40) n WHERE b.number = 'SO-1';
INSERT INTO sales_order_lines SELECT (jsonb_populate_record(b, jsonb_build_object(
    'order_id', o.id, 'line', n, 'item_id', (SELECT id FROM items ORDER BY random() + n LIMIT 1), 'ordered', 10 + n,
    'shipped', CASE o.state WHEN 'closed' THEN 0 ELSE floor(random() * 5)::int END,
    'cancelled', CASE WHEN o.state = 'closed' AND %(seed)s < 0.5 THEN 10 + n ELSE floor(random() * 6)::int END,
    'unit_price', (random() * 90)::numeric(19, 4), 'requested', date '2024-10-01' + n,
    'promised', CASE WHEN random() < 0.5 THEN date '2024-10-03' + n END,
    'state', CASE o.state WHEN 'closed' THEN 'confirmed' ELSE o.state END,
    'held_from', CASE o.state WHEN 'on hold' THEN CASE WHEN random() < 0.5 THEN 'draft' ELSE 'confirmed' END END,
    'node_id', CASE WHEN random() < 0.3 THEN (SELECT id FROM locations WHERE NOT virtual ORDER BY random() + n LIMIT 1) END
    ))).*
FROM sales_order_lines b CROSS JOIN sales_orders o CROSS JOIN generate_series(10, 12) n
WHERE b.ordered = 40 ORDER BY random();
INSERT INTO reservations SELECT (jsonb_populate_record(b, jsonb_build_object(
    'id', 900 + row_number() OVER (), 'quantity', 3 + n, 'taken', n, 'reference', x.order_id || '/' || x.line || '/' || n,
    'kind', CASE WHEN random() < 0.8 THEN 'hard' ELSE 'advisory' END, 'order_id', x.order_id, 'line', x.line,
    'state', CASE WHEN random() < 0.8 THEN 'open' ELSE 'released' END))).*
FROM reservations b CROSS JOIN sales_order_lines x CROSS JOIN generate_series(1, 2) n WHERE random() < 0.4;
INSERT INTO stock_balances (item_id, location_id, on_hand, reserved, blocked)
SELECT i.id, l.id, 5 + i.id %% 7, 0, floor(random() * 5)::int FROM items i CROSS JOIN locations l ORDER BY random()
ON CONFLICT DO NOTHING;
INSERT INTO work_orders SELECT (jsonb_populate_record(b, jsonb_build_object(
    'id', 900 + n, 'number', 'W' || (n * 7919) %% 101, 'ordered', 9, 'completed', floor(random() * 10)::int,
    'location_id', (SELECT id FROM locations ORDER BY random() + n LIMIT 1), 'start', date '2024-10-01' + n,
    'due', date '2024-10-09' + n, 'components_issued', random() < 0.5,
    'state', CASE WHEN random() < 0.8 THEN 'open' ELSE 'cancelled' END))).*
FROM work_orders b CROSS JOIN generate_series(1, 12) n;
INSERT INTO purchase_orders SELECT (jsonb_populate_record(b, jsonb_build_object(
    'id', 900 + n, 'number', 'ß' || (n * 7919) %% 101, 'supplier_id', (SELECT id FROM suppliers ORDER BY random() + n LIMIT 1),
    'state', CASE WHEN random() < 0.8 THEN 'open' ELSE 'cancelled' END))).*
FROM purchase_orders b CROSS JOIN generate_series(1, 9) n WHERE b.number = 'PO-1';
INSERT INTO purchase_order_lines SELECT (jsonb_populate_record(b, jsonb_build_object(
    'order_id', o.id, 'line', n, 'item_id', (SELECT id FROM items ORDER BY random() + n LIMIT 1), 'ordered', 8,
    'location_id', (SELECT id FROM locations ORDER BY random() + n LIMIT 1), 'received', floor(random() * 9)::int,
    'confirmed', CASE WHEN random() < 0.3 THEN 7 END, 'due', date '2024-10-02' + n))).*
FROM purchase_order_lines b CROSS JOIN purchase_orders o CROSS JOIN generate_series(10, 13) n
WHERE b.ordered = 50 ORDER BY random();
INSERT INTO bom_components SELECT (jsonb_populate_record(b, jsonb_build_object(
    'id', NULL, 'parent_id', p.id, 'component_id', c.id, 'quantity_per', 1 + round(random()::numeric, 4),
    'scrap', CASE WHEN random() < 0.5 THEN 0 ELSE 0.03 END))).*
FROM bom_components b CROSS JOIN items p CROSS JOIN items c
WHERE b.scrap = 0 AND p.code > c.code ORDER BY random() ON CONFLICT DO NOTHING;
