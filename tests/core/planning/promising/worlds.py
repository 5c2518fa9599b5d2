"""Small random books with every term promising knows, drawn from one number, and rules and asks to go with them."""

from dataclasses import replace
from random import Random

import numpy as np

from core.domain.promising import Ask
from core.planning.promising import PromisingRules
from core.planning.rules import OverdueSupply
from core.planning.snapshot import (
    NEVER,
    PER_PARENT_SCALE,
    Claims,
    ItemAlternates,
    ItemTerms,
    LaneTerms,
    OperationAlternates,
    Operations,
    Snapshot,
    SourceTerms,
    WorkCenters,
)
from tests.core.planning.books import AS_OF, book
from tests.core.planning.promising.asking import ask

ITEMS, PLACES, DAYS, FAR = "ABCD", ("EAST", "MAIN", "SHOP", "YARD"), 28, 10**12


def world(seed: int) -> Snapshot:
    """A is made of B and C, B of C, C and D are bought, or moved, or stand for each other; MAIN and YARD share a site,
    of which only MAIN ships."""
    dice = Random(seed)
    snapshot = book(
        items=[("A", True, dice.randint(0, 3), 1), ("B", True, dice.randint(0, 2)), ("C", False, 0, 2), ("D",)],
        locations=[("MAIN", "ONE"), ("YARD", "ONE", False), ("SHOP", "ONE", False), ("EAST", "TWO")],
        bom=[("A", "B", dice.choice("12")), ("A", "C", dice.choice(["0.5", "1"])), ("B", "C", dice.choice("12"))],
        stock=[(dice.choice(ITEMS), dice.randint(1, 12), dice.choice(PLACES)) for _ in range(dice.randint(0, 6))],
        demand=[("S", n, *_wanted(dice), dice.choice(PLACES)) for n in range(dice.randint(0, 5))],
        supply=[("PO", f"P{n}", *_wanted(dice), "MAIN", None, "S") for n in range(dice.randint(0, 4))]
        + [
            ("WO", f"W{n}", dice.choice("AB"), dice.randint(1, 6), dice.randint(0, 14))
            for n in range(dice.randint(0, 2))
        ],
        lanes=[
            (*pair, dice.randint(0, 4))
            for pair in (("EAST", "MAIN"), ("MAIN", "EAST"), ("YARD", "MAIN"), ("MAIN", "YARD"))
            if dice.random() < 0.6
        ],
        sources=[
            (item, supplier, dice.randint(0, 9), "1", dice.randint(1, 5), dice.randint(1, 3), dice.choice([2, 6, FAR]))
            for item in "CD"
            for supplier in ("S", "T")
            if dice.random() < 0.7
        ],
    )
    return _with_work(_with_terms(snapshot, dice), dice)


def rules(seed: int) -> PromisingRules:
    """Each rule now and then."""
    dice = Random(seed)
    return PromisingRules(
        overdue=dice.choice(list(OverdueSupply)),
        keep_safety_stock=dice.random() < 0.3,
        await_days=dice.choice([0, 0, 3]),
        borrow=dice.random() < 0.4,
        depth=dice.choice([3, 6]),
        calendars=dice.random() < 0.5,
    )


def asks(seed: int) -> list[Ask]:
    """Up to three asks."""
    dice = Random(seed)
    return [
        ask(
            dice.randint(1, 25),
            dice.randint(0, 20),
            item=dice.choice("AAABCD"),
            location=dice.choice(PLACES),
            minimum_shipment=dice.choice([1, 1, 1, 3]),
            partial=dice.random() < 0.8,
            max_lateness=dice.choice([None, None, 0, 10]),
            substitutes=dice.random() < 0.5,
        )
        for _ in range(dice.randint(1, 3))
    ]


def _wanted(dice: Random) -> tuple[str, int, int]:
    return dice.choice(ITEMS), dice.randint(1, 8), dice.randint(-2, 16)


def _with_terms(snapshot: Snapshot, dice: Random) -> Snapshot:
    items, sources, lanes = len(ITEMS), snapshot.sources.item.size, snapshot.lanes.origin.size
    claims = [(dice.randrange(items), dice.randrange(4), dice.randint(1, 5)) for _ in range(dice.randint(0, 2))]
    return replace(
        snapshot,
        item_terms=ItemTerms(
            minimum=_longs([dice.choice([1, 1, 4]) for _ in range(items)]),
            multiple=_longs([dice.choice([1, 1, 3]) for _ in range(items)]),
            maximum=_longs([dice.choice([FAR, FAR, 9]) for _ in range(items)]),
            safety_days=_ints([dice.choice([0, 0, 2]) for _ in range(items)]),
            fence=_ints([dice.choice([0, 0, 4]) for _ in range(items)]),
            phantom=np.array([dice.random() < 0.1 for _ in range(items)]),
        ),
        source_terms=SourceTerms(
            priority=_ints([dice.randint(1, 3) for _ in range(sources)]),
            safety_days=_ints([dice.choice([0, 1]) for _ in range(sources)]),
            weekly_capacity=_longs([dice.choice([FAR, 6]) for _ in range(sources)]),
            valid_from=_ints([AS_OF + dice.choice([-9, -9, 5]) for _ in range(sources)]),
            valid_to=_ints([dice.choice([NEVER, NEVER, AS_OF + 12]) for _ in range(sources)]),
            location=_ints([dice.choice([-1, -1, 1, 0]) for _ in range(sources)]),
        ),
        lane_terms=LaneTerms(
            priority=_ints([dice.randint(1, 2) for _ in range(lanes)]),
            item=_ints([dice.choice([-1, -1, 0, 2]) for _ in range(lanes)]),
        ),
        alternates=_alternates(dice),
        claims=Claims(
            item=_ints([item for item, _, _ in claims]),
            location=_ints([place for _, place, _ in claims]),
            quantity=_longs([units for _, _, units in claims]),
            due=_ints([AS_OF + dice.randint(0, 12) for _ in claims]),
        ),
        working_days=np.array([[dice.random() < 0.8 for _ in range(DAYS)] for _ in PLACES]),
    )


def _alternates(dice: Random) -> ItemAlternates:
    pairs = [(0, 1, False), (2, 3, True), (3, 2, True)]
    chosen = [pair for pair in pairs if dice.random() < 0.5]
    count = len(chosen)
    return ItemAlternates(
        item=_ints([item for item, _, _ in chosen]),
        alternate=_ints([other for _, other, _ in chosen]),
        component=np.array([component for _, _, component in chosen], dtype=np.bool_),
        ratio=_longs([dice.choice([1, 2]) * PER_PARENT_SCALE for _ in chosen]),
        priority=_ints([1] * count),
        valid_from=_ints([AS_OF - 9] * count),
        valid_to=_ints([AS_OF + dice.choice([-1, 99, 99]) for _ in chosen]),
        approval=np.array([dice.random() < 0.2 for _ in chosen], dtype=np.bool_),
    )


def _with_work(snapshot: Snapshot, dice: Random) -> Snapshot:
    """Two work centres; A is made in up to two operations, B in one."""
    if dice.random() < 0.4:
        return snapshot
    steps = [(item, 10 * n, dice.randint(0, 1)) for item in (0, 1) for n in range(dice.randint(0, 2 - item))]
    count = len(steps)
    others = [n for n in range(count) if dice.random() < 0.4]
    return replace(
        snapshot,
        work_centers=WorkCenters(
            code=("W0", "W1"),
            location=_ints([1, 1]),
            minutes=np.array([[dice.choice([0, 60, 90, 240]) for _ in range(DAYS)] for _ in range(2)], dtype=np.int64),
        ),
        operations=Operations(
            item=_ints([item for item, _, _ in steps]),
            sequence=_ints([sequence for _, sequence, _ in steps]),
            center=_ints([center for _, _, center in steps]),
            setup=_longs([dice.choice([0, 15]) for _ in steps]),
            unit=_longs([dice.choice([0, 20, 45]) * 1_000_000 for _ in steps]),
            good=_longs([dice.choice([1_000_000, 900_000]) for _ in steps]),
        ),
        operation_alternates=OperationAlternates(
            operation=_ints(others),
            center=_ints([dice.randint(0, 1) for _ in others]),
            priority=_ints([1 for _ in others]),
            factor=_longs([dice.choice([500_000, 1_500_000]) for _ in others]),
        ),
    )


def _ints(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.int32)


def _longs(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)
