"""What may leave now: ship-complete, partial lines, least quantities, least values and lines that belong together."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.line_sets import may_ship_now
from core.domain.order_life import OrderState
from core.domain.order_terms import SetRule
from core.domain.orders import SalesOrder, SalesOrderLine
from tests.builders import SO_1, company, day

ORDER = next(order for order in company().sales_orders if order.number == SO_1)
LINES = tuple(replace(line, state=OrderState.CONFIRMED) for line in company().sales_order_lines if line.order == SO_1)


def in_set(rule: SetRule) -> tuple[SalesOrderLine, ...]:
    return tuple(replace(line, line_set="A", set_rule=rule) for line in LINES)


def least(units: int) -> tuple[SalesOrderLine, ...]:
    return (replace(LINES[0], minimum_shipment=units), LINES[1])


CASES: dict[str, tuple[SalesOrder, tuple[SalesOrderLine, ...], dict[int, int], tuple[str, ...]]] = {
    "a part": (ORDER, LINES, {1: 10}, ()),
    "nothing": (ORDER, LINES, {1: 0}, ("nothing is to leave",)),
    "too much": (ORDER, LINES, {1: 41}, ("line 1 has 40 units open, 41 cannot leave",)),
    "no such line": (ORDER, LINES, {9: 1}, ("line 9 has 0 units open, 1 cannot leave",)),
    "on hold": (ORDER, (replace(LINES[0], state=OrderState.ON_HOLD),), {1: 40}, ("line 1 is on hold",)),
    "complete": (replace(ORDER, ship_complete=True), LINES, {1: 40, 2: 2}, ()),
    "not complete": (
        replace(ORDER, ship_complete=True),
        LINES,
        {1: 40, 2: 1},
        ("the order ships complete; line 2 would be missing or short",),
    ),
    "whole lines": (replace(ORDER, allow_partial=False), LINES, {1: 40}, ()),
    "a line in part": (
        replace(ORDER, allow_partial=False),
        LINES,
        {1: 39},
        ("the customer takes no partial lines; line 1 would be short",),
    ),
    "too few": (ORDER, least(20), {1: 19}, ("line 1 leaves with 20 units or more, not 19",)),
    "the last few": (ORDER, least(50), {1: 40}, ()),
    "worth too little": (
        replace(ORDER, minimum_value=Decimal(500)),
        LINES,
        {1: 19},
        ("a shipment is worth 500.00 USD or more, this one 475.00",),
    ),
    "the rest is always worth it": (replace(ORDER, minimum_value=Decimal(5000)), LINES, {1: 40, 2: 2}, ()),
    "together": (ORDER, in_set(SetRule.SHIP), {1: 40, 2: 2}, ()),
    "apart": (
        ORDER,
        in_set(SetRule.SHIP),
        {1: 40},
        ("the lines of set A leave together; line 2 would be missing or short",),
    ),
    "arriving apart": (
        ORDER,
        in_set(SetRule.ARRIVE),
        {1: 40},
        ("the lines of set A arrive together; line 2 would arrive on another day",),
    ),
}


@pytest.mark.parametrize(("order", "lines", "quantities", "because"), CASES.values(), ids=CASES.keys())
def test_a_shipment(
    order: SalesOrder, lines: tuple[SalesOrderLine, ...], quantities: dict[int, int], because: tuple[str, ...]
) -> None:
    assert may_ship_now(order, lines, quantities).because == because


def test_lines_that_arrive_together_may_leave_apart() -> None:
    lines = in_set(SetRule.ARRIVE)

    assert may_ship_now(ORDER, lines, {1: 40}, arrivals={2: day(6)}, arrives_on=day(6)).allowed
    assert not may_ship_now(ORDER, lines, {1: 40}, arrivals={2: day(7)}, arrives_on=day(6)).allowed


@given(complete=st.booleans(), partial=st.booleans(), minimum=st.integers(1, 60), rule=st.sampled_from(SetRule))
def test_everything_that_is_open_may_always_leave_at_once(
    complete: bool, partial: bool, minimum: int, rule: SetRule
) -> None:
    order = replace(ORDER, ship_complete=complete, allow_partial=partial, minimum_value=Decimal(10**6))
    lines = tuple(replace(line, minimum_shipment=minimum) for line in in_set(rule))

    assert may_ship_now(order, lines, {line.line: line.open_quantity for line in lines}).allowed
