"""Promises with what explains them, and the quotes that hold supply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text, update

from core.db.codec import from_json, to_json
from core.db.locks import lock_key
from core.db.rows import (
    CustomerRow,
    ItemRow,
    LocationRow,
    PromiseQuoteRow,
    PromiseRecordRow,
    SalesOrderLineRow,
    SalesOrderRow,
)
from core.db.stores import order_facts
from core.db.stores.order_mapping import customer_id, item_id, place_id
from core.db.transaction import Transaction
from core.domain.errors import ConflictError, NotFoundError
from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.promises import PromiseMade, PromiseQuote, PromiseQuoteState, PromiseReason, QuotedPart
from core.domain.promising import Constraint, DatedQuantity, Peg, TrialOrder

TURN = "promising"
"""The name of the lock that whoever promises waits for."""
_SCHEDULE, _CONSTRAINTS = tuple[DatedQuantity, ...], tuple[Constraint, ...]
_PEGS, _COMMANDS = tuple[Peg, ...], tuple[TrialOrder, ...]


@dataclass(frozen=True, slots=True)
class SqlPromiseStore:
    """Promises of this transaction."""

    transaction: Transaction

    def take_turn(self) -> None:
        """Wait for the turn; it is given back when the transaction ends."""
        self.transaction.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock_key(TURN)})

    def keep(self, order: OrderNo, made: Sequence[PromiseMade]) -> None:
        """Record the promises of an order's lines and move the lines to them."""
        session = self.transaction.session
        for one in sorted(made, key=lambda one: one.line):
            row = self._line(order, one.line)
            if row.promised != one.old:
                raise ConflictError(f"order line {order}/{one.line} is promised for {row.promised}, not for {one.old}")
            row.promised = one.new
            if row.first_promised is None:
                row.first_promised = one.new
            session.add(self._record(row.order_id, one))
        session.flush()
        facts = order_facts.promised((one.line, one.old, one.new, one.code) for one in made)
        self.transaction.note(scope=f"order:{order}", event="promised", subject=order, facts=facts)

    def made(self, order: OrderNo, line: int) -> tuple[PromiseMade, ...]:
        """The history of a line."""
        query = (
            select(PromiseRecordRow)
            .join(SalesOrderRow, SalesOrderRow.id == PromiseRecordRow.order_id)
            .where(SalesOrderRow.number == order, PromiseRecordRow.line == line)
            .order_by(PromiseRecordRow.id)
        )
        return tuple(promise_of(order, row) for row in self.transaction.session.scalars(query))

    def add_quote(self, quote: PromiseQuote) -> None:
        """Keep a new quote, part by part."""
        customer = None if quote.customer is None else customer_id(self.transaction, quote.customer)
        for position, part in enumerate(quote.parts, start=1):
            self.transaction.session.add(
                PromiseQuoteRow(
                    quote=quote.quote,
                    position=position,
                    customer_id=customer,
                    item_id=item_id(self.transaction, part.item),
                    location_id=place_id(self.transaction, part.location),
                    quantity=part.quantity,
                    held=part.held,
                    due=part.due,
                    state=quote.state.value,
                    expires_at=quote.expires_at,
                    recorded_at=self.transaction.now,
                )
            )
        self.transaction.session.flush()
        self._note(quote.quote, "quoted", quoted_facts(quote))

    def quote(self, code: str) -> PromiseQuote:
        """A quote by its code."""
        query = (
            select(PromiseQuoteRow, ItemRow.code, LocationRow.code, CustomerRow.code)
            .join(ItemRow, ItemRow.id == PromiseQuoteRow.item_id)
            .join(LocationRow, LocationRow.id == PromiseQuoteRow.location_id)
            .outerjoin(CustomerRow, CustomerRow.id == PromiseQuoteRow.customer_id)
            .where(PromiseQuoteRow.quote == code)
            .order_by(PromiseQuoteRow.position)
            .execution_options(populate_existing=True)
        )
        rows = self.transaction.session.execute(query).all()
        if not rows:
            raise NotFoundError(f"there is no quote of a promise {code!r}")
        first, customer = rows[0][0], _or_none(rows[0][3])
        return PromiseQuote(
            quote=code,
            customer=None if customer is None else CustomerCode(customer),
            parts=tuple(
                QuotedPart(
                    item=ItemCode(item),
                    location=LocationCode(place),
                    quantity=row.quantity,
                    held=row.held,
                    due=row.due,
                )
                for row, item, place, _ in rows
            ),
            expires_at=first.expires_at,
            state=PromiseQuoteState(first.state),
        )

    def close_quote(self, code: str, *, to: PromiseQuoteState) -> None:
        """One statement with the guard inside: of two who end it one does."""
        statement = (
            update(PromiseQuoteRow)
            .where(PromiseQuoteRow.quote == code, PromiseQuoteRow.state == PromiseQuoteState.OPEN.value)
            .values(state=to.value)
            .returning(PromiseQuoteRow.position)
        )
        if not self.transaction.session.scalars(statement).all():
            raise ConflictError(f"quote {code!r} is {self.quote(code).state.value!r}; accepted is one that is 'open'")
        self._note(code, f"quote_{to.value}", {})

    def _line(self, order: OrderNo, line: int) -> SalesOrderLineRow:
        query = (
            select(SalesOrderLineRow)
            .join(SalesOrderRow, SalesOrderRow.id == SalesOrderLineRow.order_id)
            .where(SalesOrderRow.number == order, SalesOrderLineRow.line == line)
            .with_for_update(of=SalesOrderLineRow)
            .execution_options(populate_existing=True)
        )
        found = self.transaction.session.scalars(query).one_or_none()
        if found is None:
            raise NotFoundError(f"there is no sales order line {order}/{line}")
        return found

    def _record(self, order_id: int, one: PromiseMade) -> PromiseRecordRow:
        return PromiseRecordRow(
            order_id=order_id,
            line=one.line,
            old=one.old,
            new=one.new,
            reason=one.reason,
            proposal_id=None,
            recorded_at=self.transaction.now,
            reason_code=one.code.value,
            schedule=to_json(_SCHEDULE, one.schedule),
            constraints=to_json(_CONSTRAINTS, one.constraints),
            pegs=to_json(_PEGS, one.pegs),
            commands=to_json(_COMMANDS, one.commands),
            rule_versions=dict(one.rule_versions),
        )

    def _note(self, quote: str, event: str, facts: Mapping[str, Any]) -> None:
        self.transaction.note(scope=f"quote:{quote}", event=event, subject=quote, facts=facts)


def quoted_facts(quote: PromiseQuote) -> dict[str, object]:
    """What the audit log keeps of a new quote."""
    return {"units": sum(part.quantity for part in quote.parts), "until": quote.expires_at}


def promise_of(order: OrderNo, row: PromiseRecordRow) -> PromiseMade:
    """The promise of a row."""
    return PromiseMade(
        order=order,
        line=row.line,
        old=row.old,
        new=row.new,
        code=PromiseReason(row.reason_code),
        reason=row.reason,
        schedule=from_json(_SCHEDULE, row.schedule),
        constraints=from_json(_CONSTRAINTS, row.constraints),
        pegs=from_json(_PEGS, row.pegs),
        commands=from_json(_COMMANDS, row.commands),
        rule_versions=dict(row.rule_versions),
    )


def _or_none(code: str | None) -> str | None:
    """What an outer join gives, as it is: a code, or none."""
    return code
