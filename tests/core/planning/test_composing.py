"""Plain rows become sorted columns, whatever order they come in."""

from datetime import date

from core.planning.composing import PlainItem, PlainLane, PlainSource, PlainStock, PlainSupply, compose
from core.planning.snapshot import PURCHASE_ORDER, day_number
from tests.columns import differences

ITEMS = [PlainItem("B", True, 3), PlainItem("A")]
STOCK = [PlainStock("B", "Y", 2), PlainStock("A", "X", 3), PlainStock("A", "X", 4)]
SUPPLY = [
    PlainSupply(PURCHASE_ORDER, "P2", "A", "Y", 5, date(2026, 1, 9)),
    PlainSupply(PURCHASE_ORDER, "P1", "B", "X", 6, date(2026, 1, 7)),
]
LANES = [PlainLane("A", "Y", "X", 2), PlainLane("A", "X", "Y", 1, 3)]
SOURCES = [PlainSource("A", "S2", 9), PlainSource("A", "S1", 4, "Y", 2, 1, 5, 5)]


def test_rows_are_sorted_and_summed() -> None:
    books = compose(
        as_of=date(2026, 1, 5),
        items=ITEMS,
        locations=["Y", "X"],
        stock=STOCK,
        supply=SUPPLY,
        lanes=LANES,
        sources=SOURCES,
    )

    assert (books.items.code, books.items.lead_days.tolist()) == (("A", "B"), [4, 3])
    assert books.stock.available.tolist() == [7, 2]
    assert (books.supply.number, books.supply.due.tolist()) == (
        ("P1", "P2"),
        [day_number(d) for d in (date(2026, 1, 7), date(2026, 1, 9))],
    )
    assert (books.lanes.days.tolist(), books.lane_terms.priority.tolist()) == ([1, 2], [3, 1])
    assert (books.sources.lead_days.tolist(), books.source_terms.location.tolist()) == ([4, 9], [1, -1])


def test_the_order_of_rows_makes_no_difference() -> None:
    def composed(step: int) -> object:
        return compose(
            as_of=date(2026, 1, 5),
            items=ITEMS[::step],
            locations=["Y", "X"][::step],
            stock=STOCK[::step],
            supply=SUPPLY[::step],
            lanes=LANES[::step],
            sources=SOURCES[::step],
        )

    assert list(differences(composed(-1), composed(1))) == []
