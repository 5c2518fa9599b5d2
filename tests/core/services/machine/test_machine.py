"""The core under random work: whatever people do, in whatever order, the books agree with themselves after each step.

Two seeds of 2,500 steps run with the other tests. `MACHINE_SEEDS=50` in the environment runs as many shorter ones.
"""

import os

import pytest
from hypothesis import Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from core.db.unit_of_work import open_engine
from tests.core.services.machine.machine import Company
from tests.core.services.machine.opening import opened
from tests.desk import Desk

CI_SEEDS = 2
SEEDS = int(os.environ.get("MACHINE_SEEDS", CI_SEEDS))
STEPS = 50
# Hypothesis ends some examples before the last step, so there are more of them than the steps asked for would need.
EXAMPLES, LEAST = (57, 2_500) if SEEDS <= CI_SEEDS else (12, 400)
RULES = 12
# A failure is told with all its steps; with MACHINE_SHRINK=1 it is shrunk first, which takes minutes.
PHASES = (Phase.generate, *([Phase.shrink] if os.environ.get("MACHINE_SHRINK") else []))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(1, SEEDS + 1))
def test_every_law_holds_after_every_step(desk: Desk, number: int) -> None:
    opened(desk)
    engine = open_engine(desk.urls.app)
    with engine.connect() as connection:
        machine = type("Company", (Company,), {"connection": connection, "urls": desk.urls, "answers": {}, "steps": 0})
        machine.start = desk.clock.now
        seed(number)(machine)

        run_state_machine_as_test(
            machine, settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, phases=PHASES)
        )

    engine.dispose()
    assert machine.steps >= LEAST
    assert sum("done" in said for said in machine.answers.values()) >= RULES
