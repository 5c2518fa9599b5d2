"""Items and customers under the names people use, the units items are packed in, and what is usually ordered."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from core.db.rows import (
    CustomerAddressRow,
    CustomerItemRow,
    CustomerRow,
    ItemRow,
    SalesOrderLineRow,
    SalesOrderRow,
    SettingsRow,
    UnitConversionRow,
)
from core.db.stores.company import SqlCompanyStore
from core.db.stores.configuring import SqlConfigurationStore
from core.db.transaction import Transaction
from core.domain.ids import CustomerCode, ItemCode
from core.domain.intake.names import KnownCustomer, KnownItem, Names, OrderSeen, Usual
from core.domain.items import Item
from core.domain.order_life import OrderState
from core.domain.order_terms import OrderKind
from core.domain.parties import CustomerAddress


@dataclass(frozen=True, slots=True)
class SqlCatalogueStore:
    """The catalogue as this transaction sees it."""

    transaction: Transaction

    def named(self, name: str, *, customer: CustomerCode) -> Item | None:
        """The item with this code, else the one the customer has this number for."""
        ours = select(ItemRow.code).where(ItemRow.code == name)
        theirs = (
            select(ItemRow.code)
            .join(CustomerItemRow, CustomerItemRow.item_id == ItemRow.id)
            .join(CustomerRow, CustomerRow.id == CustomerItemRow.customer_id)
            .where(CustomerRow.code == customer, CustomerItemRow.number == name)
        )
        code = self.transaction.session.scalars(ours).one_or_none()
        if code is None:
            code = self.transaction.session.scalars(theirs).one_or_none()
        return None if code is None else SqlCompanyStore(self.transaction).item(ItemCode(code))

    def packs(self, item: ItemCode) -> dict[str, int]:
        """How many base units one of each larger unit of an item is."""
        query = (
            select(UnitConversionRow.unit, UnitConversionRow.base_units)
            .join(ItemRow, ItemRow.id == UnitConversionRow.item_id)
            .where(ItemRow.code == item)
            .order_by(UnitConversionRow.unit)
        )
        found = self.transaction.session.execute(query)
        return {row.unit: row.base_units for row in found}

    def names(self) -> Names:
        """Every item that is sold, every customer, and every customer's own item numbers."""
        numbers: dict[CustomerCode, dict[str, ItemCode]] = defaultdict(dict)
        query = (
            select(CustomerRow.code, CustomerItemRow.number, ItemRow.code)
            .join(CustomerItemRow, CustomerItemRow.customer_id == CustomerRow.id)
            .join(ItemRow, ItemRow.id == CustomerItemRow.item_id)
            .where(CustomerItemRow.closed.is_(None))
            .order_by(CustomerRow.code.collate("C"), CustomerItemRow.number.collate("C"))
        )
        for customer, number, item in self.transaction.session.execute(query):
            numbers[CustomerCode(customer)][number] = ItemCode(item)
        configured = SqlConfigurationStore(self.transaction)
        variants, sold = configured.variants(), self._sold()
        return Names(
            items=tuple(one for one in sold if one.code not in variants),
            customers=self._customers(),
            numbers=dict(numbers),
            variants=tuple(one for one in sold if one.code in variants),
            own_name=self.transaction.session.scalars(select(SettingsRow.name)).one_or_none() or "",
            products=configured.products(),
        )

    def _sold(self) -> tuple[KnownItem, ...]:
        packs: dict[int, dict[str, int]] = defaultdict(dict)
        units = select(UnitConversionRow).where(UnitConversionRow.closed.is_(None)).order_by(UnitConversionRow.unit)
        for row in self.transaction.session.scalars(units):
            packs[row.item_id][row.unit] = row.base_units
        theirs = select(CustomerItemRow.item_id).where(CustomerItemRow.closed.is_(None))
        sold = or_(ItemRow.finished_good, ItemRow.list_price > 0, ItemRow.id.in_(theirs))
        query = select(ItemRow.id, ItemRow.code, ItemRow.name, ItemRow.unit).where(
            sold, ItemRow.phantom.is_(False), ItemRow.closed.is_(None)
        )
        return tuple(
            KnownItem(code=ItemCode(code), name=name, unit=unit, packs=packs.get(key, {}))
            for key, code, name, unit in self.transaction.session.execute(query.order_by(ItemRow.code.collate("C")))
        )

    def _customers(self) -> tuple[KnownCustomer, ...]:
        row = CustomerRow
        query = select(row.code, row.name, row.email, row.payment_days).where(row.closed.is_(None))
        return tuple(
            KnownCustomer(code=CustomerCode(code), name=name, email=email, payment_days=days)
            for code, name, email, days in self.transaction.session.execute(query.order_by(row.code.collate("C")))
        )

    def addresses(self, customer: CustomerCode) -> tuple[CustomerAddress, ...]:
        """The places a customer is shipped to, by code."""
        query = (
            select(CustomerAddressRow)
            .join(CustomerRow, CustomerRow.id == CustomerAddressRow.customer_id)
            .where(CustomerRow.code == customer, CustomerAddressRow.closed.is_(None))
            .order_by(CustomerAddressRow.code.collate("C"))
        )
        return tuple(
            CustomerAddress(
                customer=customer,
                code=row.code,
                name=row.name,
                street=row.street,
                city=row.city,
                postcode=row.postcode,
                region=row.region,
                country=row.country,
            )
            for row in self.transaction.session.scalars(query)
        )

    def usual(self, item: ItemCode, *, customer: CustomerCode | None = None) -> Usual:
        """How often an item was ordered, and the most at once."""
        line = SalesOrderLineRow
        query = (
            select(func.count(), func.coalesce(func.max(line.ordered), 0))
            .select_from(line)
            .join(ItemRow, ItemRow.id == line.item_id)
            .where(ItemRow.code == item)
        )
        if customer is not None:
            orders = query.join(SalesOrderRow, SalesOrderRow.id == line.order_id)
            query = orders.join(CustomerRow, CustomerRow.id == SalesOrderRow.customer_id).where(
                CustomerRow.code == customer
            )
        times, most = self.transaction.session.execute(query).one()
        return Usual(times=times, most=most)

    def recent(self, customer: CustomerCode, *, since: date) -> tuple[OrderSeen, ...]:
        """The customer's orders since a day that were not cancelled, the newest first."""
        order, line = SalesOrderRow, SalesOrderLineRow
        query = (
            select(order.number, order.customer_po, ItemRow.code, line.ordered, line.requested)
            .join(CustomerRow, CustomerRow.id == order.customer_id)
            .join(line, line.order_id == order.id)
            .join(ItemRow, ItemRow.id == line.item_id)
            .where(CustomerRow.code == customer, order.order_date >= since, order.kind == OrderKind.ORDER)
            .where(line.state != OrderState.CANCELLED)
            .order_by(order.entry_sequence.desc(), order.id.desc(), line.line)
        )
        lines: dict[tuple[str, str], list[tuple[ItemCode, int, date]]] = {}
        for number, po, item, ordered, requested in self.transaction.session.execute(query):
            lines.setdefault((number, po), []).append((ItemCode(item), ordered, requested))
        return tuple(OrderSeen(number=number, customer_po=po, lines=tuple(of)) for (number, po), of in lines.items())
