"""What is sold and what comes back: best sellers, and returns by item, customer and reason."""

# Of the orders entered in the period: what was delivered and how much of it came back, whenever that was.
RETURNS = """
WITH l AS (
    SELECT x.order_id, i.code AS item, c.code AS customer, x.delivered, x.returned
    FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id JOIN items i ON i.id = x.item_id
    JOIN customers c ON c.id = o.customer_id
    WHERE o.kind = 'order' AND o.order_date BETWEEN :first AND :last),
every AS (SELECT COALESCE(sum(delivered), 0) AS delivered, COALESCE(sum(returned), 0) AS returned FROM l),
parts AS (
    SELECT 1 AS place, '' AS of, returned, delivered FROM every
    UNION ALL SELECT 2, 'item ' || item, sum(returned), sum(delivered) FROM l GROUP BY item
    UNION ALL SELECT 3, 'customer ' || customer, sum(returned), sum(delivered) FROM l GROUP BY customer
    UNION ALL SELECT 4, 'reason ' || r.reason, sum(r.received), e.delivered
    FROM return_lines r JOIN sales_orders o ON o.id = r.order_id CROSS JOIN every e
    WHERE o.order_date BETWEEN :first AND :last GROUP BY r.reason, e.delivered)
SELECT 'return_rate', of, returned, delivered, NULL FROM parts
WHERE place = 1 OR returned > 0 ORDER BY place, of COLLATE "C"
"""

BEST = """
WITH s AS (
    SELECT i.code AS item, o.currency, sum(m.quantity) AS units, sum(m.quantity * x.unit_price) AS value
    FROM fact_shipped m JOIN sales_orders o ON o.id = m.order_id
    JOIN sales_order_lines x ON x.order_id = m.order_id AND x.line = m.line JOIN items i ON i.id = m.item_id
    WHERE m.moved_on BETWEEN :first AND :last GROUP BY i.code, o.currency)
(SELECT 'best_seller_units', item, sum(units), NULL::numeric, NULL::numeric FROM s
 GROUP BY item ORDER BY sum(units) DESC, item COLLATE "C" LIMIT :best)
UNION ALL
(SELECT 'best_seller_value', item || ' ' || currency, value, NULL, NULL FROM (
    SELECT *, row_number() OVER (PARTITION BY currency ORDER BY value DESC, item COLLATE "C") AS place FROM s) r
 WHERE place <= :best ORDER BY currency COLLATE "C", place)
"""
