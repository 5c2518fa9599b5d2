"""The invariants of the books as queries: each finds what contradicts it and says so in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text

from core.db.laws import AUDIT_CHAIN, INVARIANTS, broken_links
from core.db.transaction import Transaction
from core.domain.errors import NotFoundError

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class SqlBookCheckStore:
    """The checks of this transaction; they only read."""

    transaction: Transaction

    def names(self) -> Mapping[str, str]:
        """Every invariant and what it says."""
        return {**{name: check.says for name, check in INVARIANTS.items()}, AUDIT_CHAIN.name: AUDIT_CHAIN.says}

    def broken(self, name: str) -> tuple[str, ...]:
        """The places where an invariant does not hold, at most twenty."""
        if name == AUDIT_CHAIN.name:
            gaps = self._sentences(AUDIT_CHAIN.queries)
            return (*broken_links(self.transaction.session), *gaps)[:_SHOWN]
        check = INVARIANTS.get(name)
        if check is None:
            raise NotFoundError(f"there is no invariant {name!r}; accepted are {sorted(self.names())}")
        return self._sentences(check.queries)

    def _sentences(self, queries: tuple[str, ...]) -> tuple[str, ...]:
        found = list[str]()
        for query in queries:
            # S608: every query is a constant of ours.
            first = text(f'SELECT said FROM ({query}) AS found (said) ORDER BY said COLLATE "C" LIMIT {_SHOWN}')  # noqa: S608
            found.extend(self.transaction.session.scalars(first, {"now": self.transaction.now}))
        return tuple(found[:_SHOWN])
