"""What is available to promise can be given without a new shortage, and not one unit more."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.planning.atp import AvailableToPromise, available_to_promise, donor_surplus
from core.planning.netting import net
from core.planning.rules import Policy, ScanRules
from core.planning.snapshot import NEVER, Snapshot
from tests.core.planning.books import AS_OF, book
from tests.core.planning.strategies import books

_FLAT = ScanRules(policy=Policy.FIRST_COME, pool_locations=True, use_bom=False)


def test_a_later_promise_holds_back_units_on_hand_now() -> None:
    promise = _promise(demand=[("S1", 1, "A", 7, 5)], supply=[("PO", "P1", "A", 4, 9)])

    assert promise.projected.tolist() == [10, 3, 7]
    assert [promise.on(AS_OF + day) for day in (-4, 0, 5, 8, 9, 99)] == [3, 3, 3, 3, 7, 7]


def test_the_earliest_day_is_when_enough_is_free_but_not_before_the_day_asked_for() -> None:
    promise = _promise(demand=[("S1", 1, "A", 7, 5)], supply=[("PO", "P1", "A", 4, 9)])

    assert promise.earliest(3, not_before=AS_OF + 2) == AS_OF + 2
    assert promise.earliest(4, not_before=AS_OF + 2) == AS_OF + 9
    assert promise.earliest(8, not_before=AS_OF) == NEVER


def test_safety_stock_is_kept_when_asked() -> None:
    snapshot = book(items=[("A", False, 0, 4)], stock=[("A", 10)])
    result = net(snapshot, _FLAT)

    assert available_to_promise(snapshot, result, 0, 0).on(AS_OF) == 10
    assert available_to_promise(snapshot, result, 0, 0, keep_safety_stock=True).on(AS_OF) == 6


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(books(), st.integers(0, 10), st.integers(0, 3))
def test_adding_what_is_available_hurts_nobody_and_one_more_does(snapshot: Snapshot, day: int, item: int) -> None:
    units = available_to_promise(snapshot, net(snapshot, _FLAT), item, 0).on(AS_OF + day)

    assert _shortage(_with_line(snapshot, item, units, AS_OF + day), item) == _shortage(snapshot, item)
    assert _shortage(_with_line(snapshot, item, units + 1, AS_OF + day), item) > _shortage(snapshot, item)


def test_a_donor_with_a_promise_to_keep_gives_only_the_rest() -> None:
    snapshot = book(
        items=[("A",)],
        locations=[("EAST", "S1"), ("WEST", "S2")],
        stock=[("A", 10, "WEST")],
        demand=[("S1", 1, "A", 7, 30, "WEST")],
    )
    result = net(snapshot, ScanRules())

    assert donor_surplus(snapshot, result, item=0, location=1) == 3
    assert donor_surplus(snapshot, result, item=0, location=0) == 0


def _promise(**tables: list[tuple[object, ...]]) -> AvailableToPromise:
    snapshot = book(items=[("A",)], stock=[("A", 10)], demand=tables["demand"], supply=tables["supply"])
    return available_to_promise(snapshot, net(snapshot, _FLAT), 0, 0)


def _with_line(snapshot: Snapshot, item: int, units: int, due: int) -> Snapshot:
    """One more order, the last of all."""
    demand = snapshot.demand
    last = {"order": "Z", "item": item, "quantity": units, "due": due, "order_date": due}
    added = {
        name: np.append(getattr(demand, name), last.get(name, 1)).astype(getattr(demand, name).dtype)
        for name in demand.__slots__
        if name not in ("order", "held")
    }
    return replace(snapshot, demand=replace(demand, order=(*demand.order, "Z"), **added))


def _shortage(snapshot: Snapshot, item: int) -> tuple[int, int]:
    """Units that are short or late by the day they are due, and units late times days."""
    result = net(snapshot, _FLAT)
    demand, pegs = snapshot.demand, result.pegs
    theirs = demand.item == item
    late = np.maximum(result.receipts.eta[pegs.receipt] - np.maximum(demand.due[pegs.requirement], snapshot.as_of), 0)
    missed = (late > 0) & theirs[pegs.requirement]
    never = int(result.line_short[theirs].sum())
    return never + int(pegs.quantity[missed].sum()), int((late * pegs.quantity)[missed].sum())
