"""Holds that are open, and lines whose price or margin is not as agreed."""

from decimal import Decimal

from core.db.watching.reading import Moment, line_keys
from core.domain.ids import CustomerCode, OrderNo
from core.domain.watching.facts import HoldWatch, MoneyWatch

_HOLDS = """
SELECT 'hold ' || h.id AS reference, o.number AS "order", h.kind, h.reason,
       floor(extract(epoch FROM :now - h.set_at) / 3600)::bigint AS age_hours,
       floor(extract(epoch FROM h.due_at - h.set_at) / 3600)::bigint AS limit_hours, w.value, w.lines
FROM holds h JOIN sales_orders o ON o.id = h.order_id
CROSS JOIN LATERAL (
    SELECT COALESCE(round(sum(x.unit_price * (x.ordered - x.shipped - x.cancelled)), 2), 0) AS value,
           jsonb_agg(jsonb_build_array(o.number, x.line) ORDER BY x.line) AS lines
    FROM sales_order_lines x WHERE x.order_id = o.id AND x.state <> 'cancelled'
      AND (h.line IS NULL OR h.line = x.line)) w
WHERE h.released_at IS NULL ORDER BY h.id
"""
# The last price found and the last cost reckoned of each line still to be invoiced.
_MONEY = """
SELECT o.number, x.line, m.code AS customer, x.unit_price,
       CASE WHEN p.source NOT IN ('override', 'stated') THEN p.found END AS agreed_price,
       CASE WHEN c.revenue > 0 THEN round(c.margin * 100 / c.revenue, 2) END AS margin_percent,
       round(x.unit_price * (x.ordered - x.cancelled), 2) AS value
FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id JOIN customers m ON m.id = o.customer_id
LEFT JOIN LATERAL (SELECT * FROM line_prices p WHERE p.order_id = x.order_id AND p.line = x.line
                   ORDER BY p.id DESC LIMIT 1) p ON true
LEFT JOIN LATERAL (SELECT * FROM landed_costs c WHERE c.order_id = x.order_id AND c.line = x.line
                   ORDER BY c.id DESC LIMIT 1) c ON true
WHERE o.kind = 'order' AND x.state NOT IN ('cancelled', 'invoiced', 'closed')
  AND (p.found <> x.unit_price AND p.source NOT IN ('override', 'stated') OR c.revenue > 0 AND c.margin < c.revenue)
ORDER BY o.number COLLATE "C", x.line
"""


def holds(moment: Moment) -> tuple[HoldWatch, ...]:
    """Every open hold with the value that waits for it."""
    return tuple(
        HoldWatch(
            reference=row["reference"],
            order=OrderNo(row["order"]),
            kind=row["kind"],
            reason=row["reason"],
            age_hours=row["age_hours"],
            limit_hours=row["limit_hours"],
            value=row["value"],
            lines=line_keys(row["lines"]),
        )
        for row in moment.rows(_HOLDS)
    )


def money(moment: Moment, *, floor_percent: Decimal) -> tuple[MoneyWatch, ...]:
    """Lines with another price than was found, or with a cost that was reckoned."""
    return tuple(
        MoneyWatch(
            line=(OrderNo(row["number"]), row["line"]),
            customer=CustomerCode(row["customer"]),
            unit_price=row["unit_price"],
            agreed_price=row["agreed_price"],
            margin_percent=row["margin_percent"],
            floor_percent=floor_percent,
            value=row["value"],
        )
        for row in moment.rows(_MONEY)
    )
