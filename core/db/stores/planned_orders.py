"""Planned orders: kept as planning suggested them, until somebody firms or drops them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from core.db.rows import ItemRow, LocationRow, PlannedOrderRow, SupplierRow
from core.db.stores.order_mapping import item_id, place_id
from core.db.transaction import Transaction
from core.domain.errors import ConflictError, NotFoundError
from core.domain.ids import ItemCode, LocationCode, SupplierCode
from core.domain.planned_orders import PlannedKind, PlannedOrder, PlannedState

_Origin = aliased(LocationRow)
_QUERY = (
    select(PlannedOrderRow, ItemRow.code, LocationRow.code, SupplierRow.code, _Origin.code)
    .join(ItemRow, ItemRow.id == PlannedOrderRow.item_id)
    .join(LocationRow, LocationRow.id == PlannedOrderRow.location_id)
    .outerjoin(SupplierRow, SupplierRow.id == PlannedOrderRow.supplier_id)
    .outerjoin(_Origin, _Origin.id == PlannedOrderRow.origin_id)
    .order_by(PlannedOrderRow.due, PlannedOrderRow.number.collate("C"))
    .execution_options(populate_existing=True)
)
_SETTLE = text("""
    UPDATE planned_orders SET state = :state, firmed_as = :firmed_as, version = version + 1
    WHERE number = :number AND state = 'planned' AND version = :version RETURNING number
""")


@dataclass(frozen=True, slots=True)
class SqlPlannedOrderStore:
    """Planned orders of this transaction."""

    transaction: Transaction

    def get(self, number: str) -> PlannedOrder:
        """A planned order."""
        found = self.transaction.session.execute(_QUERY.where(PlannedOrderRow.number == number)).one_or_none()
        if found is None:
            raise NotFoundError(f"there is no planned order {number!r}")
        return planned_of(*found)

    def waiting(self) -> tuple[PlannedOrder, ...]:
        """The planned orders nobody has firmed or dropped, the soonest due first."""
        query = _QUERY.where(PlannedOrderRow.state == PlannedState.PLANNED.value)
        return tuple(planned_of(*found) for found in self.transaction.session.execute(query))

    def add(self, order: PlannedOrder) -> None:
        """A new planned order; ConflictError when the number is taken."""
        key = self.transaction.key
        origin = supplier = None
        if order.origin is not None:
            origin = place_id(self.transaction, order.origin)
        if order.supplier is not None:
            supplier = key(SupplierRow.id, SupplierRow.code, order.supplier, what=f"supplier {order.supplier!r}")
        row = PlannedOrderRow(
            number=order.number,
            kind=order.kind.value,
            item_id=item_id(self.transaction, order.item),
            location_id=place_id(self.transaction, order.location),
            quantity=order.quantity,
            start=order.start,
            due=order.due,
            supplier_id=supplier,
            origin_id=origin,
            promisable=order.promisable,
            state=order.state.value,
            firmed_as=order.firmed_as,
            version=order.version,
        )
        try:
            with self.transaction.session.begin_nested():
                self.transaction.session.add(row)
        except IntegrityError as error:
            raise ConflictError(f"there is a planned order {order.number!r} already") from error
        self._note(order.number, "planned", {"kind": order.kind.value, "item": order.item, "quantity": order.quantity})

    def firm(self, number: str, *, version: int, firmed_as: str) -> None:
        """The planned order became an order; ConflictError when it is not waiting at that version."""
        self._settle(number, version, PlannedState.FIRMED, firmed_as)
        self._note(number, "planned_order_firmed", {"as": firmed_as})

    def cancel(self, number: str, *, version: int, why: str) -> None:
        """The planned order was dropped; ConflictError when it is not waiting at that version."""
        self._settle(number, version, PlannedState.CANCELLED, None)
        self._note(number, "planned_order_cancelled", {"why": why})

    def _settle(self, number: str, version: int, state: PlannedState, firmed_as: str | None) -> None:
        values: dict[str, Any] = {"number": number, "version": version, "state": state.value, "firmed_as": firmed_as}
        if self.transaction.session.execute(_SETTLE, values).one_or_none() is None:
            there = self.get(number)
            raise ConflictError(
                f"planned order {number!r} is {there.state.value!r} at version {there.version}, not 'planned' at"
                f" version {version!r}; read it again",
                version=there.version,
            )

    def _note(self, number: str, event: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=f"planned:{number}", event=event, subject=number, facts=facts)


def planned_of(
    row: PlannedOrderRow, item: str, location: str, supplier: str | None, origin: str | None
) -> PlannedOrder:
    return PlannedOrder(
        number=row.number,
        kind=PlannedKind(row.kind),
        item=ItemCode(item),
        location=LocationCode(location),
        quantity=row.quantity,
        start=row.start,
        due=row.due,
        supplier=SupplierCode(supplier) if supplier is not None else None,
        origin=LocationCode(origin) if origin is not None else None,
        promisable=row.promisable,
        state=PlannedState(row.state),
        firmed_as=row.firmed_as,
        version=row.version,
    )
