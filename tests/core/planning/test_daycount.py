"""Days added to days, never staying never."""

import numpy as np

from core.planning.daycount import later
from core.planning.snapshot import NEVER


def test_never_plus_days_is_never() -> None:
    days = later(np.array([10, NEVER, NEVER - 1]), np.array([3, 3, 3]))

    assert days.tolist() == [13, NEVER, NEVER]
