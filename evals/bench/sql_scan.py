"""The scan as a good SQL programmer writes it: temporary tables and window functions, the rules of python_scan.py.

One table of needs and one of what comes, each with running totals by node; what is short explodes into needs of the
next level, and dates come back up, level by level. It reads the tables of the product, on their plain features: work
orders that have taken their components, no stock held for single lines, no quotes and no planned orders.
"""

from typing import Any, NamedTuple

NEVER = 2**31 - 1
_CLEAR = "DROP TABLE IF EXISTS scan_items, scan_parts, scan_coming, scan_totals, scan_needs, scan_served, scan_done"

_ITEMS = """
CREATE TEMP TABLE scan_parts AS
SELECT parent_id, component_id, ceil(quantity_per / (1 - scrap) * 1000000)::bigint AS per FROM bom_components
WHERE closed IS NULL;
CREATE TEMP TABLE scan_items AS
WITH RECURSIVE walk(item, level) AS (
    SELECT id, 0 FROM items
    UNION SELECT p.component_id, w.level + 1 FROM walk w JOIN scan_parts p ON p.parent_id = w.item
), levels AS (SELECT item, max(level) AS level FROM walk GROUP BY item),
bought AS (
    SELECT x.item_id, min(x.lead_time_days) AS days FROM supplier_items x JOIN suppliers u ON u.id = x.supplier_id
    WHERE u.approved AND u.active AND u.closed IS NULL AND x.closed IS NULL GROUP BY x.item_id
)
SELECT i.id, row_number() OVER (ORDER BY i.code COLLATE "C") AS place, l.level, i.make,
       CASE WHEN i.make THEN i.lead_time_days ELSE COALESCE(b.days, i.lead_time_days) END AS lead,
       i.make OR b.days IS NOT NULL AS obtainable
FROM items i JOIN levels l ON l.item = i.id LEFT JOIN bought b ON b.item_id = i.id;
CREATE UNIQUE INDEX ON scan_items (id);
CREATE INDEX ON scan_parts (parent_id);
ANALYZE scan_items; ANALYZE scan_parts"""

# Whatever comes on one day is as good as anything else that does: ties need no order, but each its own total.
_COMING = """
CREATE TEMP TABLE scan_coming AS
SELECT item_id, location_id, eta, sum(units) OVER (PARTITION BY item_id, location_id ORDER BY held DESC, eta
                                                   ROWS UNBOUNDED PRECEDING)::bigint AS upto
FROM (
    SELECT item_id, location_id, s.as_of - DATE '1970-01-01' AS eta, on_hand - reserved - blocked AS units, true AS held
    FROM stock_balances, settings s WHERE on_hand - reserved - blocked > 0
    UNION ALL
    SELECT item_id, location_id, GREATEST(due, s.as_of) - DATE '1970-01-01', ordered - completed, false
    FROM work_orders, settings s WHERE state = 'open' AND ordered > completed
    UNION ALL
    SELECT l.item_id, l.location_id, GREATEST(l.due, s.as_of) - DATE '1970-01-01',
           COALESCE(l.confirmed, l.ordered) - l.received, false
    FROM purchase_order_lines l JOIN purchase_orders o ON o.id = l.order_id, settings s
    WHERE o.state = 'open' AND COALESCE(l.confirmed, l.ordered) > l.received
) r;
CREATE TEMP TABLE scan_totals AS
SELECT item_id, location_id, max(upto) AS total FROM scan_coming GROUP BY item_id, location_id;
ANALYZE scan_coming; ANALYZE scan_totals"""

_LINES = """
CREATE TEMP TABLE scan_needs AS
SELECT n.id, NULL::bigint AS parent, item_id, location_id, day, units, i.level,
       row_number() OVER (ORDER BY priority, day, order_date, n.id) AS rank
FROM (
    SELECT row_number() OVER (ORDER BY o.number COLLATE "C", x.line) AS id, x.item_id,
           COALESCE(x.node_id, o.ship_from_id) AS location_id, o.priority, o.order_date,
           COALESCE(x.promised, x.requested) - DATE '1970-01-01' AS day, x.ordered - x.shipped - x.cancelled AS units
    FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
    WHERE x.ordered > x.shipped + x.cancelled AND o.kind = 'order' AND x.state NOT IN ('draft', 'validated')
) n JOIN scan_items i ON i.id = n.item_id;
CREATE TEMP TABLE scan_served (id bigint, item_id bigint, location_id bigint, level integer, low bigint, high bigint,
                               short bigint);
CREATE TEMP TABLE scan_done (id bigint, parent bigint, short bigint, cover integer, available integer);
ANALYZE scan_needs"""

_SERVE = """
INSERT INTO scan_served
SELECT id, item_id, location_id, %(level)s, low, high, units - (high - low)
FROM (
    SELECT n.*, LEAST(upto - units, COALESCE(total, 0)) AS low, LEAST(upto, COALESCE(total, 0)) AS high
    FROM (SELECT id, item_id, location_id, units,
                 sum(units) OVER (PARTITION BY item_id, location_id ORDER BY rank, id ROWS UNBOUNDED PRECEDING)::bigint
                     AS upto
          FROM scan_needs WHERE level = %(level)s) n
    LEFT JOIN scan_totals t USING (item_id, location_id)
) q;
INSERT INTO scan_needs
SELECT (SELECT max(id) FROM scan_needs)
           + row_number() OVER (ORDER BY i.place, c.code COLLATE "C", n.rank, n.id, k.place),
       n.id, p.component_id, n.location_id, GREATEST(n.day - i.lead, z.as_of - DATE '1970-01-01'),
       (s.short * p.per + 999999) / 1000000, k.level, n.rank
FROM scan_served s JOIN scan_needs n ON n.id = s.id JOIN scan_items i ON i.id = s.item_id
JOIN scan_parts p ON p.parent_id = s.item_id JOIN scan_items k ON k.id = p.component_id
JOIN locations c ON c.id = s.location_id, settings z
WHERE s.level = %(level)s AND s.short > 0 AND i.make;
ANALYZE scan_needs; ANALYZE scan_served"""

# Read from the last unit to the first, the earliest day so far is that of the receipt which brings the unit.
_DATES = """
INSERT INTO scan_done
SELECT s.id, n.parent, s.short, COALESCE(d.cover, %(never)s),
       CASE WHEN s.short = 0 THEN d.cover WHEN NOT i.obtainable THEN %(never)s
            ELSE GREATEST(d.cover, CASE WHEN w.ready = %(never)s THEN %(never)s ELSE
                                   GREATEST(COALESCE(w.ready, 0), z.as_of - DATE '1970-01-01') + i.lead END) END
FROM scan_served s JOIN scan_needs n ON n.id = s.id JOIN scan_items i ON i.id = s.item_id
LEFT JOIN (
    SELECT id, cover FROM (
        SELECT id, min(eta) OVER (PARTITION BY item_id, location_id ORDER BY upto DESC, id NULLS FIRST
                                  ROWS UNBOUNDED PRECEDING) AS cover
        FROM (SELECT NULL::bigint AS id, item_id, location_id, upto, eta FROM scan_coming
              UNION ALL
              SELECT id, item_id, location_id, high, NULL FROM scan_served WHERE level = %(level)s AND high > low) e
    ) q WHERE id IS NOT NULL
) d ON d.id = s.id
LEFT JOIN (SELECT parent, max(available) AS ready FROM scan_done GROUP BY parent) w ON w.parent = s.id, settings z
WHERE s.level = %(level)s;
ANALYZE scan_done"""

_LATE = """
SELECT n.id - 1, CASE WHEN d.short > 0 THEN 2 ELSE 1 END, d.short, d.available
FROM scan_done d JOIN scan_needs n ON n.id = d.id
WHERE n.parent IS NULL AND (d.short > 0 OR d.cover > n.day) ORDER BY n.id"""


class Late(NamedTuple):
    """A line late (1) or uncovered (2): its place among the open lines, units without supply, and the day all are
    there."""

    at: int
    state: int
    short: int
    available: int


def sql_scan(connection: Any) -> list[Late]:
    """The late list, computed in the database; the connection may make temporary tables."""
    connection.execute("SET work_mem = '256MB'")
    for statement in (_CLEAR, _ITEMS, _COMING, _LINES):
        connection.execute(statement)
    found = connection.execute("SELECT max(level) FROM scan_items").fetchone()
    levels = range(found[0] + 1 if found else 0)
    for script, depths in ((_SERVE, levels), (_DATES, reversed(levels))):
        for level in depths:
            for statement in script.split(";"):
                connection.execute(statement, {"level": level, "never": NEVER})
    return [Late(*row) for row in connection.execute(_LATE).fetchall()]
