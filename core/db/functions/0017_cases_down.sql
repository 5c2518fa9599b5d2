DROP VIEW placed_for_cancelled, live_order_lines;
ALTER TABLE human_tasks
    DROP CONSTRAINT ck_human_tasks_state_known,
    DROP COLUMN kind,
    DROP COLUMN role,
    DROP COLUMN about,
    DROP COLUMN due,
    DROP COLUMN answer,
    DROP COLUMN note,
    DROP COLUMN answered_by,
    DROP COLUMN answered_at,
    DROP COLUMN proposal_id;
-- Older books know no case that was taken up or put aside: it is open.
UPDATE cases SET state = 'open', snoozed_until = NULL WHERE state IN ('triaged', 'snoozed');
ALTER TABLE cases
    DROP CONSTRAINT ck_cases_state_known,
    DROP COLUMN snoozed_until,
    ADD CONSTRAINT ck_cases_state_known CHECK (
        state IN ('open', 'proposed', 'approved', 'executing', 'resolved', 'accepted', 'auto-closed'));
DROP TABLE stock_losses, feed_limits, signals;
