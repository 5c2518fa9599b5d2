"""Scorecards of suppliers: what came, when, how much and at what price, beside what was asked, with the counts behind
each figure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from core.domain.errors import InvalidValueError
from core.domain.ids import PurchaseOrderNo, SupplierCode

THIN = 5
"""Fewer cases than this say little: the figure is marked thin."""
RECENT_DAYS = 91
_STEADY = Decimal(5)
_TENTH = Decimal("0.1")


class Trend(StrEnum):
    """The share on time of the last quarter beside that before it; within five percent points it is steady."""

    BETTER = "better"
    STEADY = "steady"
    WORSE = "worse"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoughtLine:
    """A line of a purchase order that was sent, neither draft nor cancelled.

    `due` is the day counted on, `asked_for` the one asked for first, `price` the one ordered at first. `came` are the
    days on which units were taken and how many, `answered` the days the supplier said, `prices` those it said or
    charged, oldest first. `waiting` is whether units are still to come.
    """

    supplier: SupplierCode
    order: PurchaseOrderNo
    line: int
    ordered: int
    due: date
    asked_for: date
    price: Decimal
    came: tuple[tuple[date, int], ...] = ()
    answered: tuple[date, ...] = ()
    prices: tuple[Decimal, ...] = ()
    waiting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many."""

    part: int
    of: int

    @property
    def percent(self) -> Decimal | None:
        """The share in percent, one decimal, halves up; None of nothing."""
        if not self.of:
            return None
        return (Decimal(100 * self.part) / self.of).quantize(_TENTH, rounding=ROUND_HALF_UP)

    @property
    def thin(self) -> bool:
        """Whether too few cases are behind it to go by."""
        return self.of < THIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The business date and how many days up to it are looked at; InvalidValueError outside 1 to 3650 days."""

    as_of: date
    days: int = 365

    def __post_init__(self) -> None:
        if not 1 <= self.days <= 3650:
            raise InvalidValueError(f"a window of {self.days!r} days is none; accepted is 1 to 3650", field="days")

    @property
    def since(self) -> date:
        """The first day of it."""
        return date.fromordinal(max(1, self.as_of.toordinal() - self.days))


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What the lines due in a window come to.

    `on_time` and `as_asked` are shares of deliveries (the parts of a line that came on one day) and overdue lines: by
    the day counted on, and by the one asked for first. `median_late` and `ninth_late` are the days after the day
    counted on by which half and nine tenths of the late deliveries had come. `units` are those that came of those
    ordered, without what came beyond an order. `dates_kept` and `prices_kept` are lines of which every answer, and
    every price said or charged, was no later and no dearer than asked.
    """

    lines: int
    deliveries: int
    overdue: int
    on_time: Share
    as_asked: Share
    median_late: int | None
    ninth_late: int | None
    units: Share
    dates_kept: Share
    prices_kept: Share
    recent: Share
    before: Share

    @property
    def trend(self) -> Trend:
        """Whether it has become better; unknown where either part is thin."""
        now, then = self.recent.percent, self.before.percent
        if now is None or then is None or self.recent.thin or self.before.thin:
            return Trend.UNKNOWN
        if abs(now - then) <= _STEADY:
            return Trend.STEADY
        return Trend.BETTER if now > then else Trend.WORSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Buffer:
    """Days to add to a supplier's word so that `percent` of what it delivers is in time, and the percent that is in
    time without; both from its fitted lateness, which leans on other suppliers where history is thin."""

    percent: int
    days: int
    expected_on_time: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """How a supplier has done in a window, and what to add to its word."""

    supplier: SupplierCode
    name: str
    window: Window
    delivered: Delivered
    buffer: Buffer
    advice: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "advice", _advice(self.supplier, self.buffer))


def delivered(lines: Iterable[BoughtLine], window: Window) -> Delivered:
    """What lines come to of which the day counted on lies in the window; the others are left out, and so is what came
    after the business date. The order of the lines does not matter."""
    mine = [line for line in lines if window.since <= line.due <= window.as_of]
    kept = [(line, on) for line in mine for on, _ in line.came if on <= window.as_of]
    overdue = [line for line in mine if line.waiting and line.due < window.as_of]
    late = sorted((on - line.due).days for line, on in kept if on > line.due)
    recently = window.as_of - timedelta(days=RECENT_DAYS)

    def on_time(wanted: Callable[[BoughtLine], bool], due: Callable[[BoughtLine], date] = _due) -> Share:
        came = [on <= due(line) for line, on in kept if wanted(line)]
        return Share(part=sum(came), of=len(came) + sum(wanted(line) for line in overdue))

    return Delivered(
        lines=len(mine),
        deliveries=len(kept),
        overdue=len(overdue),
        on_time=on_time(_every),
        as_asked=on_time(_every, _asked),
        median_late=_rank(late, 50),
        ninth_late=_rank(late, 90),
        units=Share(part=sum(_units(line, window) for line in mine), of=sum(line.ordered for line in mine)),
        dates_kept=_kept([max(line.answered) <= line.asked_for for line in mine if line.answered]),
        prices_kept=_kept([max(line.prices) <= line.price for line in mine if line.prices]),
        recent=on_time(lambda line: line.due > recently),
        before=on_time(lambda line: line.due <= recently),
    )


def _due(line: BoughtLine) -> date:
    return line.due


def _asked(line: BoughtLine) -> date:
    return line.asked_for


def _every(_: BoughtLine) -> bool:
    return True


def _units(line: BoughtLine, window: Window) -> int:
    return min(line.ordered, sum(units for on, units in line.came if on <= window.as_of))


def _kept(cases: Sequence[bool]) -> Share:
    return Share(part=sum(cases), of=len(cases))


def _rank(days: Sequence[int], percent: int) -> int | None:
    """The smallest of the sorted days by which so many percent of them are reached (nearest rank)."""
    return days[(len(days) * percent + 99) // 100 - 1] if days else None


def _advice(supplier: SupplierCode, buffer: Buffer) -> str:
    if not buffer.days:
        return f"{supplier} needs no more days than it says for {buffer.percent} of 100 deliveries to be in time"
    days = "1 day" if buffer.days == 1 else f"{buffer.days} days"
    return f"{supplier} needs {days} more than it says for {buffer.percent} of 100 deliveries to be in time"
