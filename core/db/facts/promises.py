"""How good promises are: how far the real day was from the first one, and how often a promise was moved."""

ACCURACY = """
WITH l AS (
    SELECT complete_on - first_promised AS days FROM fact_order_lines
    WHERE complete_on IS NOT NULL AND first_promised BETWEEN :first AND :until)
SELECT 'promise_error', '', sum(abs(days)), count(*), NULL FROM l
UNION ALL SELECT 'promise_bias', '', sum(days), count(*), NULL FROM l
"""

# A first promise is kept with the day that was asked for as the one before it; it is no change.
STABILITY = """
WITH r AS (
    SELECT p.order_id, p.line, p.old, p.new, row_number() OVER (PARTITION BY p.order_id, p.line ORDER BY p.id) AS n
    FROM promise_records p),
l AS (
    SELECT count(r.n) FILTER (
        WHERE r.old <> r.new AND NOT (r.n = 1 AND r.old = x.requested AND r.new = x.first_promised)) AS changes
    FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
    LEFT JOIN r ON r.order_id = x.order_id AND r.line = x.line
    WHERE o.kind = 'order' AND x.first_promised BETWEEN :first AND :last GROUP BY x.order_id, x.line)
SELECT 'promise_changes', '', COALESCE(sum(changes), 0), count(*), NULL FROM l
UNION ALL SELECT 'promises_unchanged', '', count(*) FILTER (WHERE changes = 0), count(*), NULL FROM l
"""
