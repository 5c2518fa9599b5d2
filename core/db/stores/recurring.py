"""Recurring orders: templates with the date of the next order."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import CursorResult, Select, select, update
from sqlalchemy.dialects.postgresql import insert

from core.db.codec import from_json, to_json
from core.db.rows import RecurringOrderRow
from core.db.stores.order_mapping import customer_id
from core.db.transaction import Transaction
from core.domain.errors import ConflictError, NotFoundError
from core.domain.recurring import Every, OrderTemplate, RecurringOrder, RecurringState


@dataclass(frozen=True, slots=True)
class SqlRecurringStore:
    """Recurring orders of this transaction."""

    transaction: Transaction

    def add(self, order: RecurringOrder) -> None:
        """A new one."""
        values = {
            "code": order.code,
            "customer_id": customer_id(self.transaction, order.template.customer),
            "every": order.every,
            "unit": order.unit,
            "first_on": order.first_on,
            "next_on": order.next_on,
            "until": order.until,
            "template": to_json(OrderTemplate, order.template),
            "state": order.state,
        }
        added = insert(RecurringOrderRow).values(values).on_conflict_do_nothing().returning(RecurringOrderRow.code)
        if self.transaction.session.scalars(added).one_or_none() is None:
            raise ConflictError(f"there is a recurring order {order.code!r} already; accepted is a code not in use")
        self._note(order.code, "recurring_added", {"first_on": order.first_on, "every": f"{order.every} {order.unit}"})

    def get(self, code: str) -> RecurringOrder:
        """One by code."""
        found = self._read(select(RecurringOrderRow).where(RecurringOrderRow.code == code))
        if not found:
            raise NotFoundError(f"there is no recurring order {code!r}")
        return found[0]

    def due(self, today: date) -> tuple[RecurringOrder, ...]:
        """Those due by today; of two asking at once the second waits and finds them moved on."""
        active = (RecurringOrderRow.state == RecurringState.ACTIVE, RecurringOrderRow.next_on <= today)
        query = select(RecurringOrderRow).where(*active).order_by(RecurringOrderRow.code).with_for_update()
        return self._read(query)

    def move(self, code: str, *, old: date, new: date | None) -> None:
        """The date of the next order, or the end."""
        values = {"next_on": new} if new else {"state": RecurringState.ENDED}
        moved = (
            update(RecurringOrderRow)
            .where(RecurringOrderRow.code == code, RecurringOrderRow.next_on == old)
            .where(RecurringOrderRow.state == RecurringState.ACTIVE)
            .values(values)
            .execution_options(synchronize_session=False)
        )
        result = self.transaction.session.execute(moved)
        assert isinstance(result, CursorResult)
        if not result.rowcount:
            raise ConflictError(f"recurring order {code!r} is not due on {old} any more; read it again")
        self._note(code, "recurring_moved" if new else "recurring_ended", {"old": old, "new": new})

    def _read(self, query: Select[RecurringOrderRow]) -> tuple[RecurringOrder, ...]:
        rows = self.transaction.session.scalars(query.execution_options(populate_existing=True))
        return tuple(
            RecurringOrder(
                code=row.code,
                every=row.every,
                unit=Every(row.unit),
                first_on=row.first_on,
                next_on=row.next_on,
                until=row.until,
                template=from_json(OrderTemplate, row.template),
                state=RecurringState(row.state),
            )
            for row in rows
        )

    def _note(self, code: str, event: str, facts: dict[str, object]) -> None:
        self.transaction.note(scope=f"recurring:{code}", event=event, subject=code, facts=facts)
