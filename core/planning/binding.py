"""What sets the day on which a requirement is all there: a receipt, a lead time, a calendar, a work centre, a lane."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from core.planning.outcome import NetResult
from core.planning.snapshot import NEVER, Ints

_NONE: Ints = np.zeros(0, dtype=np.int64)


class Bind(StrEnum):
    """The kinds of binding constraint."""

    NO_SUPPLY = "no supply"
    RECEIPT = "receipt"
    LEAD_TIME = "lead time"
    CALENDAR = "calendar"
    CAPACITY = "capacity"
    LANE = "lane"
    ALTERNATE = "alternate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What binds a requirement, and the day it is all there. `center` is the work centre of a capacity, `taking` the
    row of the takings of a lane or an alternate (-1 none)."""

    kind: Bind
    day: int
    center: int = -1
    taking: int = -1


def takings_of(result: NetResult, requirement: int) -> Ints:
    """The rows of what a requirement takes from elsewhere, in the order it was tried."""
    return result.taken.get(requirement, _NONE)


def units_from_elsewhere(result: NetResult, requirement: int) -> int:
    """How many of its short units a requirement could take from elsewhere."""
    return int(result.takings.units[takings_of(result, requirement)].sum())


def binding_of(result: NetResult, requirement: int, *, lead_end: int) -> Binding:
    """What binds one requirement; `lead_end` is the day new units could be there by their lead time, in calendar days
    from when their components are there (NEVER where nobody supplies)."""
    needs, day = result.requirements, int(result.requirements.available[requirement])
    rows, short = takings_of(result, requirement), int(needs.short[requirement])
    last = rows[result.takings.day[rows] == day]
    rest = short - units_from_elsewhere(result, requirement)
    if rest > 0 and day == lead_end:
        return Binding(kind=Bind.NO_SUPPLY if day == NEVER else Bind.LEAD_TIME, day=day)
    if last.size:
        kind = Bind.LANE if result.takings.lane[last[0]] >= 0 else Bind.ALTERNATE
        return Binding(kind=kind, day=day, taking=int(last[0]))
    if rest <= 0 or (short < int(needs.quantity[requirement]) and int(needs.cover[requirement]) == day):
        return Binding(kind=Bind.RECEIPT, day=day)
    center = int(result.center[requirement]) if result.center.size else -1
    if center >= 0:
        return Binding(kind=Bind.CAPACITY, day=day, center=center)
    return Binding(kind=Bind.CALENDAR if result.rules.calendars else Bind.LEAD_TIME, day=day)
