ALTER TABLE backorder_runs
    DROP COLUMN rule,
    DROP COLUMN lot;
