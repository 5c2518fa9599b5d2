"""Lanes that lead back to where they began: of two places, of three, from a place to itself, in no time at all."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.planning.netting import net
from core.planning.promising import open_book, promise
from core.planning.rules import ScanRules
from core.planning.snapshot import LaneTerms, Snapshot
from core.planning.whatif.comparing import netted_again
from core.planning.whatif.resident import Resident
from core.planning.whatif.view import view_of
from tests.core.planning.books import book
from tests.core.planning.promising.asking import ask, codes, dates, orders
from tests.core.planning.rings import any_ring
from tests.core.planning.test_features import agrees
from tests.core.planning.whatif.happenings import events

_LANES = ScanRules(lanes=True)
seeds = st.integers(0, 2**32 - 1)


def ring(places: int, days: int, **rows: Any) -> Snapshot:
    """A at places P0, P1 and so on, each supplying the next one and the last one the first."""
    names = [f"P{n}" for n in range(places)]
    lanes = [(name, names[(n + 1) % places], days) for n, name in enumerate(names)]
    locations = [(name, f"S{n}") for n, name in enumerate(names)]
    return book(**{"items": [("A",)], "locations": locations, "lanes": lanes} | rows)


@pytest.mark.parametrize(("places", "days"), [(2, 0), (2, 1), (3, 0), (3, 1)])
def test_more_than_all_the_ring_has_is_promised_as_far_as_it_goes_and_the_rest_has_no_day(
    places: int, days: int
) -> None:
    snapshot = ring(places, days, stock=[("A", 2, f"P{n}") for n in range(places)])

    answer = promise(open_book(snapshot), ask(20, 9, location="P0"))

    assert (dates(answer), answer.unplannable) == ([(9, 2 * places)], 20 - 2 * places)
    brought = {end: sum(one.quantity for one in answer.commands if one.location == end) for end in ("P0", "P2")}
    assert brought == {"P0": 2 * (places - 1), "P2": 2 * (places - 2)}
    assert {begin for kind, _, _, begin, _ in orders(answer) if kind == "move"} == {
        9 - n * days for n in range(1, places)
    }
    assert "depth" in codes(answer)


def test_a_lane_from_a_place_to_itself_brings_nothing() -> None:
    snapshot = ring(1, 0, stock=[("A", 2, "P0")], demand=[("S", 1, "A", 5, 3, "P0")])

    answer = promise(open_book(snapshot, without=[("S", 1)]), ask(5, 3, location="P0"))

    assert (dates(answer), orders(answer), codes(answer)) == ([(3, 2)], [], ["no_source"])
    assert net(snapshot, _LANES).takings.units.tolist() == []


def test_a_search_round_too_many_rings_ends_and_says_so_first() -> None:
    names = [f"P{n}" for n in range(6)]
    snapshot = book(
        items=[("A", True, 1), ("B", True, 1), ("C",)],
        bom=[("A", "B"), ("B", "C")],
        locations=[(name, f"S{name}") for name in names],
        lanes=[(one, other, 1) for one in names for other in names if one != other],
        stock=[("A", 4, "P0"), ("C", 3, "P5")],
    )

    answer = promise(open_book(snapshot), ask(30, 9, location="P0"))

    assert (dates(answer), answer.unplannable) == ([(9, 4)], 26)
    assert answer.reasons[0].text == (
        "more than 2000 places were looked at; nothing more is looked for, so there may be more than this"
    )


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_a_scan_of_any_ring_agrees_with_the_plain_oracle(seed: int) -> None:
    snapshot = any_ring(seed)
    lanes = snapshot.lanes.origin.size
    terms = LaneTerms(priority=np.ones(lanes, dtype=np.int32), item=np.full(lanes, -1, dtype=np.int32))

    agrees(replace(snapshot, lane_terms=terms), _LANES)


@settings(max_examples=20, deadline=None)
@given(seeds, st.data())
def test_what_if_in_any_ring_is_netting_the_changed_books(seed: int, data: st.DataObject) -> None:
    resident = Resident.of(any_ring(seed), _LANES)
    view = view_of(resident)

    found = view.change(data.draw(events(view.snapshot())))

    again = netted_again(resident, view.snapshot(), why="to compare")
    assert [(d.name, d.after) for d in found.worst(found.lines)] == [
        (d.name, d.after) for d in again.worst(again.lines)
    ]
