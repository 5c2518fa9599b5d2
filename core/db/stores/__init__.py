"""The stores of a unit of work, one for each noun: rows in, domain values out."""
