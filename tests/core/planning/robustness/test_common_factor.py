"""Dice that fall together and are uniform each on its own."""

import math

import numpy as np

from core.planning.robustness.common_factor import normal, normal_inverse, together


def _dice(key: int) -> np.ndarray:
    return np.random.Generator(np.random.Philox(key=key)).random(40_000)


def test_the_normal_function_and_its_inverse_are_the_exact_ones() -> None:
    at = np.linspace(-5, 5, 201)
    exact = np.array([math.erfc(-value / math.sqrt(2)) / 2 for value in at.tolist()])

    assert float(np.abs(normal(at) - exact).max()) < 3e-8
    assert float(np.abs(normal_inverse(exact) - at).max()) < 1e-5


def test_each_stays_uniform_and_what_is_common_correlates() -> None:
    common = _dice(1)
    one, other = together(_dice(2), common, 0.15), together(_dice(3), common, 0.15)

    assert [round(float((one < share).mean()), 2) for share in (0.05, 0.5, 0.9)] == [0.05, 0.5, 0.9]
    assert round(float(np.corrcoef(normal_inverse(one), normal_inverse(other))[0, 1]), 2) == 0.15
    assert float(one.max()) < 1


def test_nothing_in_common_leaves_the_dice_as_they_are_and_everything_makes_them_one() -> None:
    own, common = _dice(2), _dice(1)

    assert together(own, common, 0) is own
    assert float(np.abs(together(own, common, 1) - common).max()) < 1e-6
