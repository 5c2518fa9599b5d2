"""Costs: portions of lines by lot, freight and tariffs, landed costs kept, and the catalogue for what-ifs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select, text

from core.db.codec import from_json, to_json
from core.db.rows import (
    BomComponentRow,
    FreightRateRow,
    ItemRow,
    LandedCostRow,
    LocationRow,
    SalesOrderRow,
    TariffRuleRow,
)
from core.db.stores.order_mapping import item_id
from core.db.transaction import Transaction
from core.domain.freight import FreightRate, TariffRule
from core.domain.ids import CarrierCode, CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.items import BomComponent, Item, Location, LocationKind
from core.domain.landed_cost import LandedCost, Portion
from core.domain.margins import Catalogue, SoldLine
from core.domain.orders import SalesOrderLine
from core.domain.rationalising import ItemRecord

# What has left for the line, less what came back, and what is reserved for it now.
_LOTS = text("""
SELECT l.code, l.origin, l.unit_cost, sum(u.units)::bigint FROM (
    SELECT m.lot_id, CASE WHEN d.virtual THEN m.quantity ELSE -m.quantity END AS units
    FROM stock_moves m JOIN locations f ON f.id = m.origin_id JOIN locations d ON d.id = m.destination_id
    JOIN sales_orders o ON o.id = m.order_id
    WHERE o.number = :order AND m.line = :line AND m.lot_id IS NOT NULL AND f.virtual <> d.virtual
    UNION ALL
    SELECT r.lot_id, r.quantity - r.taken FROM reservations r JOIN sales_orders o ON o.id = r.order_id
    WHERE o.number = :order AND r.line = :line AND r.lot_id IS NOT NULL AND r.state = 'open') u
JOIN lots l ON l.id = u.lot_id
GROUP BY l.code, l.origin, l.unit_cost, l.received_on HAVING sum(u.units) > 0
ORDER BY l.received_on NULLS LAST, l.code COLLATE "C"
""")

_OPEN_ORDERS = text("""
SELECT DISTINCT o.number COLLATE "C" FROM sales_orders o JOIN sales_order_lines x ON x.order_id = o.id
WHERE o.kind = 'order' AND x.shipped + x.cancelled < x.ordered AND x.state <> 'cancelled' ORDER BY 1
""")

# The address named, else the only one there is, else where the customer is.
_OPEN_LINES = text("""
SELECT o.number, x.line, c.code, i.code, x.ordered - x.shipped - x.cancelled, x.unit_price,
       COALESCE(NULLIF(a.country, ''), NULLIF(only_one.country, ''), c.country), COALESCE(x.promised, x.requested)
FROM sales_orders o JOIN sales_order_lines x ON x.order_id = o.id JOIN customers c ON c.id = o.customer_id
JOIN items i ON i.id = x.item_id
LEFT JOIN customer_addresses a ON a.customer_id = c.id AND a.code = o.address
LEFT JOIN LATERAL (SELECT min(b.country) AS country FROM customer_addresses b WHERE b.customer_id = c.id
                   HAVING count(*) = 1) only_one ON o.address IS NULL
WHERE o.kind = 'order' AND x.shipped + x.cancelled < x.ordered AND x.state <> 'cancelled'
ORDER BY o.number COLLATE "C", x.line
""")

_RECORDS = text("""
SELECT i.code, COALESCE(b.on_hand, 0)::bigint, round(COALESCE(b.on_hand, 0) * i.standard_cost, 2),
       COALESCE(s.units, 0)::bigint, COALESCE(s.revenue, 0), COALESCE(round(s.units * i.standard_cost, 2), 0), s.last
FROM items i
LEFT JOIN (SELECT b.item_id, sum(b.on_hand) AS on_hand FROM stock_balances b JOIN locations l ON l.id = b.location_id
           WHERE NOT l.virtual GROUP BY b.item_id) b ON b.item_id = i.id
LEFT JOIN (
    SELECT x.item_id, max(o.order_date) AS last,
           sum(x.shipped - x.returned) FILTER (WHERE o.order_date >= :since) AS units,
           sum(round((x.shipped - x.returned) * x.unit_price, 2)) FILTER (WHERE o.order_date >= :since) AS revenue
    FROM sales_orders o JOIN sales_order_lines x ON x.order_id = o.id
    WHERE o.kind = 'order' AND x.state <> 'cancelled' AND o.order_date <= :until GROUP BY x.item_id) s
    ON s.item_id = i.id
WHERE i.closed IS NULL AND (i.finished_good OR s.item_id IS NOT NULL)
ORDER BY i.code COLLATE "C"
""")


@dataclass(frozen=True, slots=True)
class SqlCostStore:
    """Costs of this transaction."""

    transaction: Transaction

    def portions(self, line: SalesOrderLine, item: Item) -> tuple[Portion, ...]:
        """The units of a line that are not cancelled, by lot where one was shipped or is reserved for it."""
        left, found = line.ordered - line.cancelled, list[Portion]()
        rows = self.transaction.session.execute(_LOTS, {"order": line.order, "line": line.line})
        for lot, origin, unit_cost, units in rows:
            taken = min(units, left)
            if taken < 1:
                continue
            cost = item.standard_cost if unit_cost is None else unit_cost
            found.append(Portion(quantity=taken, unit_cost=cost, origin=origin or item.origin, lot=lot))
            left -= taken
        if left > 0:
            found.append(Portion(quantity=left, unit_cost=item.standard_cost, origin=item.origin))
        return tuple(found)

    def location(self, code: LocationCode) -> Location:
        """A location by code."""
        row = self.transaction.one(LocationRow, LocationRow.code == code, what=f"location {code!r}")
        return Location(
            code=code,
            site=row.site,
            name=row.name,
            may_ship=row.may_ship,
            kind=LocationKind(row.kind),
            region=row.region,
            country=row.country,
            node_priority=row.node_priority,
            shipment_cost=row.shipment_cost,
            line_cost=row.line_cost,
            handling_cost=row.handling_cost,
        )

    def rates(self, origin: LocationCode, region: str) -> tuple[FreightRate, ...]:
        """What carriers ask from a location to a region, by carrier and service."""
        query = (
            select(FreightRateRow)
            .join(LocationRow, LocationRow.id == FreightRateRow.origin_id)
            .where(LocationRow.code == origin, FreightRateRow.region == region, FreightRateRow.closed.is_(None))
            .order_by(FreightRateRow.carrier.collate("C"), FreightRateRow.service.collate("C"))
        )
        return tuple(
            FreightRate(
                carrier=CarrierCode(row.carrier),
                service=row.service,
                origin=origin,
                region=region,
                days=row.days,
                shipment_cost=row.shipment_cost,
                kilogram_cost=row.kilogram_cost,
                carbon=row.carbon,
            )
            for row in self.transaction.session.scalars(query)
        )

    def tariffs(self) -> tuple[TariffRule, ...]:
        """Every rule, those of the past too."""
        query = (
            select(TariffRuleRow)
            .where(TariffRuleRow.closed.is_(None))
            .order_by(
                TariffRuleRow.tariff_code.collate("C"),
                TariffRuleRow.origin.collate("C"),
                TariffRuleRow.destination.collate("C"),
                TariffRuleRow.effective,
            )
        )
        return tuple(
            TariffRule(
                tariff_code=row.tariff_code,
                origin=row.origin,
                destination=row.destination,
                effective=row.effective,
                percent=row.percent,
            )
            for row in self.transaction.session.scalars(query)
        )

    def keep(self, cost: LandedCost) -> None:
        """Write down a landed cost; what was written before stays."""
        what = f"order {cost.order!r}"
        order = self.transaction.key(SalesOrderRow.id, SalesOrderRow.number, cost.order, what=what)
        self.transaction.session.add(
            LandedCostRow(
                order_id=order,
                line=cost.line,
                item_id=item_id(self.transaction, cost.item),
                quantity=cost.quantity,
                currency=cost.currency,
                revenue=cost.revenue,
                goods=cost.goods,
                freight=cost.freight,
                tariff=cost.tariff,
                handling=cost.handling,
                total=cost.total,
                margin=cost.margin,
                origins=to_json(tuple[tuple[str, int], ...], cost.origins),
                steps=list(cost.steps),
                costed_on=cost.costed_on,
                recorded_at=self.transaction.now,
            )
        )
        self.transaction.session.flush()

    def of_line(self, order: OrderNo, line: int) -> LandedCost | None:
        """What was last written down for a line."""
        query = (
            select(LandedCostRow, ItemRow.code)
            .join(ItemRow, ItemRow.id == LandedCostRow.item_id)
            .join(SalesOrderRow, SalesOrderRow.id == LandedCostRow.order_id)
            .where(SalesOrderRow.number == order, LandedCostRow.line == line)
            .order_by(LandedCostRow.id.desc())
            .limit(1)
        )
        found = self.transaction.session.execute(query).one_or_none()
        if found is None:
            return None
        row, item = found
        return LandedCost(
            order=order,
            line=line,
            item=ItemCode(item),
            quantity=row.quantity,
            currency=row.currency,
            revenue=row.revenue,
            goods=row.goods,
            freight=row.freight,
            tariff=row.tariff,
            handling=row.handling,
            costed_on=row.costed_on,
            origins=from_json(tuple[tuple[str, int], ...], row.origins),
            steps=tuple(row.steps),
        )

    def open_orders(self) -> tuple[OrderNo, ...]:
        """The orders that still have something to deliver, by number."""
        return tuple(OrderNo(number) for number in self.transaction.session.scalars(_OPEN_ORDERS))

    def catalogue(self) -> Catalogue:
        """Every item with its components and tariffs, and every open line with the country it goes to."""
        session = self.transaction.session
        items = session.scalars(select(ItemRow).where(ItemRow.closed.is_(None)).order_by(ItemRow.code.collate("C")))
        countries = select(LocationRow.country).where(
            ~LocationRow.virtual, LocationRow.kind == LocationKind.PLANT.value, LocationRow.country != ""
        )
        return Catalogue(
            items=tuple(
                Item(
                    code=ItemCode(row.code),
                    name=row.name,
                    make=row.make,
                    standard_cost=row.standard_cost,
                    list_price=row.list_price,
                    tariff_code=row.tariff_code,
                    origin=row.origin,
                )
                for row in items
            ),
            bom=self._bom(),
            tariffs=self.tariffs(),
            made_in=frozenset(session.scalars(countries)),
            open_lines=tuple(
                SoldLine(
                    order=OrderNo(order),
                    line=line,
                    customer=CustomerCode(customer),
                    item=ItemCode(item),
                    quantity=quantity,
                    unit_price=price,
                    country=country,
                    due=due,
                )
                for order, line, customer, item, quantity, price, country, due in session.execute(_OPEN_LINES)
            ),
        )

    def records(self, *, since: date, until: date) -> Sequence[ItemRecord]:
        """What each item that is sold did between two days, by item."""
        rows = self.transaction.session.execute(_RECORDS, {"since": since, "until": until})
        return [
            ItemRecord(
                item=ItemCode(item),
                on_hand=on_hand,
                stock_value=stock_value,
                sold=sold,
                revenue=Decimal(revenue),
                cost_of_sales=Decimal(cost),
                last_sale=last,
            )
            for item, on_hand, stock_value, sold, revenue, cost, last in rows
        ]

    def _bom(self) -> tuple[BomComponent, ...]:
        codes = {row.id: row.code for row in self.transaction.session.execute(select(ItemRow.id, ItemRow.code))}
        rows = self.transaction.session.scalars(select(BomComponentRow).where(BomComponentRow.closed.is_(None)))
        parts = (
            BomComponent(
                parent=ItemCode(codes[row.parent_id]),
                component=ItemCode(codes[row.component_id]),
                quantity_per=row.quantity_per,
                scrap=row.scrap,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            for row in rows
        )
        return tuple(sorted(parts, key=lambda part: (part.parent, part.component)))
