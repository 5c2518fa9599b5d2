"""A common factor: dice of several orders that fall high, and low, together, each still uniform on its own.

A uniform number u has the normal number F^-1(u). With a share s of a supplier's slips common to all its orders, the
dice of an order are F(sqrt(s) common + sqrt(1 - s) own): the one-factor Gaussian copula (Vasicek, The distribution of
loan portfolio value, Risk 15(12), 2002). Its chances alone stay what they were, whatever the share.
"""

import math
from typing import Final

import numpy as np

from core.planning.robustness.lateness import Floats

COMMON_SHARE: Final = 0.15
"""Of the slips of one supplier's orders. From 2,250 orders of the USAID Supply Chain Management System promised in 2010
to 2012, each supplier's orders of one quarter together: 0.156 (`expediter eval lateness`)."""
_REACH, _CELLS = 8.0, 16_384
_GRID: Final = np.linspace(-_REACH, _REACH, _CELLS + 1)
_AREA: Final = np.array([math.erfc(-at / math.sqrt(2)) / 2 for at in _GRID.tolist()])
_ONE = np.nextafter(1.0, 0.0)


def normal(values: Floats) -> Floats:
    """The normal distribution function, by linear interpolation between 16,384 cells: within 3e-8."""
    return np.interp(values, _GRID, _AREA)


def normal_inverse(uniform: Floats) -> Floats:
    """Its inverse, within 8 standard deviations."""
    return np.interp(uniform, _AREA, _GRID)


def together(own: Floats, common: Floats, share: float) -> Floats:
    """Uniform numbers of [0, 1) of an order, of which so much is common, 0 (nothing) to 1 (all of it)."""
    if share <= 0:
        return own
    mixed = math.sqrt(share) * normal_inverse(common) + math.sqrt(1 - share) * normal_inverse(own)
    return np.minimum(normal(mixed), _ONE)
