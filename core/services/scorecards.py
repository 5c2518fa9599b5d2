"""Scorecards: how suppliers have done in a window, and the days to add to their word, both from what has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.domain.errors import InvalidValueError
from core.domain.ids import SupplierCode
from core.domain.scorecards import BoughtLine, Buffer, Scorecard, Window, delivered
from core.planning.robustness.lateness import Lateness, SupplierLateness
from core.planning.snapshot import day_number
from core.ports.storage import UnitOfWork
from core.services.looking.naming import supplier_of
from core.services.track_records import supplier_lateness

SHARE = 80
WINDOW_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """What is asked of scorecards: how many days back, and of how many of 100 deliveries the buffer is to make sure;
    InvalidValueError outside 1 to 99."""

    days: int = WINDOW_DAYS
    percent: int = SHARE

    def __post_init__(self) -> None:
        if not 1 <= self.percent <= 99:
            raise InvalidValueError(f"a share of {self.percent!r} percent is none; accepted is 1 to 99", field="share")


def scorecards(uow: UnitOfWork, scoring: Scoring) -> tuple[Scorecard, ...]:
    """Of every supplier of whom a line was due in the window; the lowest share on time first, then by code."""
    window = _window(uow, scoring)
    lines: dict[SupplierCode, list[BoughtLine]] = {}
    for line in uow.receiving.bought_lines(first=window.since, last=window.as_of):
        lines.setdefault(line.supplier, []).append(line)
    lateness = supplier_lateness(uow, as_of=day_number(window.as_of))
    cards = [_card(uow, code, rows, _Known(window, scoring.percent, lateness)) for code, rows in lines.items()]
    return tuple(sorted(cards, key=_worst_first))


def scorecard(uow: UnitOfWork, said: str, scoring: Scoring) -> Scorecard:
    """Of one supplier, by code or name, even where nothing has come of it; NotFoundError where there is none."""
    code = supplier_of(uow, said)
    window = _window(uow, scoring)
    lines = uow.receiving.bought_lines(first=window.since, last=window.as_of, supplier=code)
    lateness = supplier_lateness(uow, as_of=day_number(window.as_of))
    return _card(uow, code, lines, _Known(window, scoring.percent, lateness))


def buffer_of(lateness: Lateness, *, percent: int) -> Buffer:
    """The days to add to a supplier's word so that this percent of its deliveries is in time."""
    expected = Decimal(round(lateness.within(0) * 1000)) / 10
    return Buffer(percent=percent, days=lateness.days_for(percent), expected_on_time=expected)


@dataclass(frozen=True, slots=True)
class _Known:
    """What all scorecards of one asking have in common."""

    window: Window
    percent: int
    lateness: SupplierLateness


def _card(uow: UnitOfWork, code: SupplierCode, lines: Sequence[BoughtLine], known: _Known) -> Scorecard:
    return Scorecard(
        supplier=code,
        name=uow.company.supplier(code).name,
        window=known.window,
        delivered=delivered(lines, known.window),
        buffer=buffer_of(known.lateness.of(code), percent=known.percent),
    )


def _window(uow: UnitOfWork, scoring: Scoring) -> Window:
    return Window(as_of=uow.company.settings().as_of, days=scoring.days)


def _worst_first(card: Scorecard) -> tuple[bool, Decimal, str]:
    """By the share itself, not as it is rounded; nothing known last."""
    share = card.delivered.on_time
    return (share.of == 0, Decimal(share.part) / (share.of or 1), card.supplier)
