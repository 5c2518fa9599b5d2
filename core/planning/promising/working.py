"""Working days of locations, and what the rules of promising make of them: when to begin, leave and come in."""

from bisect import bisect_left
from dataclasses import dataclass

from core.planning.snapshot import Flags


class WorkingDays:
    """The days on which locations work; before the business date and past the last one known every day is one."""

    def __init__(self, days: Flags, *, today: int) -> None:
        self._today = today
        self._days: list[list[bool]] = days.tolist()
        self._last = today + days.shape[1]
        self._open: dict[int, list[int]] = {}

    def before(self, location: int, day: int) -> int:
        """The day, or the last one before it on which the location works, not before today."""
        if not self._days or not self._today <= day < self._last:
            return day
        works, at = self._days[location], day - self._today
        while at >= 0 and not works[at]:
            at -= 1
        return self._today + at if at >= 0 else day

    def after(self, location: int, day: int) -> int:
        """The day, or the first one after it on which the location works."""
        if not self._days or not self._today <= day < self._last:
            return day
        works, at = self._days[location], day - self._today
        while at < len(works) and not works[at]:
            at += 1
        return self._today + at

    def forth(self, location: int, day: int, days: int) -> int:
        """So many working days after a day, which counts from the next one where it is none."""
        return self._day_at(location, self._count_before(location, day) + days)

    def back(self, location: int, day: int, days: int) -> int:
        """The last working day from which so many working days lead to this day at the latest."""
        return self._day_at(location, self._count_before(location, day + 1) - 1 - days)

    def _count_before(self, location: int, day: int) -> int:
        """Working days from the business date up to, not including, a day; negative before it."""
        if day <= self._today or not self._days:
            return day - self._today
        works = self._works(location)
        return len(works) + day - self._last if day > self._last else bisect_left(works, day)

    def _day_at(self, location: int, number: int) -> int:
        """The day of a working day's number, counted from the business date."""
        if number < 0 or not self._days:
            return self._today + number
        works = self._works(location)
        return works[number] if number < len(works) else self._last + number - len(works)

    def _works(self, location: int) -> list[int]:
        found = self._open.get(location)
        if found is None:
            found = [at for at, works in enumerate(self._days[location], start=self._today) if works]
            self._open[location] = found
        return found


@dataclass(frozen=True, slots=True)
class Times:
    """When things happen: in calendar days, or in working days where the rules count those as scans do."""

    working: WorkingDays
    counted: bool

    def begun(self, place: int, due: int, days: int) -> int:
        """The last day on which making that takes so many days can begin to be done on the due day at the latest."""
        return self.working.back(place, due, days) if self.counted else due - days

    def done(self, place: int, begin: int, days: int) -> int:
        """The day on which what is begun on a day and takes so many is done."""
        return self.working.forth(place, begin, days) if self.counted else begin + days

    def leaves(self, place: int, day: int) -> int:
        """The last day, this one at the latest, on which something can leave."""
        return self.working.back(place, day, 0) if self.counted else self.working.before(place, day)

    def comes_by(self, place: int, day: int) -> int:
        """The last day on which something can come that is to be there on a day."""
        return self.working.back(place, day, 0) if self.counted else day

    def there(self, place: int, day: int) -> int:
        """The day on which something that comes on a day is there."""
        return self.working.forth(place, day, 0) if self.counted else day
