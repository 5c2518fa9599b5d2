DROP TABLE landed_costs, retrieved_components, dispositions, return_lines, return_counts, refunds, returns;
DROP FUNCTION guard_return, return_may_become;
