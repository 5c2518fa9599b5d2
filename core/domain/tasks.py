"""Tasks of people: what only a person can settle, who in which role, until when, and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.domain.ids import ProposalId, UserName
from core.domain.users import Role


class TaskKind(StrEnum):
    """What is asked of a person; the answers allowed follow from it (ANSWERS)."""

    QUESTION = "question"
    OFFER = "offer"
    PRICE = "price"
    WAIVER = "waiver"
    CORRECTION = "correction"
    RECOUNT = "recount"
    CREDIT = "credit"
    RETURN = "return"
    CHANGE = "change"


class TaskState(StrEnum):
    """Open until it is answered, or withdrawn because what it was about is taken back."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


ANSWERS: Mapping[TaskKind, tuple[str, ...]] = {
    TaskKind.QUESTION: ("done",),
    TaskKind.OFFER: ("accepted", "declined", "no answer"),
    TaskKind.PRICE: ("accepted", "agreed another", "refused"),
    TaskKind.WAIVER: ("released", "refused"),
    TaskKind.CORRECTION: ("confirmed", "corrected", "rejected"),
    TaskKind.RECOUNT: ("as counted", "as in the books", "other"),
    TaskKind.CREDIT: ("granted", "refused", "prepaid"),
    TaskKind.CHANGE: ("applied", "declined"),
    TaskKind.RETURN: ("restock", "rework", "refurbish", "recycle", "reuse", "scrap"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something for a person of a role (None: any who may write), known by its subject, due on a date (None: soon).

    `about` names the thing it is about as the audit does: `order:SO-1`, `lot:L-7`. A plan's task carries its proposal.
    """

    subject: str
    text: str
    kind: TaskKind = TaskKind.QUESTION
    role: Role | None = None
    about: str = ""
    due: date | None = None
    proposal: ProposalId | None = None
    state: TaskState = TaskState.OPEN
    answer: str = ""
    note: str = ""
    answered_by: UserName | None = None
    answered_at: datetime | None = None
    created_at: datetime | None = None

    @property
    def answers(self) -> tuple[str, ...]:
        """What a person may say to it."""
        return ANSWERS[self.kind]

    def overdue(self, today: date) -> bool:
        """Whether it is still open after the day it was due."""
        return self.state is TaskState.OPEN and self.due is not None and self.due < today
