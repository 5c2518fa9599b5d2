"""Changes of orders that were carried out, each with what was shown before it."""

from sqlalchemy import select

from core.db.codec import from_json, to_json
from core.db.rows import AmendmentRow, SalesOrderRow
from core.db.transaction import Transaction
from core.domain.amendments import Amendment, AmendmentDone, AmendmentPreview
from core.domain.ids import OrderNo, UserName


def keep_amendment(transaction: Transaction, order_id: int, done: AmendmentDone) -> None:
    """Keep one more change."""
    transaction.session.add(
        AmendmentRow(
            order_id=order_id,
            version=done.version,
            digest=done.preview.digest,
            asked=to_json(Amendment, done.amendment),
            consequences=to_json(AmendmentPreview, done.preview),
            reason=done.amendment.reason,
            agreed_by=done.agreed_by,
            actor=transaction.actor,
            recorded_at=transaction.now,
        )
    )
    transaction.note(
        scope=f"order:{done.order}",
        event="order_amended",
        subject=done.order,
        facts={
            "version": done.version,
            "consequences": [one.words for one in done.preview.consequences],
            "reason": done.amendment.reason,
            "agreed_by": done.agreed_by,
            "digest": done.preview.digest,
        },
    )


def read_amendments(transaction: Transaction, number: OrderNo) -> tuple[AmendmentDone, ...]:
    """The changes of an order, oldest first."""
    query = (
        select(AmendmentRow)
        .join(SalesOrderRow, SalesOrderRow.id == AmendmentRow.order_id)
        .where(SalesOrderRow.number == number)
        .order_by(AmendmentRow.id)
    )
    return tuple(
        AmendmentDone(
            order=number,
            version=row.version,
            amendment=from_json(Amendment, row.asked),
            preview=from_json(AmendmentPreview, row.consequences),
            agreed_by=UserName(row.agreed_by) if row.agreed_by else None,
        )
        for row in transaction.session.scalars(query)
    )
