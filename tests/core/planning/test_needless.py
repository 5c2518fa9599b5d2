"""Planned orders that a line with fewer units does not need any more."""

from dataclasses import replace
from datetime import date

import pytest

from core.domain.ids import ItemCode, LocationCode
from core.domain.promising import Peg, PegKind
from core.planning.needless import needless
from core.planning.snapshot import Snapshot
from tests.core.planning.books import book
from tests.core.planning.planned import with_orders

MADE = [
    ("WO", "PP-1", "A", 15, 0, 3, "", "", "S1"),
    ("WO", "PP-2", "A", 15, 4, 7, "", "", "S1"),
    ("WO", "PP-3", "A", 5, 10, 13, "", "", "S1"),
    ("PO", "PP-4", "B", 50, 0, 4, "", "", "S1"),
    ("PO", "PP-5", "C", 5, 0, 10, "", "", "S1"),
]


def peg(item: str, units: int, place: str = "MAIN") -> Peg:
    """Units of something new that a promise rests on."""
    return Peg(
        kind=PegKind.NEW_PURCHASE,
        reference="",
        item=ItemCode(item),
        location=LocationCode(place),
        quantity=units,
        on=date(2024, 10, 4),
    )


def pumps() -> Snapshot:
    """Forty A, five of them in stock: each takes two B, of which 30 are there, and a C, of which 30 are there."""
    plain = book(
        items=[("A", True, 3), ("B",), ("C",)],
        bom=[("A", "B", "2"), ("A", "C")],
        demand=[("S1", 1, "A", 40, 13)],
        stock=[("A", 5), ("B", 30), ("C", 30)],
    )
    return with_orders(plain, MADE)


@pytest.mark.parametrize(
    ("left", "dropped"),
    [
        (40, ()),
        (36, ()),
        (35, ("PP-3", "PP-5")),
        (21, ("PP-3", "PP-5")),
        (20, ("PP-2", "PP-3", "PP-4", "PP-5")),
        (5, ("PP-1", "PP-2", "PP-3", "PP-4", "PP-5")),
    ],
)
def test_what_comes_last_is_dropped_first_with_what_it_would_have_taken(left: int, dropped: tuple[str, ...]) -> None:
    pegs = [peg("A", 35), peg("B", 40), peg("C", 5), replace(peg("B", 30), kind=PegKind.STOCK)]

    assert needless(pumps(), "S1", 1, left=left, pegs=pegs) == dropped


def test_a_transfer_is_dropped_with_what_was_bought_for_it() -> None:
    plain = book(
        items=[("A",)], locations=[("MAIN", "ONE"), ("OTHER", "TWO")], demand=[("S1", 1, "A", 9, 5)], stock=[("A", 4)]
    )
    snapshot = with_orders(
        plain,
        [("TO", "PP-1", "A", 5, 3, 5, "MAIN", "OTHER", "S1"), ("PO", "PP-2", "A", 5, 0, 3, "OTHER", "", "S1")],
    )

    pegs = [peg("A", 5), peg("A", 5, "OTHER")]

    assert needless(snapshot, "S1", 1, left=5, pegs=pegs) == ()
    assert needless(snapshot, "S1", 1, left=4, pegs=pegs) == ("PP-1", "PP-2")


def test_what_was_planned_for_others_stays() -> None:
    snapshot = pumps()

    assert needless(snapshot, "S1", 2, left=1, pegs=()) == ()
    assert needless(snapshot, "S2", 1, left=1, pegs=()) == ()
