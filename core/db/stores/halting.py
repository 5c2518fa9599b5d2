"""Halts: the lock that makes them take effect at once, and the row that makes them last."""

from dataclasses import dataclass

from sqlalchemy import func, select

from core.db.rows import HaltRow, OutboxRow
from core.db.transaction import Transaction
from core.domain.errors import ConflictError
from core.domain.halting import Halt
from core.domain.ids import UserName
from core.domain.proposals import MessageState

SCOPE = "halt"


@dataclass(frozen=True, slots=True)
class SqlHaltStore:
    """Halts of this transaction."""

    transaction: Transaction

    def current(self) -> Halt | None:
        """The open halt."""
        row = self._open()
        return None if row is None else _halt(row)

    def begin(self, reason: str) -> Halt:
        """Halt, once whoever is committing an effect has done so."""
        self.transaction.session.execute(select(func.lock_to_halt()))
        before = self._open()
        if before is not None:
            raise ConflictError(f"everything is {_halt(before).words}")
        row = HaltRow(reason=reason, halted_by=self.transaction.actor, halted_at=self.transaction.now, comment="")
        self.transaction.session.add(row)
        self.transaction.session.flush()
        self.transaction.note(scope=SCOPE, event="halted", subject=f"halt {row.id}", facts={"reason": reason})
        return _halt(row)

    def end(self, comment: str) -> Halt:
        """Go on."""
        self.transaction.session.execute(select(func.lock_to_halt()))
        row = self._open()
        if row is None:
            raise ConflictError("nothing is halted; there is nothing to resume")
        row.resumed_by, row.resumed_at, row.comment = self.transaction.actor, self.transaction.now, comment
        self.transaction.session.flush()
        self.transaction.note(scope=SCOPE, event="resumed", subject=f"halt {row.id}", facts={"comment": comment})
        return _halt(row)

    def listed(self, *, limit: int) -> tuple[Halt, ...]:
        """The last halts, newest first."""
        query = select(HaltRow).order_by(HaltRow.id.desc()).limit(limit)
        rows = self.transaction.session.scalars(query.execution_options(populate_existing=True))
        return tuple(_halt(row) for row in rows)

    def on_their_way(self) -> tuple[str, ...]:
        """The keys of claimed messages."""
        claimed = select(OutboxRow.key).where(OutboxRow.state == MessageState.CLAIMED.value).order_by(OutboxRow.id)
        return tuple(self.transaction.session.scalars(claimed))

    def _open(self) -> HaltRow | None:
        query = select(HaltRow).where(HaltRow.resumed_at.is_(None)).execution_options(populate_existing=True)
        return self.transaction.session.scalars(query).one_or_none()


def _halt(row: HaltRow) -> Halt:
    return Halt(
        number=row.id,
        reason=row.reason,
        halted_by=UserName(row.halted_by),
        halted_at=row.halted_at,
        resumed_by=None if row.resumed_by is None else UserName(row.resumed_by),
        resumed_at=row.resumed_at,
        comment=row.comment,
    )
