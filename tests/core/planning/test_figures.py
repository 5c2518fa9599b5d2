"""What open lines lack where they ship from, and what could be sent there."""

import pytest

from core.domain.errors import UsageError
from core.planning.figures import Transfer, on_hand_figures
from tests.core.planning.adventureworks import SHIPPING, adventureworks
from tests.core.planning.books import book


def test_adventureworks_lacks_what_is_known() -> None:
    figures = on_hand_figures(adventureworks(), SHIPPING)

    assert figures.items_short_on_hand == 103
    assert figures.units_short_on_hand == 4851
    assert figures.units_coverable_by_transfer == 2144
    assert figures.items_coverable_by_transfer == 57
    assert sum(transfer.quantity for transfer in figures.transfers) == 2144


def test_units_come_from_the_nearest_place_first_and_only_along_lanes() -> None:
    snapshot = book(
        items=[("A",), ("B",)],
        locations=[("DOCK",), ("FAR",), ("NEAR",), ("CHEAP",), ("CUTOFF",)],
        demand=[("S1", 1, "A", 6, 1, "DOCK"), ("S2", 1, "A", 6, 1, "FAR"), ("S3", 1, "B", 1, 1)],
        stock=[("A", 2, "DOCK"), ("A", 9, "FAR"), ("A", 3, "NEAR"), ("A", 4, "CHEAP"), ("A", 5, "CUTOFF"), ("B", 1)],
        lanes=[("FAR", "DOCK", 3), ("NEAR", "DOCK", 1, "9"), ("CHEAP", "DOCK", 1, "8")],
    )

    figures = on_hand_figures(snapshot, "DOCK")

    cheap, _, dock, far, near = range(5)
    assert figures.transfers == (
        Transfer(item=0, origin=cheap, destination=dock, quantity=4),
        Transfer(item=0, origin=near, destination=dock, quantity=3),
        Transfer(item=0, origin=far, destination=dock, quantity=3),
    )
    assert (figures.items_short_on_hand, figures.units_short_on_hand) == (1, 10)
    assert (figures.items_coverable_by_transfer, figures.units_coverable_by_transfer) == (1, 10)


def test_an_unknown_place_is_refused_with_those_accepted() -> None:
    with pytest.raises(UsageError, match="no location 'X' to ship from; accepted: 'MAIN'"):
        on_hand_figures(book(items=[]), "X")
