"""Tasks of people: asked, listed, answered in the words of their kind, and found when they are overdue."""

from dataclasses import dataclass

from core.domain.errors import InvalidValueError, NotAuthorisedError
from core.domain.showing import shown
from core.domain.tasks import Task, TaskKind
from core.domain.users import Role, User
from core.ports.storage import UnitOfWork

LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTask:
    """What a person says to a task; an empty answer stands for the first its kind allows."""

    key: str
    subject: str
    answer: str = ""
    note: str = ""


def ask_person(uow: UnitOfWork, subject: str, text: str) -> None:
    """Open a plain task for whoever may settle it, once a subject."""
    uow.tasks.open(Task(subject=subject, text=text))


def open_tasks(uow: UnitOfWork) -> tuple[Task, ...]:
    """The open tasks, those due first first."""
    return uow.tasks.listed()


def overdue_tasks(uow: UnitOfWork) -> tuple[Task, ...]:
    """The open tasks whose day has passed on the business date, the longest overdue first."""
    today = uow.company.settings().as_of
    return tuple(task for task in uow.tasks.listed() if task.overdue(today))


def answer_task(uow: UnitOfWork, command: AnswerTask, user: User) -> Task:
    """Record the answer. InvalidValueError lists the answers the kind allows, NotAuthorisedError the role asked."""
    return uow.commands.once(command.key, command, Task, lambda: _answered(uow, command, user))


def _answered(uow: UnitOfWork, command: AnswerTask, user: User) -> Task:
    task = uow.tasks.get(command.subject)
    refused = why_not_answer(user, task)
    if refused:
        raise NotAuthorisedError(refused, user=user.name)
    accepted = task.answers
    answer = command.answer or (accepted[0] if task.kind is TaskKind.QUESTION else "")
    if answer not in accepted:
        raise InvalidValueError(
            f"answer {shown(command.answer)} to task {task.subject!r} is not one of {', '.join(map(repr, accepted))}",
            field="answer",
        )
    if len(command.note) > LONGEST_NOTE:
        raise InvalidValueError(
            f"a note of {len(command.note)} characters is too long; accepted: up to {LONGEST_NOTE}", field="note"
        )
    return uow.tasks.answer(task.subject, answer=answer, note=command.note)


def why_not_answer(user: User, task: Task) -> str | None:
    """Why this person may not settle it, None when the person may. A viewer or a program answers nothing; a task for a
    role is answered in it, or by an operations manager."""
    if not user.is_person or not user.active or user.role is Role.VIEWER:
        return f"{user.name!r} ({user.role}) may not settle tasks; another role does"
    if task.role is not None and user.role not in {task.role, Role.OPERATIONS_MANAGER}:
        asked = f"task {task.subject!r} is for {task.role.value!r} or 'operations_manager'"
        return f"{asked}, {user.name!r} is {user.role.value!r}"
    return None
