"""Books at the edge of what there can be, drawn from a seed: nothing, loops, no time, ages, the largest numbers."""

from itertools import combinations
from random import Random
from typing import Any

from core.domain.quantity import LARGEST_QUANTITY
from core.planning.snapshot import Snapshot
from tests.core.planning.books import AS_OF, book

ITEMS, PLACES = "ABCD", ("P1", "P2", "P3")
LAST_DAY = 2_932_896 - AS_OF
"""9999-12-31, in days after the business date."""
_UNITS = (1, 1, 3, 7, 50, LARGEST_QUANTITY - 1, LARGEST_QUANTITY)
_DAYS = (-AS_OF, -5, 0, 1, 9, 400, 60_000, LAST_DAY - 400, LAST_DAY)


def edge_books(seed: int) -> Snapshot:
    """Small books; some with quantities near the limit, some with days at both ends of the calendar, a few refused."""
    dice = Random(seed)
    edge = _Edge(dice, large=dice.random() < 0.4, far=dice.random() < 0.4)
    if dice.random() < 0.1:
        return book(items=[(code,) for code in ITEMS] if dice.random() < 0.5 else [])
    edges = [(*pair, dice.choice(["0.000001", "0.5", "2"])) for pair in combinations(ITEMS, 2) if dice.random() < 0.5]
    loop = [("D", "A", "1"), ("A", "D", "1")] if dice.random() < 0.08 else []
    lanes = [(a, b, edge.lead()) for a in PLACES for b in PLACES if a != b and dice.random() < 0.5]
    return book(
        items=[(code, dice.random() < 0.6, edge.lead(), dice.choice([0, 3]), True, edge.price()) for code in ITEMS],
        locations=[("P1", "S1"), ("P2", "S1"), ("P3", "S2")],
        bom=[row for row in edges if not loop or row[:2] != ("A", "D")] + loop,
        demand=[edge.line(n) for n in range(dice.choice([0, 1, 5, 9]))],
        stock=[(dice.choice(ITEMS), edge.units(), place) for place in PLACES[: dice.randint(0, 3)]]
        + ([("A", -LARGEST_QUANTITY - 3)] if dice.random() < 0.05 else []),
        supply=[edge.supply(n) for n in range(dice.choice([0, 2, 7]))],
        lanes=lanes,
        sources=[(item, name, edge.lead(), edge.price()) for item in ITEMS for name in "VW" if dice.random() < 0.3],
    )


class _Edge:
    """Numbers as they come, or at the edge."""

    def __init__(self, dice: Random, *, large: bool, far: bool) -> None:
        self.dice, self._large, self._far = dice, large, far

    def units(self) -> int:
        return self.dice.choice(_UNITS) if self._large else self.dice.randint(1, 9)

    def day(self) -> int:
        return self.dice.choice(_DAYS) if self._far else self.dice.randint(-3, 9)

    def lead(self) -> int:
        return self.dice.choice((0, 0, 1, 3_650)) if self._far else self.dice.randint(0, 4)

    def price(self) -> str:
        return self.dice.choice(("0", "1", "12.5", "922337203") if self._large else ("0", "1", "12.5"))

    def line(self, number: int) -> tuple[Any, ...]:
        dice = self.dice
        start = (f"SO-{number // 2}", number, dice.choice(ITEMS), self.units(), self.day(), dice.choice(PLACES))
        return *start, 0, None, dice.randint(1, 3), self.price(), dice.choice((0, 100, 10_000))

    def supply(self, number: int) -> tuple[Any, ...]:
        dice, kind = self.dice, self.dice.choice(("WO", "PO", "TO"))
        due = self.day()
        start = dice.choice((None, due, self.day()))
        supplier = "V" if kind == "PO" else ""
        return kind, f"N{number}", dice.choice(ITEMS), self.units(), due, dice.choice(PLACES), start, supplier
