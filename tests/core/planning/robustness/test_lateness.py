"""Chances of days late."""

import numpy as np
import pytest

from core.domain.errors import InvalidValueError
from core.planning.robustness.lateness import EARLIEST, LATEST, SPAN, Lateness, SupplierLateness, lateness_of, stated
from core.planning.robustness.pooled import POINTS, POOL, POOLED


def _of(chances: dict[int, float]) -> Lateness:
    chance = np.zeros(SPAN)
    for day, share in chances.items():
        chance[day - EARLIEST] = share
    return Lateness(chance=chance)


def test_within_counts_the_days_up_to_it() -> None:
    late = _of({-2: 0.25, 0: 0.5, 4: 0.25})

    assert [late.within(day) for day in (-3, -2, 0, 3, 4, 999, -999)] == [0.0, 0.25, 0.75, 0.75, 1.0, 1.0, 0.0]


def test_expected_days_late_count_early_deliveries_as_nothing() -> None:
    assert _of({-20: 0.5, 4: 0.25, 8: 0.25}).expected_days_late() == 3.0


def test_days_are_the_inverse_of_the_distribution() -> None:
    late = _of({-2: 0.25, 0: 0.5, 4: 0.25})

    assert late.days(np.array([0.0, 0.24, 0.26, 0.74, 0.76, 0.999]), at_least=EARLIEST).tolist() == [-2, -2, 0, 0, 4, 4]


def test_what_has_not_come_yet_comes_in_the_days_that_are_left() -> None:
    late = _of({-2: 0.25, 0: 0.5, 4: 0.125, 10: 0.125})

    assert late.days(np.array([0.0, 0.49, 0.51]), at_least=1).tolist() == [4, 4, 10]


def test_what_is_later_than_anything_known_comes_at_once() -> None:
    late = _of({0: 1.0})

    assert late.days(np.array([0.1, 0.9]), at_least=3).tolist() == [3, 3]
    assert late.days(np.array([0.5]), at_least=LATEST + 40).tolist() == [LATEST + 40]


def test_points_spread_evenly_between_each_other() -> None:
    late = lateness_of([(-2, 200_000), (0, 600_000), (4, 1_000_000)])

    assert late.chance[late.chance > 0].round(9).tolist() == [0.2, 0.2, 0.2, 0.1, 0.1, 0.1, 0.1]
    assert round(late.within(0), 9) == 0.6


@pytest.mark.parametrize(
    "points", [[], [(0, 500_000)], [(0, 600_000), (1, 500_000)], [(1, 1), (0, 1_000_000)], [(0, 1), (181, 1_000_000)]]
)
def test_points_that_are_no_distribution_are_refused(points: list[tuple[int, int]]) -> None:
    with pytest.raises(InvalidValueError, match="no distribution"):
        lateness_of(points)


def test_a_stated_share_on_time_scales_both_sides() -> None:
    found = Lateness(chance=stated(_of({-1: 0.4, 0: 0.4, 5: 0.2}).chance, 0.5))

    assert [round(found.within(day), 9) for day in (-1, 0, 4, 5)] == [0.25, 0.5, 0.5, 1.0]


def test_a_supplier_nobody_knows_is_as_late_as_the_pool() -> None:
    known = SupplierLateness(pool=POOL, suppliers={"V1": _of({7: 1.0})})

    assert known.expected_days_late("V1") == 7.0
    assert known.of("V2") is POOL


def test_the_pool_is_late_in_one_delivery_of_nine() -> None:
    assert round(POOLED.pool.within(0), 6) == dict(POINTS)[0] / 1_000_000 == 0.885122
    assert round(POOL.expected_days_late(), 1) == 2.5
