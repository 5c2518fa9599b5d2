-- A backorder run says by which rule it serves, and in which lots it shares. Runs until now served by priority.
ALTER TABLE backorder_runs
    ADD COLUMN rule text NOT NULL DEFAULT 'priority',
    ADD COLUMN lot bigint NOT NULL DEFAULT 1;
ALTER TABLE backorder_runs
    ALTER COLUMN rule DROP DEFAULT, ALTER COLUMN lot DROP DEFAULT,
    ADD CONSTRAINT ck_backorder_runs_rule_known CHECK (
        rule IN ('first-come', 'by-entry', 'priority', 'proportional', 'target', 'quota')),
    ADD CONSTRAINT ck_backorder_runs_lot_possible CHECK (lot >= 1);
