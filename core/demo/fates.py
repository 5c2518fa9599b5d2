"""What the next day does to a case, and why: the declared changes of the later pack, and what became of the cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.domain.cases import DetectedCase, ExceptionType
from core.domain.ids import CaseId


class Fate(StrEnum):
    """What becomes of a case."""

    OPENED = "opened"
    REFRESHED = "refreshed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedChange:
    """One change of the next day: the case, told by its type and root, what becomes of it, and why."""

    fate: Fate
    type: ExceptionType
    root: str
    why: str

    def is_of(self, case: DetectedCase) -> bool:
        """Whether the case is the one that was planted."""
        return (self.type, self.root) == (case.type, case.root)


def fates(
    before: Mapping[CaseId, DetectedCase], after: Mapping[CaseId, DetectedCase]
) -> dict[Fate, dict[CaseId, DetectedCase]]:
    """What became of the open cases: those that opened, those that say something else, those that are over. That
    another day has gone by is nothing new."""
    opened = {id_: case for id_, case in after.items() if id_ not in before}
    moved = {id_: case for id_, case in after.items() if id_ in before and _substance(before[id_]) != _substance(case)}
    closed = {id_: case for id_, case in before.items() if id_ not in after}
    return {Fate.OPENED: opened, Fate.REFRESHED: moved, Fate.CLOSED: closed}


def _substance(case: DetectedCase) -> tuple[object, ...]:
    """What a case is about: the units, the money and the lines, not the words for the day."""
    return case.lacking, case.exposure, sorted((one.order, one.line, one.short) for one in case.impacts)
