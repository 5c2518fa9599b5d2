"""Adding days to day numbers, where never plus anything stays never."""

import numpy as np

from core.planning.snapshot import NEVER, Ints


def later(day: Ints, days: Ints) -> Ints:
    """Each day moved by so many days, at most to NEVER."""
    return np.where(day >= NEVER, NEVER, np.minimum(day + days, NEVER))
