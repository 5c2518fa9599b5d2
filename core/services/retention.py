"""Forgetting what is over, in small transactions: one that is killed leaves those before it done, and is done again."""

from collections.abc import Mapping

from core.domain.ids import UserName
from core.domain.retention import Passing, Terms
from core.ports.storage import OpenUnitOfWork, UnitOfWork

AT_ONCE = 1000
SCOPE = "retention"
# Checkpoints are kept by their own role, and forgotten where runs are known.
BY_THE_BOOKS = tuple(kind for kind in Passing if kind is not Passing.CHECKPOINTS)


def over(uow: UnitOfWork, terms: Terms) -> Mapping[Passing, int]:
    """How many rows of each kind would be forgotten now."""
    before = terms.before(uow.now)
    return {kind: uow.retention.count(kind, before=before[kind]) for kind in BY_THE_BOOKS}


def forget(open_uow: OpenUnitOfWork, terms: Terms, *, by: UserName, at_once: int = AT_ONCE) -> Mapping[Passing, int]:
    """Forget all that is over; how many rows of each kind."""
    return {kind: _forget(open_uow, kind, terms, by=by, at_once=at_once) for kind in BY_THE_BOOKS}


def _forget(open_uow: OpenUnitOfWork, kind: Passing, terms: Terms, *, by: UserName, at_once: int) -> int:
    done = 0
    while True:
        with open_uow(by) as uow:
            before = terms.before(uow.now)[kind]
            gone = uow.retention.forget(kind, before=before, most=at_once)
            if gone:
                facts = {"rows": gone, "before": before.isoformat()}
                uow.audit.note(scope=SCOPE, event="forgotten", subject=kind.value, facts=facts)
        done += gone
        if gone < at_once:
            return done
