"""Free minutes of the work centres by day: what their calendars give, less what is booked.

Past the days the snapshot resolves the last week it knows comes again and again; where it knows less than a week, its
first day does. Nothing is looked for beyond ten years.
"""

from dataclasses import dataclass, replace

import numpy as np

from core.domain.errors import InvalidValueError
from core.planning.snapshot import Bookings, Ints, Snapshot

LAST_DAY = 3650
_WEEK = 7
_LIMIT = 2**44


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeMinutes:
    """`by_day[centre, day]` are minutes left, days counted from the business date. Beyond them a centre gives what
    `whole` says, less what `bookings` take: the columns of what is known."""

    as_of: int
    by_day: Ints
    whole: Ints
    bookings: Bookings

    @property
    def days(self) -> int:
        """How many days are laid out."""
        return self.by_day.shape[1]

    def until(self, days: int) -> "FreeMinutes":
        """The same with at least so many days laid out, at most those that are looked at."""
        days = min(days, LAST_DAY)
        if days <= self.days:
            return self
        more = _less_booked(self, np.arange(self.days, days))
        return replace(self, by_day=np.concatenate((self.by_day, more), axis=1))

    def less(self, centers: Ints, taken: Ints) -> "FreeMinutes":
        """The same without these minutes of some centres, by day as far as they go."""
        by_day = self.by_day.copy()
        by_day[centers, : taken.shape[1]] -= taken
        return replace(self, by_day=by_day)

    def reversed(self) -> "FreeMinutes":
        """What is laid out with the last day first."""
        return replace(self, by_day=np.ascontiguousarray(self.by_day[:, ::-1]))


def free_minutes(snapshot: Snapshot) -> FreeMinutes:
    """What is free at each centre on the days the snapshot resolves."""
    whole = snapshot.work_centers.minutes
    most, accepted = int(whole.max(initial=0)), _LIMIT // (LAST_DAY * max(1, whole.shape[0]))
    if most > accepted:
        raise InvalidValueError(f"a work centre has {most!r} minutes on one day; accepted: up to {accepted}")
    none = np.zeros((whole.shape[0], 0), dtype=np.int64)
    laid_out = FreeMinutes(as_of=snapshot.as_of, by_day=none, whole=whole, bookings=snapshot.bookings)
    return laid_out.until(max(1, whole.shape[1]))


def _less_booked(free: FreeMinutes, days: Ints) -> Ints:
    """Minutes of all centres on these neighbouring days."""
    minutes = _whole(free.whole, days)
    at = free.bookings.day - free.as_of - days[0]
    inside = np.flatnonzero((at >= 0) & (at < days.size))
    np.subtract.at(minutes, (free.bookings.center[inside], at[inside]), free.bookings.minutes[inside])
    return np.maximum(minutes, 0)


def _whole(minutes: Ints, days: Ints) -> Ints:
    known = minutes.shape[1]
    if known == 0:
        return np.zeros((minutes.shape[0], days.size), dtype=np.int64)
    again = known - _WEEK + (days - known) % _WEEK if known >= _WEEK else np.zeros_like(days)
    return minutes[:, np.where(days < known, days, again)]
