INSERT INTO sales_orders SELECT (jsonb_populate_record(b, jsonb_build_object('id', 7000 + %(n)s, 'po_key', %(n)s,
    'number', 'A' || 97 * %(n)s %% 89 || '-' || %(n)s, 'customer_po', %(n)s))).*
FROM sales_orders b WHERE b.number = 'SO-1';
INSERT INTO sales_order_lines SELECT (jsonb_populate_record(b, jsonb_build_object('order_id', o.id))).*
FROM sales_order_lines b, sales_orders o
WHERE b.order_id = (SELECT id FROM sales_orders WHERE number = 'SO-1')
  AND o.id NOT IN (SELECT order_id FROM sales_order_lines);
UPDATE sales_order_lines SET requested = requested + %(few)s WHERE line = 1;
UPDATE sales_order_lines SET cancelled = ordered - shipped
WHERE order_id = (SELECT max(order_id) FROM sales_order_lines);
DELETE FROM sales_order_lines WHERE order_id = (SELECT max(order_id) FROM sales_order_lines) AND order_id > 7000;
UPDATE sales_orders SET priority = %(few)s WHERE number > 'A';
INSERT INTO reservations SELECT (jsonb_populate_record(b, jsonb_build_object('id', 7000 + %(n)s, 'quantity', %(few)s,
    'kind', 'hard', 'reference', 'R' || %(n)s, 'order_id', (SELECT max(order_id) FROM sales_order_lines), 'line', 1))).*
FROM reservations b WHERE reference = 'TO-1';
UPDATE reservations SET taken = quantity, state = 'consumed' WHERE id > 7000 AND id %% 2 = %(few)s %% 2;
UPDATE stock_balances SET on_hand = on_hand + %(few)s;
DELETE FROM stock_balances WHERE on_hand = (SELECT min(on_hand) FROM stock_balances WHERE reserved = 0);
INSERT INTO work_orders SELECT (jsonb_populate_record(b, jsonb_build_object('id', 7000 + %(n)s, 'completed', 0,
    'number', 'V' || 97 * %(n)s %% 89 || '-' || %(n)s, 'due', b.due + %(few)s))).*
FROM work_orders b WHERE number = 'WO-1';
UPDATE work_orders SET due = due + 1 WHERE id %% 3 = %(few)s %% 3;
UPDATE purchase_order_lines SET due = due + 1, confirmed = ordered - %(few)s WHERE line = 1;
INSERT INTO purchase_order_lines SELECT (jsonb_populate_record(b, jsonb_build_object('line', %(n)s + 10))).*
FROM purchase_order_lines b JOIN purchase_orders o ON o.id = b.order_id WHERE o.number = 'PO-1' AND b.line = 2;
UPDATE transfer_orders SET lost = %(few)s %% 2 WHERE number = 'TO-2';
INSERT INTO promise_quotes (quote, position, item_id, location_id, quantity, held, due, state, expires_at, recorded_at)
SELECT 'PQ-' || %(n)s, 1, item_id, location_id, 5, 0, '2024-10-09', 'open', '2024-10-05', now()
FROM stock_balances ORDER BY item_id, location_id LIMIT 1;
INSERT INTO planned_orders (number, kind, item_id, location_id, quantity, start, due, promisable, state, version)
SELECT 'PW-' || %(n)s, 'work', item_id, location_id, %(few)s, '2024-10-06', '2024-10-09', true, 'planned', 1
FROM work_orders LIMIT 1;
