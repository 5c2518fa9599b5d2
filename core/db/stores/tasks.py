"""The tasks of people, each asked once a subject."""

from dataclasses import dataclass

from sqlalchemy import Select, select, update
from sqlalchemy.dialects.postgresql import insert

from core.db.rows import HumanTaskRow
from core.db.transaction import Transaction
from core.domain.errors import NotFoundError
from core.domain.ids import ProposalId, UserName
from core.domain.tasks import Task, TaskKind, TaskState
from core.domain.users import Role


@dataclass(frozen=True, slots=True)
class SqlTaskStore:
    """Human tasks of this transaction."""

    transaction: Transaction

    def open(self, task: Task) -> bool:
        """Ask; False when the subject is known already, whatever became of it."""
        statement = insert(HumanTaskRow).values(
            subject=task.subject,
            text=task.text,
            state=TaskState.OPEN.value,
            created_at=self.transaction.now,
            kind=task.kind.value,
            role=task.role.value if task.role else None,
            about=task.about,
            due=task.due,
            answer="",
            note="",
            proposal_id=task.proposal,
        )
        asked = self.transaction.session.execute(
            statement.on_conflict_do_nothing(index_elements=["subject"]).returning(HumanTaskRow.id)
        ).one_or_none()
        if asked is not None:
            facts = {"text": task.text, "kind": task.kind.value, "role": task.role, "about": task.about}
            self._note("person_asked", task.subject, {**facts, "due": task.due})
        return asked is not None

    def get(self, subject: str) -> Task:
        """One task; NotFoundError when nobody asked."""
        row = self.transaction.one(HumanTaskRow, HumanTaskRow.subject == subject, what=f"task {subject!r}")
        return task_of(row)

    def listed(self) -> tuple[Task, ...]:
        """The open ones, those due first first, those without a date last."""
        query = select(HumanTaskRow).where(HumanTaskRow.state == TaskState.OPEN.value)
        return self._found(query.order_by(HumanTaskRow.due.nulls_last(), HumanTaskRow.id))

    def of_proposal(self, proposal: ProposalId) -> tuple[Task, ...]:
        """All a plan asked, answered ones too, by subject."""
        query = select(HumanTaskRow).where(HumanTaskRow.proposal_id == proposal)
        return self._found(query.order_by(HumanTaskRow.subject))

    def answer(self, subject: str, *, answer: str, note: str = "") -> Task:
        """Close an open task with what was answered, by the one who acts; NotFoundError when it is not open."""
        actor, now = self.transaction.actor, self.transaction.now
        if not self._closed(
            subject, state=TaskState.DONE.value, answer=answer, note=note, answered_by=actor, answered_at=now
        ):
            raise NotFoundError(f"there is no open task {subject!r}; `expediter tasks` lists them")
        self._note("task_done", subject, {"answer": answer, "note": note})
        return self.get(subject)

    def withdraw(self, subject: str) -> bool:
        """Stop asking; False when it was answered or withdrawn before."""
        withdrawn = self._closed(subject, state=TaskState.WITHDRAWN.value)
        if withdrawn:
            self._note("task_withdrawn", subject, {})
        return withdrawn

    def _closed(self, subject: str, **values: object) -> bool:
        closed = self.transaction.session.execute(
            update(HumanTaskRow)
            .where(HumanTaskRow.subject == subject, HumanTaskRow.state == TaskState.OPEN.value)
            .values(**values)
            .returning(HumanTaskRow.id)
        )
        return closed.one_or_none() is not None

    def _found(self, query: Select[HumanTaskRow]) -> tuple[Task, ...]:
        rows = self.transaction.session.scalars(query.execution_options(populate_existing=True))
        return tuple(task_of(row) for row in rows)

    def _note(self, event: str, subject: str, facts: dict[str, object]) -> None:
        self.transaction.note(scope=f"task:{subject}", event=event, subject=subject, facts=facts)


def task_of(row: HumanTaskRow) -> Task:
    """The task of a row."""
    return Task(
        subject=row.subject,
        text=row.text,
        kind=TaskKind(row.kind),
        role=Role(row.role) if row.role else None,
        about=row.about,
        due=row.due,
        proposal=ProposalId(row.proposal_id) if row.proposal_id else None,
        state=TaskState(row.state),
        answer=row.answer,
        note=row.note,
        answered_by=UserName(row.answered_by) if row.answered_by else None,
        answered_at=row.answered_at,
        created_at=row.created_at,
    )
