"""A task is asked once about a subject, answered once, and listed by the day it is due."""

import pytest

from core.domain.errors import NotFoundError
from core.domain.tasks import Task, TaskKind, TaskState
from core.domain.users import Role
from tests.builders import MARIA, day
from tests.desk import Desk


def test_a_person_is_asked_once_about_one_subject(desk: Desk) -> None:
    for text in ("first", "second"):
        with desk.open() as uow:
            uow.tasks.open(Task(subject="message a", text=text))

    with desk.open() as uow:
        trail = uow.audit.trail("task:message a")
        assert [(event, facts.count("first")) for _, _, event, _, facts in trail] == [("person_asked", 1)]
        assert uow.tasks.get("message a").text == "first"


def test_tasks_are_listed_by_the_day_they_are_due_and_answered_once(desk: Desk) -> None:
    credit = Task(
        subject="b", text="may they?", kind=TaskKind.CREDIT, role=Role.FINANCE, about="order:SO-1", due=day(3)
    )
    with desk.open() as uow:
        asked = [uow.tasks.open(task) for task in (Task(subject="a", text="look"), credit)]
        listed = uow.tasks.listed()
        answered = uow.tasks.answer("b", answer="granted", note="they paid")

    with desk.open() as uow, pytest.raises(NotFoundError, match="no open task 'b'"):
        uow.tasks.answer("b", answer="refused")

    with desk.open() as uow:
        left = uow.tasks.listed()
    assert (asked, [task.subject for task in listed], [task.subject for task in left]) == (
        [True] * 2,
        ["b", "a"],
        ["a"],
    )
    assert (listed[0].role, listed[0].about, listed[0].due) == (Role.FINANCE, "order:SO-1", day(3))
    assert (answered.state, answered.answer, answered.note) == (TaskState.DONE, "granted", "they paid")
    assert (answered.answered_by, answered.answered_at) == (MARIA.name, desk.clock.now)


def test_a_task_withdrawn_is_not_asked_again(desk: Desk) -> None:
    with desk.open() as uow:
        uow.tasks.open(Task(subject="a", text="look"))
        taken = [uow.tasks.withdraw("a"), uow.tasks.withdraw("a"), uow.tasks.open(Task(subject="a", text="again"))]

    with desk.open() as uow:
        assert (taken, uow.tasks.listed()) == ([True, False, False], ())
        assert uow.tasks.get("a").state is TaskState.WITHDRAWN
