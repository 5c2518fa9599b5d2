-- Promises with reasons and pegs, and quotes that hold supply.
SELECT 1;
