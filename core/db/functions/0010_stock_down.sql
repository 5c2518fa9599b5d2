DROP TRIGGER books_changed ON reservations;
DROP TRIGGER books_new ON reservations;
DROP TRIGGER books ON stock_moves;
DROP INDEX ix_stock_moves_item_id, ix_stock_moves_reference, uq_reservations_open_reference;
-- Older books know no reservation that ran out, and one of each reference: the open one, or else the last.
UPDATE reservations SET state = 'released' WHERE state = 'expired';
DELETE FROM reservations a USING reservations b
WHERE a.reference = b.reference AND (a.state = 'open', a.id) < (b.state = 'open', b.id);
ALTER TABLE reservations
    DROP CONSTRAINT ck_reservations_kind_known,
    DROP CONSTRAINT ck_reservations_state_known,
    DROP COLUMN taken,
    DROP COLUMN order_id,
    DROP COLUMN line,
    DROP COLUMN lot_id,
    DROP COLUMN expires_at,
    DROP COLUMN cause,
    ADD CONSTRAINT uq_reservations_reference UNIQUE (reference),
    ADD CONSTRAINT ck_reservations_state_known CHECK (state IN ('open', 'released', 'consumed'));
ALTER TABLE stock_balances
    DROP COLUMN blocked,
    ALTER COLUMN reserved DROP DEFAULT,
    ALTER COLUMN on_hand DROP DEFAULT;
ALTER TABLE stock_moves
    DROP COLUMN lot_id,
    DROP COLUMN unit_cost,
    DROP COLUMN order_id,
    DROP COLUMN line;
DROP TABLE count_lines, count_sheets, move_serials, serials, lot_balances, lots;
DROP FUNCTION book_changed_claims, book_claims, book_lot_claims, book_lot_moves, book_moves, book_new_claims,
    book_serials, change_claims, consume_claims, count_blocked, free_units, lock_balances, move_stock, put_moves,
    reserve_commands, reserve_stock, set_lot_status;
REVOKE INSERT (item_id, location_id) ON stock_balances FROM expediter_app;
GRANT INSERT, UPDATE ON stock_balances TO expediter_app;
GRANT UPDATE ON reservations TO expediter_app;
