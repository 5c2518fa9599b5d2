"""Exceptions: how many, how long until they are found, decided and resolved, what they cost, what people change."""

EXCEPTIONS = """
WITH n AS (
    SELECT count(*) AS lines FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
    WHERE o.kind = 'order' AND o.order_date BETWEEN :first AND :last),
c AS (SELECT type, count(*) AS cases FROM fact_cases WHERE opened_on BETWEEN :first AND :last GROUP BY type)
(SELECT 'exception_rate', '', (SELECT COALESCE(sum(cases), 0) FROM c), n.lines, NULL FROM n)
UNION ALL (SELECT 'exception_rate', c.type, c.cases, n.lines, NULL FROM c CROSS JOIN n ORDER BY c.type COLLATE "C")
"""

TIMES = """
WITH s AS (
    SELECT d.place, d.step, count(*) AS cases, percentile_disc(0.5) WITHIN GROUP (ORDER BY h.hours) AS median,
           percentile_disc(0.9) WITHIN GROUP (ORDER BY h.hours) AS p90
    FROM fact_cases c CROSS JOIN settings z CROSS JOIN LATERAL (VALUES
        (1, 'detect', c.unseen_at, c.opened_at), (2, 'decide', c.opened_at, c.decided_at),
        (3, 'resolve', c.opened_at, c.resolved_at)) d(place, step, begins, ends)
    CROSS JOIN LATERAL (SELECT extract(epoch FROM d.ends - d.begins) / 3600 AS hours) h
    WHERE d.begins IS NOT NULL AND (d.ends AT TIME ZONE z.time_zone)::date BETWEEN :first AND :last
    GROUP BY d.place, d.step)
SELECT 'time_to_' || s.step, q.of, NULL, s.cases, CASE q.of WHEN 'median' THEN s.median ELSE s.p90 END
FROM s CROSS JOIN (VALUES ('median'), ('p90')) q(of) ORDER BY s.place, q.of
"""

MONEY = """
SELECT 'cost_per_exception', '', sum(p.money) + count(DISTINCT p.case_id) * CAST(:labour AS numeric),
       count(DISTINCT p.case_id), NULL
FROM fact_proposals p CROSS JOIN settings z
WHERE p.undone_at IS NULL AND (p.executed_at AT TIME ZONE z.time_zone)::date BETWEEN :first AND :last
"""

OVERRIDES = """
SELECT 'override_rate', '', count(*) FILTER (WHERE p.overridden), count(*), NULL
FROM fact_proposals p CROSS JOIN settings z
WHERE (p.decided_at AT TIME ZONE z.time_zone)::date BETWEEN :first AND :last
UNION ALL
SELECT 'price_override_rate', '', count(*) FILTER (
    WHERE EXISTS (SELECT FROM price_overrides v WHERE v.order_id = x.order_id AND v.line = x.line)), count(*), NULL
FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
WHERE o.kind = 'order' AND o.order_date BETWEEN :first AND :last
"""
