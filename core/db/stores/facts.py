"""Facts for people: each query of core/db/facts gives figures by name."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import text

from core.db.facts import QUERIES
from core.db.transaction import Transaction
from core.domain.facts import FactScope, Measured


@dataclass(frozen=True, slots=True)
class SqlFactStore:
    """What the ledgers say in this transaction."""

    transaction: Transaction

    def measure(self, scope: FactScope) -> tuple[Measured, ...]:
        """The figures of every query, in the order the query gives them."""
        session = self.transaction.session
        session.flush()
        values = {
            "first": scope.first,
            "last": scope.last,
            "until": scope.until,
            "as_of": scope.as_of,
            "days": scope.days,
            "labour": scope.labour_per_case,
            "best": scope.best,
        }
        return tuple(
            Measured(name=name, of=of, numerator=_number(above), denominator=_number(below), value=_number(value))
            for query in QUERIES
            for name, of, above, below, value in session.execute(text(query), values)
        )


def _number(found: int | Decimal | None) -> Decimal | None:
    return None if found is None else Decimal(found)
