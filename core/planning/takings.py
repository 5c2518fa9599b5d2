"""Takings: units of a requirement that come from another place, or as another item, by position and interval."""

from dataclasses import dataclass, fields

import numpy as np

from core.planning.snapshot import Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Takings:
    """Per taking: the requirement (position) and so many units of it, by way of a row of the lanes or of the alternates
    (-1 the other), for which `taken` units of the donor (item, group) are used: those from `low` on of what it receives
    and keeps for nobody. `days` are those of the lane, `day` the one on which the units are there (0 as long as that is
    not known)."""

    requirement: Ints
    units: Ints
    lane: Ints
    alternate: Ints
    item: Ints
    group: Ints
    low: Ints
    taken: Ints
    days: Ints
    day: Ints

    def of_each(self, requirements: int) -> Ints:
        """Units taken for each of so many requirements."""
        total = np.zeros(requirements, dtype=np.int64)
        np.add.at(total, self.requirement, self.units)
        return total


_NONE = np.zeros(0, dtype=np.int64)
NO_TAKINGS = Takings(
    requirement=_NONE,
    units=_NONE,
    lane=_NONE,
    alternate=_NONE,
    item=_NONE,
    group=_NONE,
    low=_NONE,
    taken=_NONE,
    days=_NONE,
    day=_NONE,
)


def joined_takings(parts: list[Takings]) -> Takings:
    """The rows of all parts, in that order."""
    if not parts:
        return NO_TAKINGS
    return Takings(**{c.name: np.concatenate([getattr(part, c.name) for part in parts]) for c in fields(Takings)})
