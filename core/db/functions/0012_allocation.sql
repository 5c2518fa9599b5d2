-- Quotas, their consumption, and backorder runs.
SELECT 1;
