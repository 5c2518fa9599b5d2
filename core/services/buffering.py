"""Buffers that move plans: the days of a scorecard, accepted by a person and counted on from then on."""

from dataclasses import dataclass
from decimal import Decimal

from core.domain.buffers import LONGEST_BUFFER, MAY_BUFFER, SupplierBuffer, checked_days
from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError, NotAuthorisedError
from core.domain.ids import SupplierCode
from core.domain.scorecards import Scorecard
from core.ports.storage import UnitOfWork
from core.services.looking.naming import supplier_of
from core.services.scorecards import SHARE, WINDOW_DAYS, Scoring, scorecard, scorecards


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyBuffers:
    """Count on the word of a supplier, or of every one with a scorecard (None), plus the days by which `percent` of 100
    deliveries have come, as its scorecard of so many `days` back says."""

    supplier: str | None = None
    percent: int = SHARE
    days: int = WINDOW_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveBuffers:
    """Count on the word alone again: of a supplier, or of all that have a buffer (None)."""

    supplier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BufferSet:
    """What became of a supplier's buffer: the days before, and the version that holds now."""

    before: int
    buffer: SupplierBuffer


def apply_buffers(uow: UnitOfWork, command: ApplyBuffers) -> tuple[BufferSet, ...]:
    """Store the days the scorecards say; those that are so already are left alone. NotAuthorisedError says who may,
    NotFoundError for an unknown supplier."""
    _check_may(uow)
    asked = checked(command)
    scoring = Scoring(days=asked.days, percent=asked.percent)
    cards = scorecards(uow, scoring) if asked.supplier is None else (scorecard(uow, asked.supplier, scoring),)
    now = uow.buffers.current()
    found: list[BufferSet] = []
    for card in sorted(cards, key=lambda one: one.supplier):
        standing = now.get(card.supplier)
        wanted = (_days(card), card.buffer.percent)
        if (standing is None and not wanted[0]) or (standing and (standing.days, standing.percent) == wanted):
            continue
        found.append(_set(uow, card, before=standing.days if standing else 0))
    return tuple(found)


def remove_buffers(uow: UnitOfWork, command: RemoveBuffers) -> tuple[BufferSet, ...]:
    """Take buffers back; those that had none are left alone. Errors as above, InvalidValueError where a supplier named
    has none."""
    _check_may(uow)
    now = {code: one for code, one in uow.buffers.current().items() if one.days}
    chosen = sorted(now) if command.supplier is None else [supplier_of(uow, checked(command).supplier or "")]
    if command.supplier is not None and chosen[0] not in now:
        raise InvalidValueError(f"{chosen[0]!r} has no buffer to take back", field="supplier")
    taken = [(now[code], uow.buffers.add(code, days=0, percent=0, expected_on_time=Decimal(0))) for code in chosen]
    return tuple(BufferSet(before=before.days, buffer=after) for before, after in taken)


def buffer_days_of(uow: UnitOfWork, supplier: SupplierCode) -> int:
    """The days plans add to a supplier's word now."""
    standing = uow.buffers.current().get(supplier)
    return standing.days if standing else 0


def _set(uow: UnitOfWork, card: Scorecard, *, before: int) -> BufferSet:
    made = uow.buffers.add(
        card.supplier,
        days=checked_days(_days(card)),
        percent=card.buffer.percent,
        expected_on_time=card.buffer.expected_on_time,
    )
    return BufferSet(before=before, buffer=made)


def _days(card: Scorecard) -> int:
    return min(card.buffer.days, LONGEST_BUFFER)


def _check_may(uow: UnitOfWork) -> None:
    user = uow.users.get(uow.actor)
    if user.is_person and user.active and user.role in MAY_BUFFER:
        return
    may = " or ".join(role.value for role in MAY_BUFFER)
    raise NotAuthorisedError(f"{user.name!r} ({user.role}) may not set buffers of suppliers; {may} may", user=user.name)
