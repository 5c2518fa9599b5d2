-- Acknowledgements, advance ship notices, receipts, operations, issues, planned orders.
SELECT 1;
