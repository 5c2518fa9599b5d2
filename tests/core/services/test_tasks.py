"""Who may answer a task, in which words, and which tasks are overdue."""

from dataclasses import replace

import pytest

from core.domain.errors import DomainError, InvalidValueError, NotAuthorisedError, NotFoundError
from core.domain.tasks import Task, TaskKind, TaskState
from core.domain.users import Role, User
from core.services.tasks import AnswerTask, answer_task, open_tasks, overdue_tasks
from tests.builders import MARIA, PAUL, VIVIAN, day
from tests.desk import Desk

CREDIT = Task(subject="credit SO-1", text="grant it?", kind=TaskKind.CREDIT, role=Role.FINANCE, due=day(-1))


def said(answer: str = "granted", *, key: str = "k", note: str = "") -> AnswerTask:
    return AnswerTask(key=key, subject="credit SO-1", answer=answer, note=note)


def test_the_same_answer_twice_is_one_answer(desk: Desk) -> None:
    with desk.open() as uow:
        uow.tasks.open(CREDIT)
    with desk.open() as uow:
        first = answer_task(uow, said(), MARIA)
    with desk.open() as uow:
        again = answer_task(uow, said(), MARIA)

    assert (first == again, first.state, first.answer) == (True, TaskState.DONE, "granted")


@pytest.mark.parametrize(
    ("command", "user", "error"),
    [
        (said("maybe"), MARIA, InvalidValueError),
        (said(""), MARIA, InvalidValueError),
        (said(note="x" * 2001), MARIA, InvalidValueError),
        (said(), PAUL, NotAuthorisedError),
        (said(), VIVIAN, NotAuthorisedError),
        (said(), replace(MARIA, active=False), NotAuthorisedError),
        (replace(said(), subject="other"), MARIA, NotFoundError),
    ],
)
def test_what_is_no_answer_changes_nothing(
    desk: Desk, command: AnswerTask, user: User, error: type[DomainError]
) -> None:
    with desk.open() as uow:
        uow.tasks.open(CREDIT)

    with desk.open() as uow, pytest.raises(error):
        answer_task(uow, command, user)

    with desk.open() as uow:
        assert [(task.subject, task.state) for task in open_tasks(uow)] == [("credit SO-1", TaskState.OPEN)]


def test_a_task_is_overdue_after_its_day(desk: Desk) -> None:
    with desk.open() as uow:
        for task in (
            CREDIT,
            replace(CREDIT, subject="later", due=day(0)),
            replace(CREDIT, subject="some day", due=None),
        ):
            uow.tasks.open(task)

    with desk.open() as uow:
        assert [task.subject for task in overdue_tasks(uow)] == ["credit SO-1"]
        assert [task.subject for task in open_tasks(uow)] == ["credit SO-1", "later", "some day"]
