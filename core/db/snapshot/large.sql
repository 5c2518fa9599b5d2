-- The tables that grow with the business, each column one run of its values in PostgreSQL's binary form: in whatever
-- order the rows lie, without joins, as sorting and looking up take numpy a tenth of the time.
-- Prices are ten-thousandths.
-- The database hands the tables out in any order, several processes of it a table each at a time; asked for in this one.
-- The names in braces say which rows: all of them, or those of some keys; and that a table is read by one process.
-- No value may be NULL: aggregation leaves those out, and the columns of a table would no longer agree.
-- An order line counts from the day it is confirmed, on hold or not. Orders that are through have no open units.
SELECT c.name, c.data
FROM (SELECT string_agg(int8send(id), '') AS id, convert_to(string_agg(number, ''), 'UTF8') AS number,
             string_agg(int4send(octet_length(number)), '') AS length,
             string_agg(int8send(item_id), '') AS item, string_agg(int8send(location_id), '') AS place,
             string_agg(int8send(ordered - completed), '') AS quantity, string_agg(date_send(due), '') AS due,
             string_agg(date_send(start), '') AS start, string_agg(boolsend(components_issued), '') AS issued
      FROM work_orders WHERE {of_work}state = 'open' AND ordered > completed
      HAVING {whole}) q
CROSS JOIN LATERAL (VALUES
    ('work_id', id), ('work_number', number), ('work_length', length), ('work_item', item), ('work_place', place),
    ('work_quantity', quantity), ('work_due', due), ('work_start', start), ('work_issued', issued)) c(name, data)
UNION ALL
SELECT c.name, c.data
FROM (SELECT string_agg(int8send(id), '') AS id, convert_to(string_agg(number, ''), 'UTF8') AS number,
             string_agg(int4send(octet_length(number)), '') AS length,
             string_agg(int8send(supplier_id), '') AS supplier
      FROM purchase_orders WHERE {of_purchase}state = 'open'
      HAVING {whole}) q
CROSS JOIN LATERAL (VALUES
    ('purchase_id', id), ('purchase_number', number), ('purchase_length', length), ('purchase_supplier', supplier)
) c(name, data)
UNION ALL
SELECT c.name, c.data
FROM (SELECT string_agg(int8send(order_id), '') AS parent, string_agg(int4send(line), '') AS line,
             string_agg(int8send(item_id), '') AS item, string_agg(int8send(location_id), '') AS place,
             string_agg(int8send(COALESCE(confirmed, ordered) - received), '') AS quantity,
             string_agg(date_send(due), '') AS due
      FROM purchase_order_lines WHERE {of_purchase_lines}COALESCE(confirmed, ordered) > received
      HAVING {whole}) q
CROSS JOIN LATERAL (VALUES
    ('bought_parent', parent), ('bought_line', line), ('bought_item', item), ('bought_place', place),
    ('bought_quantity', quantity), ('bought_due', due)) c(name, data)
UNION ALL
SELECT c.name, c.data
FROM (SELECT string_agg(int8send(id), '') AS id, convert_to(string_agg(number, ''), 'UTF8') AS number,
             string_agg(int4send(octet_length(number)), '') AS length,
             string_agg(int8send(item_id), '') AS item, string_agg(int8send(destination_id), '') AS place,
             string_agg(int8send(quantity - received - lost), '') AS quantity, string_agg(date_send(due), '') AS due
      FROM transfer_orders WHERE {of_transfer}state = 'open'
      HAVING {whole}) q
CROSS JOIN LATERAL (VALUES
    ('moved_id', id), ('moved_number', number), ('moved_length', length), ('moved_item', item), ('moved_place', place),
    ('moved_quantity', quantity), ('moved_due', due)) c(name, data)
UNION ALL
SELECT c.name, c.data
FROM (SELECT string_agg(int8send(item_id), '') AS item, string_agg(int8send(location_id), '') AS place,
             string_agg(int8send(GREATEST(on_hand - reserved - blocked, 0)), '') AS available
      FROM stock_balances{of_stock}
      HAVING {whole}) q
CROSS JOIN LATERAL (VALUES ('stock_item', item), ('stock_place', place), ('stock_available', available)) c(name, data)
UNION ALL
SELECT c.name, c.data
FROM (SELECT string_agg(int8send(id), '') AS id, convert_to(string_agg(number, ''), 'UTF8') AS number,
             string_agg(int4send(octet_length(number)), '') AS length,
             string_agg(int8send(customer_id), '') AS customer, string_agg(int8send(ship_from_id), '') AS place,
             string_agg(date_send(order_date), '') AS ordered_on, string_agg(int8send(entry_sequence), '') AS entry,
             string_agg(int4send(priority), '') AS priority, string_agg(boolsend(kind = 'order'), '') AS ordered
      FROM sales_orders WHERE {of_sales}state NOT IN ({done})
      HAVING {whole}) q
CROSS JOIN LATERAL (VALUES
    ('order_id', id), ('order_number', number), ('order_length', length), ('order_customer', customer),
    ('order_place', place), ('order_date', ordered_on), ('order_entry', entry), ('order_priority', priority),
    ('order_ordered', ordered)) c(name, data)
UNION ALL
SELECT c.name, c.data
FROM (SELECT string_agg(int8send(order_id), '') AS parent, string_agg(int4send(line), '') AS line,
             string_agg(int8send(quantity - taken), '') AS quantity
      FROM reservations WHERE {of_sales_lines}state = 'open' AND kind = 'hard' AND order_id IS NOT NULL
      HAVING {whole}) q
CROSS JOIN LATERAL (VALUES ('held_parent', parent), ('held_line', line), ('held_quantity', quantity)) c(name, data)
UNION ALL
SELECT c.name, c.data
FROM (SELECT string_agg(int8send(order_id), '') AS parent, string_agg(int4send(line), '') AS line,
             string_agg(int8send(item_id), '') AS item, string_agg(int8send(COALESCE(node_id, 0)), '') AS place,
             string_agg(int8send(ordered - shipped - cancelled), '') AS quantity,
             string_agg(date_send(COALESCE(promised, requested)), '') AS due,
             string_agg(date_send(requested), '') AS requested,
             string_agg(int8send((unit_price * 10000)::bigint), '') AS price
      FROM sales_order_lines
      WHERE {of_sales_lines}ordered > shipped + cancelled
        AND CASE state WHEN 'confirmed' THEN true
                       WHEN 'on hold' THEN COALESCE(held_from, 'draft') NOT IN ('draft', 'validated')
                       ELSE state NOT IN ('draft', 'validated') END
      HAVING {whole}) q
CROSS JOIN LATERAL (VALUES
    ('line_parent', parent), ('line_no', line), ('line_item', item), ('line_place', place),
    ('line_quantity', quantity), ('line_due', due), ('line_requested', requested), ('line_price', price)) c(name, data)
