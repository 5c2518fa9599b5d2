"""The tasks of people in the books."""

from typing import Protocol

from core.domain.ids import ProposalId
from core.domain.tasks import Task


class TaskStore(Protocol):
    """Tasks by subject; a subject is asked about once."""

    def open(self, task: Task) -> bool:
        """Ask; False when the subject is known already, whatever became of it."""
        ...

    def get(self, subject: str) -> Task:
        """One task; NotFoundError when nobody asked."""
        ...

    def listed(self) -> tuple[Task, ...]:
        """The open ones, those due first first, those without a date last."""
        ...

    def of_proposal(self, proposal: ProposalId) -> tuple[Task, ...]:
        """All a plan asked, answered ones too, by subject."""
        ...

    def answer(self, subject: str, *, answer: str, note: str = "") -> Task:
        """Close an open task with what was answered, by the one who acts; NotFoundError when it is not open."""
        ...

    def withdraw(self, subject: str) -> bool:
        """Stop asking; False when it was answered or withdrawn before."""
        ...
