-- Returns and what became of them; landed cost kept per line.
SELECT 1;
