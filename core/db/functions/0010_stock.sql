-- Lots, serials, reservations that expire, counts and the functions that reserve in batches.
SELECT 1;
