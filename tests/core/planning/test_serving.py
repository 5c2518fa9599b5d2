"""A queue of many rows is served a block at a time as it is served at once."""

import numpy as np

from core.planning.grouping import Grouping
from core.planning.outcome import SALES_LINE
from core.planning.receiving import believed, receipts_coming
from core.planning.requirements import Needs
from core.planning.rules import OverdueSupply
from core.planning.serving import line_up, stretches
from core.planning.snapshot import Snapshot
from core.planning.spans import BLOCK
from tests.core.planning.books import book

NONE = np.zeros(0, dtype=np.int64)


def test_blocks_cover_and_lack_what_the_whole_does() -> None:
    dice, rows = np.random.default_rng(1), 3 * BLOCK
    snapshot = _books(dice)
    places = np.arange(len(snapshot.locations.code), dtype=np.int64)
    grouping = Grouping(group_of=places, production=places, ship=-1)
    rule = OverdueSupply.FROM_TODAY
    coming = receipts_coming(snapshot, grouping, rule, kept=believed(snapshot, rule))
    arrivals = coming.arrivals(coming.supplied(), coming.eta)
    needs = _needs(dice.integers(0, 40, rows) ** 2 // 20, dice.integers(0, 4, rows), dice.integers(0, 3, rows), dice)
    at = np.arange(rows, dtype=np.int32)

    queue = line_up(needs, at, coming, arrivals, kept=NONE, groups=places.size, need_first=False)

    node = needs.item.astype(np.int64) * places.size + needs.group
    order = np.lexsort((needs.rank, node))
    there = coming.stock(node) + arrivals.spans(node)[1]
    before = np.zeros(rows, dtype=np.int64)
    before[order] = np.cumsum(needs.quantity[order]) - needs.quantity[order]
    first = np.full(int(node.max()) + 1, -1, dtype=np.int64)
    first[node[order][::-1]] = before[order][::-1]
    low = np.minimum(before - first[node], there)
    high = np.minimum(before - first[node] + needs.quantity, there)
    assert queue.at.tolist() == order.tolist()
    assert needs.short.tolist() == (needs.quantity - high + low).tolist()
    laid = list(stretches(queue, needs, coming, arrivals, kept=NONE))
    assert len(laid) > 1
    assert np.concatenate([stretch.low for stretch in laid]).tolist() == low[order].tolist()
    assert np.concatenate([stretch.high for stretch in laid]).tolist() == high[order].tolist()


def _books(dice: np.random.Generator) -> Snapshot:
    """80 items at three places, with stock of some and hundreds of orders to come."""
    items, places = [f"I{n}" for n in range(80)], ["P0", "P1", "P2"]
    picked, at = dice.integers(0, 80, 900), dice.integers(0, 3, 900)
    units, days = dice.integers(1, 2_000, 900), dice.integers(-3, 60, 900)
    there = {(items[n], places[at[n]]): int(units[n]) for n in range(0, 80, 2)}
    return book(
        items=[(item,) for item in items],
        locations=[(place, f"S{n}") for n, place in enumerate(places)],
        stock=[(item, held, place) for (item, place), held in there.items()],
        supply=[("PO", f"O{n:03}", items[picked[n]], int(units[n]), int(days[n]), places[at[n]]) for n in range(900)],
    )


def _needs(item: np.ndarray, group: np.ndarray, quantity: np.ndarray, dice: np.random.Generator) -> Needs:
    rows = item.size
    return Needs(
        kind=np.full(rows, SALES_LINE, dtype=np.int8),
        ref=np.arange(rows, dtype=np.int32),
        item=item.astype(np.int32),
        group=group.astype(np.int32),
        need=np.zeros(rows, dtype=np.int32),
        quantity=quantity.astype(np.int64),
        rank=dice.permutation(rows).astype(np.int32),
        short=np.zeros(rows, dtype=np.int64),
        last=np.zeros(rows, dtype=np.int32),
    )
