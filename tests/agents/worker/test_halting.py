"""A run that is halted between its steps goes on from there: nothing is lost, and nothing is done meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from agents.worker.opening import open_worker
from agents.worker.worker import Standing
from core.domain.ids import UserName
from core.ports.storage import OpenUnitOfWork, UnitOfWork
from core.services.halting import HaltCommand, ResumeCommand, halt, is_halted, resume
from tests.agents.worker.world import APPROVAL, CASE, MARY, World

NOTHING = {"executed": 0, "reserved": 0, "placed": 0}


@dataclass(slots=True)
class HaltsAt:
    """Opens units of work; before the one of this number somebody halts everything."""

    inner: OpenUnitOfWork
    at: int
    opened: int = 0

    def __call__(self, actor: UserName, /) -> UnitOfWork:
        self.opened += 1
        if self.opened == self.at:
            with self.inner(MARY) as uow:
                halt(uow, HaltCommand(reason="let us look first"))
        return self.inner(actor)


def test_a_run_halted_before_every_step_ends_as_one_that_was_not(desk_world: World) -> None:
    with desk_world.application() as app, open_worker(app) as worker:
        halted = until_it_rests(app.open_uow, lambda opener: replace(worker, open_uow=opener).advance(CASE).standing)
        assert halted >= 5
        assert [(one.id, one.state.value) for one in desk_world.approvals()] == [(APPROVAL, "pending")]
        assert desk_world.effects() == NOTHING

        desk_world.decide(APPROVAL)
        with app.open_uow(MARY) as uow:
            halt(uow, HaltCommand(reason="not yet"))
        standing = worker.advance(CASE)
        assert (standing.standing, worker.sweep(), worker.tend()) == (Standing.HALTED, (), (standing,))
        assert "by mary: not yet" in standing.message
        assert desk_world.effects() == NOTHING

        with app.open_uow(MARY) as uow:
            resume(uow, ResumeCommand())
        done = worker.advance(CASE)

    assert (done.standing, done.outcome) == (Standing.CLOSED, "verified")
    assert desk_world.effects() == {"executed": 1, "reserved": 40, "placed": 0}


def until_it_rests(open_uow: OpenUnitOfWork, advance: Callable[[OpenUnitOfWork], Standing]) -> int:
    """Advance, halted before the third look each time and resumed; how often until nothing was left to halt."""
    for times in range(40):
        standing = advance(HaltsAt(open_uow, at=3))
        with open_uow(MARY) as uow:
            if is_halted(uow):
                resume(uow, ResumeCommand())
        if standing is not Standing.HALTED:
            assert standing is Standing.WAITING
            return times
    raise AssertionError("the run never came to rest")
