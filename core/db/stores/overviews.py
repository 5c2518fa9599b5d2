"""Looking things up: names in any case, and bounded lists of order lines, supply, stock and offers."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import InstrumentedAttribute

from core.db.rows import (
    CustomerRow,
    ItemRow,
    LocationRow,
    PurchaseOrderLineRow,
    PurchaseOrderRow,
    ReceiptRow,
    SalesOrderLineRow,
    SalesOrderRow,
    SettingsRow,
    StockBalanceRow,
    SupplierItemRow,
    SupplierRow,
    WorkCenterRow,
)
from core.db.stores import order_lines
from core.db.stores.open_supply import open_supply
from core.db.transaction import Transaction
from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo, SupplierCode
from core.domain.money import rounded
from core.domain.overviews import (
    Deliveries,
    KnownNames,
    LineFilter,
    LineOverview,
    Named,
    NameKind,
    OfferOverview,
    OpenTotals,
    StockOverview,
    SupplyFilter,
    SupplyOverview,
)

MOST_NAMED = 20
MOST_LIKE = 3_000
# There are many items, of which few begin alike, and few of all others.
_BEGINNING = {NameKind.ITEM: 2}
_ROWS: dict[NameKind, tuple[InstrumentedAttribute[str], InstrumentedAttribute[str]]] = {
    NameKind.CUSTOMER: (CustomerRow.code, CustomerRow.name),
    NameKind.SUPPLIER: (SupplierRow.code, SupplierRow.name),
    NameKind.ITEM: (ItemRow.code, ItemRow.name),
    NameKind.LOCATION: (LocationRow.code, LocationRow.name),
}
_SITES = (
    select(LocationRow.code, LocationRow.site)
    .where(LocationRow.virtual.is_(False), LocationRow.site != "")
    .ext(distinct_on(LocationRow.site))
    .order_by(LocationRow.site, LocationRow.may_ship.desc(), LocationRow.code.collate("C"))
)


@dataclass(frozen=True, slots=True)
class SqlOverviewStore:
    """What can be looked up in this transaction."""

    transaction: Transaction

    def named(self, kind: NameKind, said: str) -> tuple[Named, ...]:
        """Those whose code or name is this, in any case; the one whose code is exactly this first. Of locations, where
        none is called so, those of a site that is."""
        code, name = _ROWS[kind]
        same = or_(func.lower(code) == said.lower(), func.lower(name) == said.lower())
        query = _names(kind, same).order_by((code == said).desc(), code.collate("C")).limit(MOST_NAMED)
        found = self._named(query)
        if found or kind is not NameKind.LOCATION:
            return found
        site = _names(kind, func.lower(LocationRow.site) == said.lower())
        return self._named(site.order_by(code.collate("C")).limit(MOST_NAMED))

    def like(self, kind: NameKind, said: str) -> tuple[Named, ...]:
        """Those whose code or name has the longest word of this in it or begins as this does, by code; a few thousand
        at most."""
        code, name = _ROWS[kind]
        low, many = said.lower(), _BEGINNING.get(kind, 1)
        longest = max(low.split() or [low], key=len)
        near = [
            condition
            for column in (code, name)
            for condition in (
                func.strpos(func.lower(column), longest) > 0,
                func.left(func.lower(column), many) == low[:many],
            )
        ]
        return self._named(_names(kind, or_(*near)).order_by(code.collate("C")).limit(MOST_LIKE))

    def known_names(self, *, limit: int) -> KnownNames:
        """What the books call things, by code, so many of each kind at most."""

        def names(kind: NameKind) -> tuple[Named, ...]:
            code, _ = _ROWS[kind]
            return self._named(_names(kind, true()).order_by(code.collate("C")).limit(limit))

        centers = select(WorkCenterRow.code, WorkCenterRow.name).order_by(WorkCenterRow.code.collate("C"))
        return KnownNames(
            as_of=self.transaction.session.scalars(select(SettingsRow.as_of)).one(),
            customers=names(NameKind.CUSTOMER),
            suppliers=names(NameKind.SUPPLIER),
            items=names(NameKind.ITEM),
            locations=names(NameKind.LOCATION),
            sites=self._named(_SITES.limit(limit)),
            centers=self._named(centers.limit(limit)),
        )

    def orders_called(self, said: str) -> tuple[OrderNo, ...]:
        """The sales orders of this number, in any case, else those the customer's number of which it is."""
        number, theirs = SalesOrderRow.number, SalesOrderRow.customer_po
        for column in (number, theirs):
            query = select(number).where(func.lower(column) == said.lower())
            found = self.transaction.session.scalars(
                query.order_by((column == said).desc(), SalesOrderRow.id.desc()).limit(MOST_NAMED)
            ).all()
            if found:
                return tuple(OrderNo(one) for one in found)
        return ()

    def order_lines(self, asked: LineFilter) -> tuple[tuple[LineOverview, ...], int]:
        """Lines by the day they are due, then order and line; and how many there are in all."""
        conditions = order_lines.wanted(asked)
        rows = self.transaction.session.execute(
            order_lines.lines()
            .where(*conditions)
            .order_by(order_lines.DUE, SalesOrderRow.number.collate("C"), SalesOrderLineRow.line)
            .limit(asked.limit)
        )
        found = tuple(order_lines.overview(*row) for row in rows)
        if len(found) < asked.limit:
            return found, len(found)
        count = order_lines.joined(select(func.count()).select_from(SalesOrderLineRow)).where(*conditions)
        return found, self.transaction.session.scalars(count).one()

    def open_totals(self, *, customer: CustomerCode | None = None, item: ItemCode | None = None) -> OpenTotals:
        """What is owed to a customer, or of an item."""
        late = func.count().filter(order_lines.AS_OF > order_lines.DUE)
        units = order_lines.OPEN
        sums = (
            func.coalesce(func.sum(units), 0),
            func.coalesce(func.sum(units * SalesOrderLineRow.unit_price), Decimal(0)),
        )
        query = order_lines.joined(select(func.count(), late, *sums).select_from(SalesOrderLineRow))
        wanted = order_lines.wanted(LineFilter(customer=customer, item=item))
        found = self.transaction.session.execute(query.where(*wanted)).one()
        return OpenTotals(lines=found[0], late=found[1], units=int(found[2]), value=rounded(Decimal(found[3])))

    def supply(self, asked: SupplyFilter) -> tuple[tuple[SupplyOverview, ...], int]:
        """Open supply by the day it is due, then kind, number and line; and how many rows there are in all."""
        return open_supply(self.transaction.session, asked)

    def stock(self, item: ItemCode, location: LocationCode | None = None) -> tuple[StockOverview, ...]:
        """Where the item is kept, by location."""
        query = (
            select(StockBalanceRow, LocationRow.code)
            .join(ItemRow, ItemRow.id == StockBalanceRow.item_id)
            .join(LocationRow, LocationRow.id == StockBalanceRow.location_id)
            .where(ItemRow.code == item, LocationRow.virtual.is_(False))
            .order_by(LocationRow.code.collate("C"))
        )
        if location is not None:
            query = query.where(LocationRow.code == location)
        rows = self.transaction.session.execute(query.execution_options(populate_existing=True))
        return tuple(
            StockOverview(
                item=item,
                location=LocationCode(place),
                on_hand=row.on_hand,
                reserved=row.reserved,
                blocked=row.blocked,
            )
            for row, place in rows
        )

    def offers(self, supplier: SupplierCode, *, limit: int) -> tuple[tuple[OfferOverview, ...], int]:
        """What a supplier sells, by item; and how many items in all."""
        query = (
            select(SupplierItemRow, ItemRow.code, func.count().over())
            .join(ItemRow, ItemRow.id == SupplierItemRow.item_id)
            .join(SupplierRow, SupplierRow.id == SupplierItemRow.supplier_id)
            .where(SupplierRow.code == supplier)
            .order_by(ItemRow.code.collate("C"))
            .limit(limit)
        )
        rows = self.transaction.session.execute(query).all()
        offers = tuple(
            OfferOverview(
                supplier=supplier,
                item=ItemCode(item),
                lead_time_days=row.lead_time_days,
                unit_price=row.unit_price,
                minimum_order=row.minimum_order,
                multiple=row.multiple,
                priority=row.priority,
            )
            for row, item, _ in rows
        )
        return offers, rows[0][2] if rows else 0

    def deliveries(self, supplier: SupplierCode, *, days: int) -> Deliveries:
        """How the supplier has delivered in the days up to the business date."""
        since = self.transaction.session.scalars(select(SettingsRow.as_of)).one() - timedelta(days=days)
        due, line = PurchaseOrderLineRow.due, PurchaseOrderLineRow
        came = (
            select(ReceiptRow.received_on.label("on"), due.label("due"))
            .join(PurchaseOrderRow, PurchaseOrderRow.id == ReceiptRow.order_id)
            .join(SupplierRow, SupplierRow.id == PurchaseOrderRow.supplier_id)
            .join(line, (line.order_id == ReceiptRow.order_id) & (line.line == ReceiptRow.line))
            .where(SupplierRow.code == supplier, ReceiptRow.received_on >= since)
            .group_by(ReceiptRow.order_id, ReceiptRow.line, ReceiptRow.received_on, due)
            .subquery()
        )
        late = func.greatest(came.c.on - came.c.due, 0)
        query = select(func.count(), func.count().filter(late == 0), func.coalesce(func.sum(late), 0))
        count, on_time, days_late = self.transaction.session.execute(query.select_from(came)).one()
        return Deliveries(since=since, count=count, on_time=on_time, days_late=int(days_late))

    def suppliers_in(self, country: str) -> tuple[SupplierCode, ...]:
        """The suppliers of a country, in any case, by code."""
        query = select(SupplierRow.code).where(func.lower(SupplierRow.country) == country.lower())
        found = self.transaction.session.scalars(query.order_by(SupplierRow.code.collate("C")))
        return tuple(SupplierCode(code) for code in found)

    def _named(self, query: Select[str, str]) -> tuple[Named, ...]:
        return tuple(Named(code=code, name=name) for code, name in self.transaction.session.execute(query))


def _names(kind: NameKind, condition: ColumnElement[bool]) -> Select[str, str]:
    code, name = _ROWS[kind]
    query = select(code, name).where(condition)
    return query.where(LocationRow.virtual.is_(False)) if kind is NameKind.LOCATION else query
