"""Lists of what waits for people: tasks."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.domain.tasks import TaskKind, TaskState
from core.domain.users import Role


class TaskSort(StrEnum):
    """What tasks may be sorted by: when they were asked, the day they are due."""

    ASKED = "asked"
    DUE = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilter:
    """Which tasks of people are wanted; `about` is the thing as the audit names it, such as `order:SO-1`."""

    state: TaskState | None = None
    kind: TaskKind | None = None
    role: Role | None = None
    about: str | None = None
    due_before: date | None = None
