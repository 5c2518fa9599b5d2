-- The life of orders and lines: states, schedules, timeline, versions, amendments, recurring orders.
SELECT 1;
