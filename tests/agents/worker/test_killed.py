"""Workers killed between any two steps: another one ends the run, and there is one effect."""

import itertools
from collections.abc import Iterator

from agents.worker.worker import Standing
from core.domain.approval import ApprovalState
from tests.agents.worker.conftest import Fresh
from tests.agents.worker.killing import Killer
from tests.agents.worker.test_worker import DONE, NOTHING, advance
from tests.agents.worker.world import World


def test_killed_anywhere_on_the_way_to_the_question(fresh_world: Fresh, killer: Killer) -> None:
    deaths = 0
    for world, passed in _deaths(fresh_world, killer):
        waiting = advance(world)

        deaths += 1
        assert waiting.standing is Standing.WAITING, passed
        assert [approval.state for approval in world.approvals()] == [ApprovalState.PENDING], passed
        assert world.effects() == NOTHING, passed

    assert deaths >= 20


def test_killed_anywhere_between_the_answer_and_the_end(answered_world: Fresh, killer: Killer) -> None:
    deaths = 0
    for world, passed in _deaths(answered_world, killer):
        done = advance(world)

        deaths += 1
        assert done.outcome == "verified", passed
        assert [approval.state for approval in world.approvals()] == [ApprovalState.EXECUTED], passed
        assert world.effects() == DONE, passed

    assert deaths >= 12


def _deaths(fresh: Fresh, killer: Killer) -> Iterator[tuple[World, tuple[str, ...]]]:
    """A world after a death at each moment in turn, and the moments the dead one had passed."""
    for moment in itertools.count(1):
        with fresh() as world:
            died = killer.advance(world, kill_at=moment)
            assert not died.failed
            if not died.killed:
                return
            yield world, died.passed
