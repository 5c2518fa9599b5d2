"""Schedule lines: the parts of an order line with one date, place and state each, the unit of confirmation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from core.domain.ids import LocationCode


class ScheduleState(StrEnum):
    """What is true of a part of an order line."""

    PROMISED = "promised"
    BACKORDERED = "backordered"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"


_S = ScheduleState
_CLOSED = (_S.SHIPPED, _S.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleLine:
    """So many units by a day from a place; what is backordered has no day."""

    day: date | None
    quantity: int
    location: LocationCode
    state: ScheduleState = ScheduleState.PROMISED


def counted(lines: Iterable[ScheduleLine], state: ScheduleState) -> int:
    """The units in a state."""
    return sum(line.quantity for line in lines if line.state is state)


def complete_on(lines: Iterable[ScheduleLine]) -> date | None:
    """The day the last promised part is promised for."""
    return max((line.day for line in lines if line.state is _S.PROMISED and line.day is not None), default=None)


def opening_schedule(
    *, ordered: int, shipped: int, cancelled: int, promised: date | None, location: LocationCode
) -> tuple[ScheduleLine, ...]:
    """The schedule of a line of which only totals are known: what is open is promised for one day, or for none."""
    parts = (
        ScheduleLine(day=None, quantity=shipped, location=location, state=_S.SHIPPED),
        ScheduleLine(day=None, quantity=cancelled, location=location, state=_S.CANCELLED),
        ScheduleLine(
            day=promised,
            quantity=ordered - shipped - cancelled,
            location=location,
            state=_S.BACKORDERED if promised is None else _S.PROMISED,
        ),
    )
    return tuple(part for part in parts if part.quantity)


def shipped_now(lines: Sequence[ScheduleLine], quantity: int) -> tuple[ScheduleLine, ...]:
    """The schedule after units left: those promised first are the ones that did, then those backordered."""
    return _closed(lines, quantity, _S.SHIPPED, sorted(_open(lines), key=_earliest))


def cancelled_now(lines: Sequence[ScheduleLine], quantity: int) -> tuple[ScheduleLine, ...]:
    """The schedule after units were cancelled: those backordered first, then those promised last."""
    return _closed(lines, quantity, _S.CANCELLED, _from_the_end(lines))


def resized(lines: Sequence[ScheduleLine], change: int, *, location: LocationCode) -> tuple[ScheduleLine, ...]:
    """The schedule after the ordered quantity changed: more is backordered, fewer are taken as a cancellation takes."""
    if change >= 0:
        more = ScheduleLine(day=None, quantity=change, location=location, state=_S.BACKORDERED)
        return _merged((*lines, more))
    _, kept = _taken(_from_the_end(lines), -change)
    return _merged((*_done(lines), *kept))


def moved_to(lines: Sequence[ScheduleLine], day: date) -> tuple[ScheduleLine, ...]:
    """The schedule after the line was promised for another day: earlier parts stay, the last ones move to it."""
    last = complete_on(lines)
    if last == day:
        return tuple(lines)
    return _merged(_moved(line, last, day) for line in lines)


def _moved(line: ScheduleLine, last: date | None, day: date) -> ScheduleLine:
    if line.state is _S.BACKORDERED:
        return replace(line, day=day, state=_S.PROMISED)
    if line.state is _S.PROMISED and line.day is not None and (line.day == last or line.day > day):
        return replace(line, day=day)
    return line


def _open(lines: Iterable[ScheduleLine]) -> list[ScheduleLine]:
    return [line for line in lines if line.state not in _CLOSED]


def _earliest(line: ScheduleLine) -> tuple[bool, date, str]:
    return (line.state is _S.BACKORDERED, line.day or date.max, line.location)


def _from_the_end(lines: Iterable[ScheduleLine]) -> list[ScheduleLine]:
    return sorted(_open(lines), key=_earliest, reverse=True)


def _done(lines: Iterable[ScheduleLine]) -> list[ScheduleLine]:
    return [line for line in lines if line.state in _CLOSED]


def _closed(
    lines: Sequence[ScheduleLine], quantity: int, state: ScheduleState, order: Sequence[ScheduleLine]
) -> tuple[ScheduleLine, ...]:
    taken, kept = _taken(order, quantity)
    return _merged((*_done(lines), *(replace(line, state=state) for line in taken), *kept))


def _taken(order: Iterable[ScheduleLine], quantity: int) -> tuple[list[ScheduleLine], list[ScheduleLine]]:
    """So many units of the parts, one part after the other, and what is left of them."""
    left, taken, kept = quantity, list[ScheduleLine](), list[ScheduleLine]()
    for line in order:
        units = min(left, line.quantity)
        left -= units
        taken.append(replace(line, quantity=units))
        kept.append(replace(line, quantity=line.quantity - units))
    return taken, kept


def _merged(lines: Iterable[ScheduleLine]) -> tuple[ScheduleLine, ...]:
    """Parts with the same day, place and state as one; closed ones first and without a day, then by day."""
    sums: dict[tuple[ScheduleState, date | None, LocationCode], int] = {}
    for line in lines:
        day = None if line.state in _CLOSED else line.day
        key = (line.state, day, line.location)
        sums[key] = sums.get(key, 0) + line.quantity
    parts = [
        ScheduleLine(day=day, quantity=quantity, location=location, state=state)
        for (state, day, location), quantity in sums.items()
        if quantity
    ]
    rank = {_S.SHIPPED: 0, _S.CANCELLED: 1, _S.PROMISED: 2, _S.BACKORDERED: 3}
    return tuple(sorted(parts, key=lambda part: (rank[part.state], part.day or date.max, part.location)))
