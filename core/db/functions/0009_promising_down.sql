ALTER TABLE promise_records
    DROP COLUMN reason_code,
    DROP COLUMN schedule,
    DROP COLUMN constraints,
    DROP COLUMN pegs,
    DROP COLUMN commands,
    DROP COLUMN rule_versions;
DROP TABLE promise_quotes;
