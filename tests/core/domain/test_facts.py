"""Figures out of what was measured: shares within 0 and 100, and no value where there is nothing to divide by."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.fact_table import FACTS
from core.domain.facts import FactDefinition, Measure, Measured, kpis_of


def defined(measure: Measure) -> FactDefinition:
    return FactDefinition(name="x", title="X", measure=measure, unit="", says="", counts="")


def valued(measure: Measure, above: object, below: object, value: object = None) -> Decimal | None:
    numbers = [None if number is None else Decimal(str(number)) for number in (above, below, value)]
    one = Measured(name="x", of="", numerator=numbers[0], denominator=numbers[1], value=numbers[2])
    return kpis_of((defined(measure),), (one,))[0].value


@given(part=st.integers(0, 10**12), rest=st.integers(0, 10**12))
def test_a_share_of_a_whole_is_within_0_and_100(part: int, rest: int) -> None:
    share = valued(Measure.PERCENT, part, part + rest)

    assert (share is None) == (part + rest == 0)
    assert share is None or 0 <= share <= 100


@pytest.mark.parametrize("measure", [Measure.PERCENT, Measure.EACH, Measure.EACH_HUNDRED])
def test_nothing_to_divide_by_is_no_value(measure: Measure) -> None:
    assert [valued(measure, above, below) for above, below in ((0, 0), (None, 0), (5, None))] == [None, None, None]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Measure.PERCENT, "12.50"),
        (Measure.EACH_HUNDRED, "12.50"),
        (Measure.EACH, "0.13"),  # halves go up
        (Measure.TOTAL, "1.00"),
        (Measure.MIDDLE, "3.00"),
    ],
)
def test_each_measure_has_its_own_value(measure: Measure, expected: str) -> None:
    assert str(valued(measure, 1, 8, 3)) == expected


def test_figures_come_in_the_order_of_their_definitions_and_none_is_left_out() -> None:
    last = Measured(name=FACTS[-1].name, of="Q-1", numerator=Decimal(1), denominator=Decimal(2), value=None)

    found = kpis_of(FACTS, (last,))

    assert [kpi.name for kpi in found] == [fact.name for fact in FACTS]
    assert (found[-1].of, found[-1].value) == ("Q-1", 50)
    assert {kpi.value for kpi in found[:-1]} == {None}


def test_every_name_is_used_once() -> None:
    names = [fact.name for fact in FACTS]

    assert len(names) == len(set(names))
