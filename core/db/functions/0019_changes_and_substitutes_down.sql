ALTER TABLE signals
    DROP COLUMN asked;
DROP TABLE work_order_substitutes;
