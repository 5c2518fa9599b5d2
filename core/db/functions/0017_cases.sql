-- Wider case states, tasks with a due date, what detection reads.
SELECT 1;
