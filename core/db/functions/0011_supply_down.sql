DROP TRIGGER supply_life ON purchase_orders;
DROP TRIGGER supply_life ON transfer_orders;
DROP TRIGGER supply_life ON work_orders;
-- Older books know no drafts, and nothing received beyond what was ordered.
UPDATE purchase_orders SET state = 'cancelled' WHERE state = 'draft';
UPDATE work_orders SET state = 'cancelled' WHERE state = 'draft';
UPDATE transfer_orders SET state = 'cancelled' WHERE state = 'draft';
UPDATE purchase_order_lines SET received = ordered WHERE received > ordered;
ALTER TABLE purchase_orders
    DROP CONSTRAINT ck_purchase_orders_state_known,
    DROP COLUMN stage,
    DROP COLUMN version,
    DROP COLUMN sent_at,
    ADD CONSTRAINT ck_purchase_orders_state_known CHECK (state IN ('open', 'received', 'cancelled'));
ALTER TABLE work_orders
    DROP CONSTRAINT ck_work_orders_state_known,
    DROP COLUMN stage,
    DROP COLUMN version,
    DROP COLUMN scrapped,
    DROP COLUMN released_at,
    ADD CONSTRAINT ck_work_orders_state_known CHECK (state IN ('open', 'received', 'cancelled'));
ALTER TABLE transfer_orders
    DROP CONSTRAINT ck_transfer_orders_state_known,
    DROP COLUMN stage,
    DROP COLUMN version,
    DROP COLUMN received,
    DROP COLUMN lost,
    ADD CONSTRAINT ck_transfer_orders_state_known CHECK (state IN ('open', 'received', 'cancelled'));
ALTER TABLE purchase_order_lines
    DROP COLUMN requested,
    DROP COLUMN confirmed,
    DROP COLUMN sales_order_id,
    DROP COLUMN sales_line,
    ADD CONSTRAINT ck_purchase_order_lines_quantities_possible 
        CHECK (ordered > 0 AND received >= 0 AND received <= ordered);
DROP TABLE capacity_bookings, work_center_loads, work_order_costs, work_order_completions, work_order_issues,
    work_order_progress, work_order_components, work_order_operations, planned_orders, transfer_receipts, receipts,
    shipping_notice_lines, shipping_notices, purchase_price_changes, acknowledgement_lines, acknowledgements;
DROP FUNCTION book_capacity, guard_supply_life, supply_state, supply_steps;
