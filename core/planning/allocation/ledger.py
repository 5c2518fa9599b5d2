"""Supply over days as a ledger: what has been given away, and what can still be given on a day without a later gap."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.domain.errors import InvalidValueError


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """Units on a day (a day number)."""

    day: int
    quantity: int


class SupplyLedger:
    """The units of one item at one place: what comes on which day, less what is committed.

    `available(day)` is available-to-promise with look-ahead: ATP(t) = max(0, min over u >= t of PAB(u)), where PAB(u)
    is what has come by u less what is committed by u (domain.md g1). So giving it on the day takes nothing from anyone.
    """

    def __init__(self, supply: Iterable[Portion]) -> None:
        coming: dict[int, int] = {}
        for portion in supply:
            if portion.quantity < 0:
                raise InvalidValueError(f"supply of {portion.quantity!r} units on day {portion.day} is less than none")
            coming[portion.day] = coming.get(portion.day, 0) + portion.quantity
        self._days = sorted(coming)
        self._balance = [coming[day] for day in self._days]
        for at in range(1, len(self._balance)):
            self._balance[at] += self._balance[at - 1]

    @property
    def days(self) -> tuple[int, ...]:
        """The days on which something comes or is committed."""
        return tuple(self._days)

    def available(self, day: int) -> int:
        """Units that can be given on the day and leave no later day short."""
        at = bisect_right(self._days, day) - 1
        return max(0, min(self._balance[max(at, 0) :])) if at >= 0 else 0

    def give(self, portion: Portion, *, sign: int = 1) -> None:
        """Commit units from the day on; with sign -1 take a commitment back."""
        at = bisect_right(self._days, portion.day) - 1
        if at < 0 or self._days[at] != portion.day:
            at += 1
            self._days.insert(at, portion.day)
            self._balance.insert(at, self._balance[at - 1] if at else 0)
        for later in range(at, len(self._balance)):
            self._balance[later] -= sign * portion.quantity

    def take_back(self, portions: Iterable[Portion]) -> None:
        """Undo commitments."""
        for portion in portions:
            self.give(portion, sign=-1)

    def earliest(self, quantity: int, *, since: int) -> tuple[Portion, ...]:
        """As many of the units as there are from a day on, each on the first day it can be given; nothing is
        committed. No other choice has more units by any day."""
        given = list[Portion]()
        left = quantity
        for day in (since, *self._days[bisect_left(self._days, since + 1) :]):
            units = min(left, self.available(day) - (quantity - left))
            if units > 0:
                given.append(Portion(day=day, quantity=units))
                left -= units
            if not left:
                break
        return tuple(given)


def by_day(portions: Sequence[Portion], day: int) -> int:
    """Units on or before a day."""
    return sum(portion.quantity for portion in portions if portion.day <= day)


def together(portions: Iterable[Portion]) -> tuple[Portion, ...]:
    """One portion a day, sorted, none empty."""
    days: dict[int, int] = {}
    for portion in portions:
        days[portion.day] = days.get(portion.day, 0) + portion.quantity
    return tuple(Portion(day=day, quantity=days[day]) for day in sorted(days) if days[day])
