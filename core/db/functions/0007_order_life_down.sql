DROP TRIGGER life ON sales_order_lines;
DROP TRIGGER life ON sales_orders;
DROP TRIGGER po_key ON sales_orders;
ALTER TABLE sales_orders
    DROP CONSTRAINT ck_sales_orders_channel_known,
    DROP COLUMN state,
    DROP COLUMN version,
    DROP COLUMN kind,
    DROP COLUMN po_key,
    DROP COLUMN address,
    DROP COLUMN ship_complete,
    DROP COLUMN allow_partial,
    DROP COLUMN allow_substitution,
    DROP COLUMN minimum_value,
    DROP COLUMN payment_terms,
    DROP COLUMN payment_state,
    DROP COLUMN quote_expires_on,
    DROP COLUMN source;
ALTER TABLE sales_order_lines
    DROP COLUMN state,
    DROP COLUMN held_from,
    DROP COLUMN latest_acceptable,
    DROP COLUMN cancel_after,
    DROP COLUMN line_set,
    DROP COLUMN set_rule,
    DROP COLUMN minimum_shipment,
    DROP COLUMN strategy,
    DROP COLUMN node_id,
    DROP COLUMN delivered,
    DROP COLUMN invoiced,
    DROP COLUMN returned;
DROP TABLE recurring_orders, amendments, order_versions, order_timeline, schedule_lines, order_transitions;
DROP FUNCTION fill_po_key, guard_order, guard_order_line, po_key_of;
