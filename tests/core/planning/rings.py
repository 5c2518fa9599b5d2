"""Random books whose places supply one another in a ring."""

from random import Random

from core.planning.snapshot import Snapshot
from tests.core.planning.books import book


def any_ring(seed: int) -> Snapshot:
    """A ring of one to four places, some lanes both ways, with little stock, few orders and suppliers now and then."""
    dice = Random(seed)
    places = [f"P{n}" for n in range(dice.randint(1, 4))]
    items = ["A", "B", "C"]
    around = [(name, places[(n + 1) % len(places)]) for n, name in enumerate(places)]
    back = [(end, begin) for begin, end in around if dice.random() < 0.5]

    def rows(most: int) -> list[tuple[str, int, str]]:
        return [(dice.choice(items), dice.randint(1, 9), dice.choice(places)) for _ in range(dice.randint(0, most))]

    return book(
        items=[("A", dice.random() < 0.5, dice.randint(0, 2)), ("B", dice.random() < 0.3, 0), ("C",)],
        bom=[("A", "B"), ("B", "C")],
        locations=[(name, f"S{n // dice.choice([1, 1, 2])}") for n, name in enumerate(places)],
        lanes=[(*lane, dice.choice([0, 0, 1, 3])) for lane in dict.fromkeys([*around, *back])],
        stock={(item, place): (item, units, place) for item, units, place in rows(4)}.values(),
        demand=[(f"S{n}", 1, item, units, dice.randint(-1, 9), at) for n, (item, units, at) in enumerate(rows(5))],
        supply=[("PO", f"O{n}", item, units, dice.randint(0, 9), at) for n, (item, units, at) in enumerate(rows(3))],
        sources=[(item, "V", dice.randint(0, 6)) for item in items if dice.random() < 0.4],
    )
