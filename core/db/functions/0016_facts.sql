-- Facts for people as views over the ledgers.
SELECT 1;
