"""When making begins and ends and supply arrives at one node, as core/planning/timing.py has it for all at once."""

from dataclasses import dataclass

import numpy as np

from core.planning.snapshot import NEVER, Ints
from core.planning.workdays import Workdays


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """In calendar days, or by the working days of the groups where there are `workdays`."""

    as_of: int
    workdays: Workdays | None

    def begins(self, group: int, need: int, lead: int) -> int:
        """The day making must begin at the latest; the business date where that has passed."""
        if self.workdays is None:
            return max(need - lead, self.as_of)
        back = self.workdays.back(_one(group), _one(need), _one(lead))
        return max(int(back[0]), self.as_of)

    def arrives(self, group: int, day: int) -> int:
        """The day what comes on a day is there."""
        return day if self.workdays is None else int(self.workdays.after(_one(group), _one(day), 0)[0])

    def ends_after(self, group: int, *, ready: int, start: int, due: int) -> int:
        """The day a work order from start to due ends whose components are ready on a day."""
        if self.workdays is None:
            return _later(ready, max(due - start, 0))
        takes = self.workdays.between(_one(group), _one(start), _one(due))
        return int(self.workdays.after(_one(group), _one(ready), takes)[0])

    def ends(self, group: int, begin: Ints, lead: int, *, made: bool) -> Ints:
        """The days of what is made, or ordered, from these days on."""
        if self.workdays is None:
            return np.where(begin >= NEVER, NEVER, np.minimum(begin + lead, NEVER))
        place = np.full(begin.size, group)
        if made:
            return self.workdays.after(place, begin, lead)
        return self.workdays.after(place, np.where(begin >= NEVER, NEVER, np.minimum(begin + lead, NEVER)), 0)


def _one(value: int) -> Ints:
    return np.array([value], dtype=np.int64)


def _later(day: int, days: int) -> int:
    return NEVER if day >= NEVER else min(day + days, NEVER)
