DROP INDEX ix_sales_orders_entry_sequence;
DROP FUNCTION place_batch;
