"""Forgetting what is over, by the owner's functions: the application may say how old, never which."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from core.db.transaction import Transaction
from core.domain.errors import NotFoundError
from core.domain.retention import Passing


@dataclass(frozen=True, slots=True)
class SqlRetentionStore:
    """What is over, in this transaction."""

    transaction: Transaction

    def count(self, kind: Passing, *, before: datetime) -> int:
        """How many rows are over."""
        return self.transaction.session.scalars(select(func.count_over(kind.value, before))).one()

    def forget(self, kind: Passing, *, before: datetime, most: int) -> int:
        """Forget some of them; how many."""
        gone = select(func.forget_over(kind.value, before, self.transaction.now, most))
        return self.transaction.session.scalars(gone).one()


def refuse_forgotten(at: datetime | None, *, what: str) -> None:
    """NotFoundError where the words of something are forgotten."""
    if at is not None:
        raise NotFoundError(f"what {what} said was forgotten on {at:%Y-%m-%d}; its hash is kept", what=what)
