"""What is said from outside, kept as it was said."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects.postgresql import insert

from core.db.codec import from_json, to_json
from core.db.rows import FeedLimitRow, LocationRow, SalesOrderRow, SignalRow, SupplierRow
from core.db.transaction import Transaction
from core.domain.amendments import Change
from core.domain.errors import ConflictError, NotFoundError
from core.domain.ids import LocationCode, OrderNo, SupplierCode
from core.domain.master_data import MasterDataKind
from core.domain.signals import Signal, SignalKind

_CHANGES = tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class SqlSignalStore:
    """The signals of this transaction."""

    transaction: Transaction

    def add(self, signal: Signal) -> None:
        """Keep a new signal; NotFoundError for a supplier, location or order nobody knows."""
        supplier, destination, order = self._keys(signal)
        session = self.transaction.session
        session.add(
            SignalRow(
                reference=signal.reference,
                kind=signal.kind.value,
                subject=signal.subject,
                text=signal.text,
                confidence=signal.confidence,
                suspicious=signal.suspicious,
                supplier_id=supplier,
                destination_id=destination,
                order_id=order,
                lines=list(signal.lines),
                first=signal.first,
                last=signal.last,
                state="open",
                said_by=self.transaction.actor,
                recorded_at=self.transaction.now,
                settled_by=None,
                settled_at=None,
                outcome="",
                asked=to_json(_CHANGES, signal.asked) if signal.asked else None,
            )
        )
        session.flush()
        self._note(signal.reference, "signal_raised", {"kind": signal.kind.value, "subject": signal.subject})

    def _keys(self, signal: Signal) -> tuple[int | None, int | None, int | None]:
        """The keys of the supplier, the location and the order it names."""
        one = self.transaction.one
        supplier = destination = order = None
        if signal.supplier is not None:
            supplier = one(SupplierRow, SupplierRow.code == signal.supplier, what=f"supplier {signal.supplier!r}").id
        if signal.destination is not None:
            what = f"location {signal.destination!r}"
            destination = one(LocationRow, LocationRow.code == signal.destination, what=what).id
        if signal.order is not None:
            order = one(SalesOrderRow, SalesOrderRow.number == signal.order, what=f"sales order {signal.order!r}").id
        return supplier, destination, order

    def get(self, reference: str) -> Signal:
        """A signal by its reference."""
        for signal in self._read(SignalRow.reference == reference):
            return signal
        raise NotFoundError(f"there is no signal {reference!r}")

    def open(self) -> tuple[Signal, ...]:
        """The signals nobody settled, by reference."""
        return self._read(SignalRow.state == "open")

    def settle(self, reference: str, *, outcome: str) -> None:
        """Say what came of it; ConflictError when somebody did before."""
        row = self.transaction.one(SignalRow, SignalRow.reference == reference, what=f"signal {reference!r}", lock=True)
        if row.state != "open":
            raise ConflictError(f"signal {reference!r} was settled by {row.settled_by!r} before")
        row.state, row.outcome = "settled", outcome
        row.settled_by, row.settled_at = self.transaction.actor, self.transaction.now
        self._note(reference, "signal_settled", {"outcome": outcome})

    def reopen(self, reference: str, *, why: str) -> None:
        """Nothing came of it after all; ConflictError when it is open."""
        row = self.transaction.one(SignalRow, SignalRow.reference == reference, what=f"signal {reference!r}", lock=True)
        if row.state != "settled":
            raise ConflictError(f"signal {reference!r} is open; only what was settled is opened again")
        row.state, row.outcome = "open", ""
        row.settled_by, row.settled_at = None, None
        self._note(reference, "signal_reopened", {"why": why})

    def limit_feed(self, feed: str, *, hours: int) -> None:
        """Say how old the data of a feed may be."""
        values = insert(FeedLimitRow).values(feed=feed, hours=hours)
        self.transaction.declare(
            MasterDataKind.FEEDS, scope=f"feed:{feed}", event="feed_limited", subject=feed, facts={"hours": hours}
        )
        self.transaction.session.execute(values.on_conflict_do_update(index_elements=["feed"], set_={"hours": hours}))

    def feed_limit(self, feed: str) -> int | None:
        """How many hours old the data of a feed may be, None when nobody said."""
        query = select(FeedLimitRow.hours).where(FeedLimitRow.feed == feed)
        return self.transaction.session.scalars(query).one_or_none()

    def _read(self, condition: ColumnElement[bool]) -> tuple[Signal, ...]:
        query = (
            select(SignalRow, SupplierRow.code, LocationRow.code, SalesOrderRow.number)
            .outerjoin(SupplierRow, SupplierRow.id == SignalRow.supplier_id)
            .outerjoin(LocationRow, LocationRow.id == SignalRow.destination_id)
            .outerjoin(SalesOrderRow, SalesOrderRow.id == SignalRow.order_id)
            .where(condition)
            .order_by(SignalRow.reference.collate("C"))
            .execution_options(populate_existing=True)
        )
        return tuple(_signal(*row) for row in self.transaction.session.execute(query))

    def _note(self, reference: str, event: str, facts: dict[str, object]) -> None:
        self.transaction.note(scope=f"signal:{reference}", event=event, subject=reference, facts=facts)


def _signal(row: SignalRow, supplier: str | None, destination: str | None, order: str | None) -> Signal:
    return Signal(
        reference=row.reference,
        kind=SignalKind(row.kind),
        subject=row.subject,
        text=row.text,
        confidence=row.confidence,
        suspicious=row.suspicious,
        supplier=SupplierCode(supplier) if supplier else None,
        destination=LocationCode(destination) if destination else None,
        order=OrderNo(order) if order else None,
        lines=tuple(row.lines),
        first=row.first,
        last=row.last,
        settled=row.state == "settled",
        outcome=row.outcome,
        asked=from_json(_CHANGES, row.asked) if row.asked else (),
    )
