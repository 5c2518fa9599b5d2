"""What the next day does to a case, and why: the declared changes of the later pack."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.cases import ExceptionType


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
