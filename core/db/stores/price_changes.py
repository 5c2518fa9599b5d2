"""Prices that differ from what was ordered at, until a buyer decides."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, update

from core.db.rows import PriceChangeRow, PurchaseOrderRow
from core.db.transaction import Transaction
from core.domain.errors import ConflictError
from core.domain.ids import PurchaseOrderNo, UserName
from core.domain.purchasing import DecisionState, PriceChange, PriceSource


@dataclass(frozen=True, slots=True)
class SqlPriceChangeStore:
    """Price changes of this transaction."""

    transaction: Transaction

    def add(self, change: PriceChange) -> None:
        """Keep a change; it takes the place of one of the line that is pending."""
        order = self._order(change.order)
        settled = change.state is not DecisionState.PENDING
        self.transaction.session.execute(
            update(PriceChangeRow)
            .where(self._pending(order.id, change.line))
            .values(
                state=DecisionState.REFUSED.value,
                decided_by=self.transaction.actor,
                decided_at=self.transaction.now,
                comment="another price came",
            )
        )
        self.transaction.session.add(
            PriceChangeRow(
                order_id=order.id,
                line=change.line,
                old_price=change.old,
                new_price=change.new,
                source=change.source.value,
                state=change.state.value,
                asked_at=self.transaction.now,
                decided_by=change.decided_by,
                decided_at=self.transaction.now if settled else None,
                comment=change.comment,
            )
        )
        facts = {"line": change.line, "old": change.old, "new": change.new, "source": change.source.value}
        self._note(change.order, f"price_change_{change.state.value}", facts)

    def of_order(self, number: PurchaseOrderNo) -> tuple[PriceChange, ...]:
        """The price changes of an order, oldest first."""
        return self._found(PriceChangeRow.order_id == self._order(number).id)

    def pending(self) -> tuple[PriceChange, ...]:
        """Every price change that waits for a buyer, oldest first."""
        return self._found(PriceChangeRow.state == DecisionState.PENDING.value)

    def decide(self, change: PriceChange, *, to: DecisionState, by: UserName, comment: str) -> None:
        """Settle the pending change of the line; ConflictError when it is not pending any more."""
        order = self._order(change.order)
        settled = self.transaction.session.execute(
            update(PriceChangeRow)
            .where(self._pending(order.id, change.line), PriceChangeRow.new_price == change.new)
            .values(state=to.value, decided_by=by, decided_at=self.transaction.now, comment=comment)
            .returning(PriceChangeRow.id)
        ).one_or_none()
        if settled is None:
            raise ConflictError(f"the price {change.new} of {change.order}/{change.line} is not pending any more")
        facts = {"line": change.line, "old": change.old, "new": change.new, "comment": comment}
        self._note(change.order, f"price_change_{to.value}", facts)

    def _found(self, condition: ColumnElement[bool]) -> tuple[PriceChange, ...]:
        query = (
            select(PriceChangeRow, PurchaseOrderRow.number)
            .join(PurchaseOrderRow, PurchaseOrderRow.id == PriceChangeRow.order_id)
            .where(condition)
            .order_by(PriceChangeRow.id)
            .execution_options(populate_existing=True)
        )
        return tuple(_price_change(row, number) for row, number in self.transaction.session.execute(query))

    def _pending(self, order: int, line: int) -> ColumnElement[bool]:
        return (
            (PriceChangeRow.order_id == order)
            & (PriceChangeRow.line == line)
            & (PriceChangeRow.state == DecisionState.PENDING.value)
        )

    def _order(self, number: PurchaseOrderNo) -> PurchaseOrderRow:
        return self.transaction.one(
            PurchaseOrderRow, PurchaseOrderRow.number == number, what=f"purchase order {number!r}"
        )

    def _note(self, number: PurchaseOrderNo, event: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=f"purchase:{number}", event=event, subject=number, facts=facts)


def _price_change(row: PriceChangeRow, number: str) -> PriceChange:
    return PriceChange(
        order=PurchaseOrderNo(number),
        line=row.line,
        old=row.old_price,
        new=row.new_price,
        source=PriceSource(row.source),
        state=DecisionState(row.state),
        decided_by=UserName(row.decided_by) if row.decided_by is not None else None,
        comment=row.comment,
    )
