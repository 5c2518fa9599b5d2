"""Open purchase order lines with the supplier's last word, and tariffs that change before goods arrive."""

from core.db.watching.reading import Moment, line_key
from core.domain.ids import ItemCode, LocationCode, SupplierCode
from core.domain.watching.facts import PurchaseWatch, TariffWatch

# A line whose date a supplier changed keeps what was asked for in `requested`; `due` is then the supplier's word.
_PURCHASES = """
SELECT p.number, x.line, s.code AS supplier, i.code AS item, l.code AS location, x.ordered,
       GREATEST(COALESCE(x.confirmed, x.ordered) - x.received, 0) AS open, x.unit_price,
       COALESCE(x.requested, x.due) AS due, p.order_date,
       CASE WHEN x.requested IS NOT NULL THEN x.due END AS confirmed_date, x.confirmed AS confirmed_quantity,
       c.new_price AS confirmed_price, s.acknowledges_within_hours AS answer_hours, p.stage,
       floor(extract(epoch FROM :now - COALESCE(p.sent_at, p.order_date::timestamp AT TIME ZONE 'UTC')) / 3600)::bigint
           AS age_hours,
       COALESCE(v.lead_time_days, i.lead_time_days) AS lead_days,
       COALESCE(o.number, y.number) AS sales_order, COALESCE(x.sales_line, y.line) AS sales_line,
       y.number IS NOT NULL OR z.cancelled > 0 AND z.ordered <= z.shipped + z.cancelled AS cancelled,
       i.tariff_code, COALESCE(NULLIF(s.country, ''), i.origin) AS origin, l.country AS destination
FROM purchase_order_lines x JOIN purchase_orders p ON p.id = x.order_id JOIN suppliers s ON s.id = p.supplier_id
JOIN items i ON i.id = x.item_id JOIN locations l ON l.id = x.location_id
LEFT JOIN supplier_items v ON v.supplier_id = p.supplier_id AND v.item_id = x.item_id
LEFT JOIN purchase_price_changes c ON c.order_id = x.order_id AND c.line = x.line AND c.state = 'pending'
LEFT JOIN sales_orders o ON o.id = x.sales_order_id
LEFT JOIN sales_order_lines z ON z.order_id = x.sales_order_id AND z.line = x.sales_line
LEFT JOIN placed_for_cancelled y ON y.kind = 'purchase' AND y.firmed_as = p.number
WHERE p.state = 'open' AND x.received < x.ordered
ORDER BY p.number COLLATE "C", x.line
"""
_TARIFFS = """
SELECT n.tariff_code, n.origin, n.destination, n.effective, n.percent AS after, COALESCE((
        SELECT o.percent FROM tariff_rules o
        WHERE (o.tariff_code, o.origin, o.destination) = (n.tariff_code, n.origin, n.destination)
          AND o.effective < n.effective AND o.closed IS NULL
        ORDER BY o.effective DESC LIMIT 1), 0) AS before
FROM tariff_rules n WHERE n.effective > :as_of AND n.closed IS NULL
ORDER BY n.tariff_code COLLATE "C", n.origin COLLATE "C", n.destination COLLATE "C", n.effective
"""
_UNANSWERED = frozenset({"draft", "sent"})


def purchases(moment: Moment) -> tuple[PurchaseWatch, ...]:
    """Every open line."""
    return tuple(
        PurchaseWatch(
            order=row["number"],
            line=row["line"],
            supplier=SupplierCode(row["supplier"]),
            item=ItemCode(row["item"]),
            location=LocationCode(row["location"]),
            ordered=row["ordered"],
            open=row["open"],
            unit_price=row["unit_price"],
            due=row["due"],
            ordered_on=row["order_date"],
            age_hours=row["age_hours"],
            answer_hours=row["answer_hours"],
            acknowledged=row["stage"] not in _UNANSWERED,
            lead_days=row["lead_days"],
            confirmed_date=row["confirmed_date"],
            confirmed_quantity=row["confirmed_quantity"],
            confirmed_price=row["confirmed_price"],
            drop_ship_for=None if row["cancelled"] else line_key(row["sales_order"], row["sales_line"]),
            cancelled_line=line_key(row["sales_order"], row["sales_line"]) if row["cancelled"] else None,
            tariff_code=row["tariff_code"],
            origin=row["origin"],
            destination=row["destination"],
        )
        for row in moment.rows(_PURCHASES)
    )


def tariffs(moment: Moment) -> tuple[TariffWatch, ...]:
    """Rules that take effect after today."""
    return tuple(TariffWatch(**row) for row in moment.rows(_TARIFFS))
