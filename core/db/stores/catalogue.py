"""Items under our code or the customer's own number, and the units they are packed in."""

from dataclasses import dataclass

from sqlalchemy import select

from core.db.rows import CustomerItemRow, CustomerRow, ItemRow, UnitConversionRow
from core.db.stores.company import SqlCompanyStore
from core.db.transaction import Transaction
from core.domain.ids import CustomerCode, ItemCode
from core.domain.items import Item


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
