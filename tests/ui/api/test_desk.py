"""The desk: one piece of work at a time for a case, and no fault unseen."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from core.domain.errors import ConflictError
from core.domain.ids import CaseId
from tests.ui.world import AtOnce
from ui.api.desk import Desk

CASE = CaseId("CASE-1")


class Later(Executor):
    """Keeps what it is given until told to do it."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.waiting.append(lambda: fn(*args, **kwargs))
        return Future()


def test_a_case_given_twice_is_worked_on_in_turn_not_at_once() -> None:
    done: list[CaseId] = []
    executor = Later()
    desk = Desk(done.append, executor=executor)

    started = [desk.give(CASE), desk.give(CASE), desk.give(CASE)]
    busy = desk.working(CASE)
    executor.waiting.pop()()

    assert (started, busy, executor.waiting) == ([True, False, False], True, [])
    assert done == [CASE, CASE]
    assert not desk.working(CASE)


def test_a_refusal_is_kept_until_the_case_is_given_again() -> None:
    def refuse(_: CaseId) -> None:
        raise ConflictError("somebody else has it")

    desk = Desk(refuse, executor=AtOnce())
    desk.give(CASE)

    failure = desk.failure(CASE)

    assert failure is not None
    assert (failure.code, failure.message) == ("conflict", "somebody else has it")
    assert not desk.working(CASE)


def test_a_fault_is_kept_without_its_inside() -> None:
    def fail(_: CaseId) -> None:
        raise RuntimeError("password=hunter2")

    desk = Desk(fail, executor=AtOnce())
    desk.give(CASE)

    failure = desk.failure(CASE)

    assert failure is not None
    assert failure.code == "internal_error"
    assert "hunter2" not in failure.message


def test_a_closed_desk_takes_nothing() -> None:
    desk = Desk(print)
    desk.close()

    assert not desk.give(CASE)
    assert not desk.working(CASE)
