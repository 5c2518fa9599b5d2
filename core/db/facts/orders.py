"""How well orders are served: on time and in full, from stock at once, perfectly, how fast, and what is overdue."""

KEPT = """
WITH k AS (
    SELECT basis, count(*) AS lines, count(*) FILTER (WHERE outcome = 'on time') AS kept,
           count(*) FILTER (WHERE outcome = 'late') AS late, count(*) FILTER (WHERE outcome = 'open') AS open
    FROM fact_days_kept WHERE day BETWEEN :first AND :until GROUP BY basis)
SELECT v.name, v.of, v.units, v.lines, NULL
FROM (VALUES ('promise'), ('request')) b(basis) LEFT JOIN k USING (basis) CROSS JOIN LATERAL (VALUES
    ('otif_' || b.basis, '', COALESCE(k.kept, 0), COALESCE(k.lines, 0), 1),
    (b.basis || '_lines', 'on time', COALESCE(k.kept, 0), NULL, 2),
    (b.basis || '_lines', 'late', COALESCE(k.late, 0), NULL, 3),
    (b.basis || '_lines', 'open', COALESCE(k.open, 0), NULL, 4)) v(name, of, units, lines, place)
ORDER BY b.basis, v.place
"""

# The first promise again, by customer and against what the customer was promised of it.
TARGETS = """
WITH c AS (
    SELECT k.customer, m.otif_target AS target, count(*) AS lines,
           count(*) FILTER (WHERE k.outcome = 'on time') AS kept
    FROM fact_days_kept k JOIN customers m ON m.code = k.customer
    WHERE k.basis = 'promise' AND k.day BETWEEN :first AND :until GROUP BY k.customer, m.otif_target)
(SELECT 'customers_at_target', '', count(*) FILTER (WHERE kept * 100 >= target * lines), count(*), NULL::numeric FROM c)
UNION ALL
(SELECT 'otif_below_target', customer || ' (' || trim_scale(target) || ' % agreed)', kept, lines, NULL
 FROM c WHERE kept * 100 < target * lines ORDER BY customer COLLATE "C")
"""

# What the first promise of each line rested on, of the lines first promised in the period.
FILLED = """
WITH first AS (
    SELECT DISTINCT ON (p.order_id, p.line) p.* FROM promise_records p
    WHERE p.reason_code <> 'stated' ORDER BY p.order_id, p.line, p.id),
line AS (
    SELECT f.order_id, q.units, LEAST(q.units, s.units) AS stock FROM first f CROSS JOIN settings z
    CROSS JOIN LATERAL (SELECT COALESCE(sum((e.value ->> 'quantity')::bigint), 0) AS units
                        FROM jsonb_array_elements(f.schedule) e) q
    CROSS JOIN LATERAL (SELECT COALESCE(sum((e.value ->> 'quantity')::bigint), 0) AS units
                        FROM jsonb_array_elements(f.pegs) e
                        WHERE e.value ->> 'kind' = 'stock' AND (e.value ->> 'level')::integer = 0) s
    WHERE (f.recorded_at AT TIME ZONE z.time_zone)::date BETWEEN :first AND :last),
whole AS (SELECT order_id, bool_and(stock = units) AS filled FROM line GROUP BY order_id)
SELECT 'line_fill_rate', '', count(*) FILTER (WHERE stock = units), count(*), NULL FROM line
UNION ALL SELECT 'unit_fill_rate', '', COALESCE(sum(stock), 0), COALESCE(sum(units), 0), NULL FROM line
UNION ALL SELECT 'order_fill_rate', '', count(*) FILTER (WHERE filled), count(*), NULL FROM whole
"""

PERFECT = """
WITH o AS (
    SELECT order_id, bool_and(outcome = 'on time') AS kept FROM fact_days_kept WHERE basis = 'promise'
    GROUP BY order_id HAVING max(day) BETWEEN :first AND :until)
SELECT 'perfect_order', '', count(*) FILTER (
    WHERE o.kept AND NOT EXISTS (SELECT FROM shipments s WHERE s.order_id = o.order_id AND s.problem <> '')
      AND NOT EXISTS (SELECT FROM return_lines l JOIN returns r ON r.id = l.return_id
                      WHERE l.order_id = o.order_id AND r.state <> 'refused'
                        AND l.reason IN ('damaged', 'defective', 'wrong_item', 'late'))), count(*), NULL
FROM o
"""

CYCLES = """
WITH s AS (
    SELECT d.place, d.step, count(*) AS lines,
           percentile_disc(0.5) WITHIN GROUP (ORDER BY d.ends - d.begins) AS median,
           percentile_disc(0.9) WITHIN GROUP (ORDER BY d.ends - d.begins) AS p90
    FROM fact_order_lines l CROSS JOIN LATERAL (VALUES
        (1, 'entry_to_confirmed', l.order_date, l.confirmed_on),
        (2, 'confirmed_to_released', l.confirmed_on, l.released_on),
        (3, 'released_to_shipped', l.released_on, l.complete_on),
        (4, 'shipped_to_delivered', l.complete_on, l.delivered_on),
        (5, 'entry_to_delivered', l.order_date, l.delivered_on)) d(place, step, begins, ends)
    WHERE d.begins IS NOT NULL AND d.ends BETWEEN :first AND :last GROUP BY d.place, d.step)
SELECT 'cycle_' || s.step, q.of, NULL, s.lines, CASE q.of WHEN 'median' THEN s.median ELSE s.p90 END
FROM s CROSS JOIN (VALUES ('median'), ('p90')) q(of) ORDER BY s.place, q.of
"""

BACKORDERS = """
WITH b AS (
    SELECT open, unit_price, currency, CAST(:as_of AS date) - COALESCE(promised, requested) AS age
    FROM fact_order_lines
    WHERE open > 0 AND state NOT IN ('draft', 'cancelled', 'closed') AND COALESCE(promised, requested) < :as_of)
(SELECT 'backorder_lines', '', count(*)::numeric, NULL::numeric, NULL::numeric FROM b)
UNION ALL
(SELECT 'backorder_value', currency, sum(open * unit_price), NULL, NULL FROM b GROUP BY currency
 ORDER BY currency COLLATE "C")
UNION ALL
(SELECT 'backorder_age', q.of, NULL, a.lines, CASE q.of WHEN 'median' THEN a.median ELSE a.p90 END
 FROM (SELECT count(*) AS lines, percentile_disc(0.5) WITHIN GROUP (ORDER BY age) AS median,
              percentile_disc(0.9) WITHIN GROUP (ORDER BY age) AS p90 FROM b) a
 CROSS JOIN (VALUES ('median'), ('p90')) q(of) ORDER BY q.of)
"""
