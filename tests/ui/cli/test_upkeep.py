"""Upkeep goes on for as long as the program serves, whatever one round of it meets."""

import threading

from core.domain.errors import StorageUnavailableError
from ui.cli.upkeep import tended


def test_upkeep_runs_at_once_and_again_after_a_round_that_failed() -> None:
    rounds: list[int] = []
    third = threading.Event()

    def tend() -> None:
        rounds.append(len(rounds))
        if len(rounds) == 1:
            raise StorageUnavailableError("the database is away")
        if len(rounds) == 2:
            raise RuntimeError("a fault nobody foresaw")
        third.set()

    with tended(tend, every=0.001):
        came = third.wait(30)

    assert came
    assert rounds[:3] == [0, 1, 2]


def test_upkeep_has_ended_when_its_block_has() -> None:
    rounds: list[int] = []

    with tended(lambda: rounds.append(1), every=3600):
        pass

    assert "upkeep" not in {thread.name for thread in threading.enumerate()}
    assert len(rounds) == 1
