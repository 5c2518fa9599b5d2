"""Erasing a person, by the owner's function: the application may not rewrite history, and says only which request."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, text

from core.db.transaction import Transaction
from core.domain.master_data import MasterDataKind

SCOPE = "erasures"
_FOUND = text("SELECT place, hits FROM marks_found(CAST(:marks AS text[]))")
_ERASE = text("SELECT place, hits FROM erase_person(:request, :stand_in, :at)")


@dataclass(frozen=True, slots=True)
class SqlErasureStore:
    """Erasures in this transaction."""

    transaction: Transaction

    def found(self, marks: Sequence[str]) -> Mapping[str, int]:
        """Where they stand now."""
        if not marks:
            return {}
        return _by_table(self.transaction.session.execute(_FOUND, {"marks": list(marks)}).all())

    def erase(self, request: str, *, stand_in: str) -> Mapping[str, int]:
        """Replace them."""
        transaction = self.transaction
        told = {"request": request}
        transaction.declare(MasterDataKind.PACK, scope=SCOPE, event="erasure_agreed", subject=stand_in, facts=told)
        transaction.session.flush()
        values = {"request": request, "stand_in": stand_in, "at": transaction.now}
        done = _by_table(transaction.session.execute(_ERASE, values).all())
        transaction.session.expire_all()
        transaction.note(scope=SCOPE, event="person_erased", subject=stand_in, facts={"request": request, "rows": done})
        return done


def _by_table(rows: Sequence[Row[str, int]]) -> dict[str, int]:
    found = Counter[str]()
    for place, hits in rows:
        found[place] += hits
    return dict(sorted(found.items()))
