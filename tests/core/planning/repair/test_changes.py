"""Which lines a plan helps and hurts, counted in days."""

import numpy as np

from core.planning.repair.changes import helped, hurt
from core.planning.repair.lateness import Picture
from core.planning.snapshot import NEVER

DUE = 10


def _picture(projected: int, short: int = 0) -> Picture:
    """One line of ten units due on day ten."""
    longs = np.zeros(1, dtype=np.int64)
    return Picture(
        due=np.full(1, DUE, dtype=np.int32),
        projected=np.full(1, projected, dtype=np.int32),
        short=longs + short,
        kept=np.array([projected <= DUE and not short]),
        groundless=np.array([short > 0]),
        lateness=longs,
        exposure=longs,
    )


def _counted(before: Picture, after: Picture) -> tuple[bool, bool]:
    return bool(helped(before, after)[0]), bool(hurt(before, after)[0])


def test_a_line_that_comes_sooner_is_helped() -> None:
    assert _counted(_picture(14), _picture(12)) == (True, False)


def test_a_line_that_gets_a_date_where_there_was_none_is_helped() -> None:
    assert _counted(_picture(NEVER, 5), _picture(60)) == (True, False)


def test_a_line_that_loses_its_date_is_hurt() -> None:
    assert _counted(_picture(9), _picture(NEVER, 5)) == (False, True)


def test_a_line_that_slips_and_is_late_or_uncovered_is_hurt_however_firm_its_day_now_is() -> None:
    assert _counted(_picture(12, 5), _picture(14)) == (False, True)
    assert _counted(_picture(8, 5), _picture(9, 5)) == (False, True)


def test_a_line_that_slips_but_stays_on_time_is_neither() -> None:
    assert _counted(_picture(5), _picture(9)) == (False, False)


def test_a_line_that_only_rests_on_ordered_supply_now_is_neither() -> None:
    assert _counted(_picture(14, 5), _picture(14)) == (False, False)
