"""The desk: one piece of work at a time for a case, and no fault unseen."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any

from core.domain.errors import ConflictError
from core.domain.ids import CaseId
from tests.ui.world import AtOnce, Given
from ui.api.desk import Desk

CASE = CaseId("CASE-1")


class Later(Executor):
    """Keeps what it is given until told to do it."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.waiting.append(lambda: fn(*args, **kwargs))
        return Future()


@dataclass
class Failing:
    """A worker that cannot work."""

    error: Exception

    def advance(self, case: CaseId, *, begin: bool) -> None:
        raise self.error

    def deliver(self) -> None:
        raise self.error


def test_a_case_given_while_at_work_is_worked_on_once_more() -> None:
    worker, executor = Given(), Later()
    desk = Desk(worker, executor=executor)

    started = [desk.give(CASE, begin=False), desk.give(CASE, begin=True), desk.give(CASE, begin=False)]
    busy = desk.working(CASE)
    executor.waiting.pop()()

    assert (started, busy, executor.waiting) == ([True, False, False], True, [])
    assert worker.cases == [(CASE, False), (CASE, True)]
    assert not desk.working(CASE)


def test_a_refusal_is_kept_until_the_case_is_given_again() -> None:
    desk = Desk(Failing(ConflictError("somebody else has it")), executor=AtOnce())
    desk.give(CASE, begin=True)

    failure = desk.failure(CASE)

    assert failure is not None
    assert (failure.code, failure.message) == ("conflict", "somebody else has it")
    assert not desk.working(CASE)


def test_a_fault_is_kept_without_its_inside() -> None:
    desk = Desk(Failing(RuntimeError("password=hunter2")), executor=AtOnce())
    desk.give(CASE, begin=True)
    desk.deliver()

    failure = desk.failure(CASE)

    assert failure is not None
    assert failure.code == "internal_error"
    assert "hunter2" not in failure.message


def test_a_closed_desk_takes_nothing() -> None:
    worker = Given()
    desk = Desk(worker)
    desk.close()

    assert not desk.give(CASE, begin=True)
    desk.deliver()
    assert not desk.working(CASE)
    assert (worker.cases, worker.delivered) == ([], 0)
