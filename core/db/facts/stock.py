"""What lies in stock, how often it turns, and how much of the quotas is used."""

VALUE = """
WITH v AS (
    SELECT l.code AS location, sum(b.on_hand * i.standard_cost) AS value
    FROM stock_balances b JOIN items i ON i.id = b.item_id JOIN locations l ON l.id = b.location_id
    WHERE b.on_hand > 0 GROUP BY l.code)
(SELECT 'inventory_value', '', COALESCE(sum(value), 0), NULL::numeric, NULL::numeric FROM v)
UNION ALL (SELECT 'inventory_value', location, value, NULL, NULL FROM v ORDER BY location COLLATE "C")
"""

# The books may have begun within the period: then it counts from that day, with the opening balance there from the
# beginning. Stock is worth its standard cost of today throughout.
TURNS = """
WITH w AS (SELECT GREATEST(CAST(:first AS date), min(moved_on)) AS first, CAST(:last AS date) AS last FROM stock_moves),
m AS (
    SELECT m.moved_on, m.quantity * i.standard_cost AS value, f.code = '(opening)' AS opening,
           NOT f.virtual AND t.code = '(customer)' AS sold, f.virtual::integer - t.virtual::integer AS sign
    FROM stock_moves m JOIN items i ON i.id = m.item_id
    JOIN locations f ON f.id = m.origin_id JOIN locations t ON t.id = m.destination_id),
s AS (
    SELECT COALESCE(sum(m.value) FILTER (WHERE m.sold AND m.moved_on BETWEEN w.first AND w.last), 0) AS sold,
           COALESCE(sum(m.value * m.sign) FILTER (WHERE m.moved_on < w.first OR m.opening), 0) AS before,
           COALESCE(sum(m.value * m.sign) FILTER (WHERE m.moved_on <= w.last), 0) AS after, w.last - w.first + 1 AS days
    FROM m CROSS JOIN w WHERE w.first <= w.last GROUP BY w.first, w.last)
SELECT 'stock_turns', '', sold * 365, (before + after) / 2 * days, NULL FROM s
UNION ALL SELECT 'days_of_supply', '', after * days, sold, NULL FROM s
"""

QUOTAS = """
WITH q AS (SELECT code, quantity, consumed FROM quotas WHERE first <= :last AND last >= :first)
(SELECT 'quota_use', '', COALESCE(sum(consumed), 0), COALESCE(sum(quantity), 0), NULL FROM q)
UNION ALL (SELECT 'quota_use', code, consumed, quantity, NULL FROM q ORDER BY code COLLATE "C")
"""
