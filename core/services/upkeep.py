"""Upkeep: what time alone does to the books, done in small transactions again and again; each piece may be repeated."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from core.ports.storage import UnitOfWork
from core.services.holding import keep_claims_of_held, lapse_holds
from core.services.ordering.amending import cancel_past
from core.services.ordering.quoting import expire_quotes
from core.services.ordering.recurring import due_recurring
from core.services.overtaking import overtake
from core.services.reserving import expire_reservations
from core.services.stocking.lots import expire_lots

# Longer than any process that keeps the books goes without asking what changed.
CHANGES_KEPT = timedelta(hours=1)
Piece = Callable[[UnitOfWork], int]


def _reservations(uow: UnitOfWork) -> int:
    keep_claims_of_held(uow)
    return len(expire_reservations(uow))


def _lots(uow: UnitOfWork) -> int:
    return len(expire_lots(uow))


def _quotes(uow: UnitOfWork) -> int:
    return len(expire_quotes(uow, today=uow.company.settings().as_of))


def _holds(uow: UnitOfWork) -> int:
    return len(lapse_holds(uow, today=uow.company.settings().as_of))


def _cancelled(uow: UnitOfWork) -> int:
    return len(cancel_past(uow, today=uow.company.settings().as_of))


def _recurring(uow: UnitOfWork) -> int:
    return len(due_recurring(uow, as_of=uow.company.settings().as_of))


def _overtaken(uow: UnitOfWork) -> int:
    return len(overtake(uow))


def _runs(uow: UnitOfWork) -> int:
    return len(uow.runs.end_overdue())


def _changes(uow: UnitOfWork) -> int:
    return uow.forget_changes(keep=CHANGES_KEPT)


# In this order, each a transaction of its own and each with what it counts.
PIECES: Mapping[str, Piece] = {
    "reservations_expired": _reservations,
    "lots_expired": _lots,
    "quotes_expired": _quotes,
    "holds_lapsed": _holds,
    "lines_cancelled": _cancelled,
    "recurring_drafted": _recurring,
    "proposals_overtaken": _overtaken,
    "runs_ended": _runs,
    "changes_forgotten": _changes,
}
