"""How well supply keeps its days: purchase order lines by supplier, and work orders."""

SUPPLIERS = """
WITH l AS (
    SELECT supplier, complete_on <= day AS kept FROM fact_purchase_lines
    WHERE day BETWEEN :first AND :until AND (received < ordered OR complete_on IS NOT NULL))
(SELECT 'supplier_otif', '', count(*) FILTER (WHERE kept), count(*), NULL FROM l)
UNION ALL
(SELECT 'supplier_otif', supplier, count(*) FILTER (WHERE kept), count(*), NULL FROM l
 GROUP BY supplier ORDER BY supplier COLLATE "C")
"""

WORK = """
SELECT 'schedule_adherence', '', count(*) FILTER (WHERE d.complete_on <= w.due), count(*), NULL
FROM work_orders w CROSS JOIN LATERAL (
    SELECT max(u.units) AS units, min(u.completed_on) FILTER (WHERE u.units >= w.ordered) AS complete_on
    FROM (SELECT completed_on, sum(good) OVER (ORDER BY completed_on, id) AS units
          FROM work_order_completions c WHERE c.order_id = w.id) u) d
WHERE w.state IN ('open', 'received') AND w.due BETWEEN :first AND :until
  AND (w.completed < w.ordered OR d.units = w.completed)
"""
