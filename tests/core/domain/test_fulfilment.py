"""A line is as far as its least advanced unit, and gets there by legal steps."""

from itertools import pairwise

import pytest

from core.domain.fulfilment import UnderWay, line_state, way
from core.domain.order_life import OrderState, may_become
from core.domain.shipments import ShipmentState


@pytest.mark.parametrize(
    ("open_quantity", "waiting", "in_transit", "not_invoiced", "state"),
    [
        (10, [], 0, 0, OrderState.CONFIRMED),
        (10, [(ShipmentState.RELEASED, 6)], 0, 0, OrderState.CONFIRMED),
        (10, [(ShipmentState.RELEASED, 6), (ShipmentState.PACKED, 4)], 0, 0, OrderState.RELEASED),
        (4, [(ShipmentState.PICKED, 4)], 6, 6, OrderState.PICKED),
        (0, [], 6, 10, OrderState.SHIPPED),
        (0, [], 0, 10, OrderState.DELIVERED),
        (0, [], 0, 0, OrderState.INVOICED),
    ],
)
def test_a_line_is_as_far_as_its_least_advanced_unit(
    open_quantity: int,
    waiting: list[tuple[ShipmentState, int]],
    in_transit: int,
    not_invoiced: int,
    state: OrderState,
) -> None:
    parts = [UnderWay(state=at, quantity=units) for at, units in waiting]

    found = line_state(open_quantity=open_quantity, under_way=parts, in_transit=in_transit, not_invoiced=not_invoiced)

    assert found is state


def test_the_way_goes_forward_and_back_by_legal_steps() -> None:
    there = way(OrderState.CONFIRMED, OrderState.PICKED)
    back = way(OrderState.PACKED, OrderState.CONFIRMED)

    assert there == (OrderState.ALLOCATED, OrderState.RELEASED, OrderState.PICKED)
    assert back == (OrderState.PICKED, OrderState.RELEASED, OrderState.CONFIRMED)
    for steps in ((OrderState.CONFIRMED, *there), (OrderState.PACKED, *back)):
        assert all(may_become(old, new) for old, new in pairwise(steps))


def test_there_is_no_way_out_of_an_end() -> None:
    assert way(OrderState.CLOSED, OrderState.CONFIRMED) == ()
    assert way(OrderState.PICKED, OrderState.PICKED) == ()
