"""The plain scan of the benchmark says of every line what the engine says."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings

from core.planning.latelist import Lateness, late_list
from core.planning.netting import net
from core.planning.rules import ScanRules
from core.planning.snapshot import WORK_ORDER, Snapshot
from evals.bench.book import SMALL, draw
from evals.bench.book_columns import snapshot_of
from evals.bench.python_scan import Line, Receipt, Rows, Standing, scan
from tests.core.planning.strategies import books

_STATES = {Lateness.LATE: "late", Lateness.UNCOVERED: "uncovered"}


@settings(max_examples=60, deadline=None)
@given(books())
def test_the_plain_scan_agrees_with_the_engine_on_small_books(snapshot: Snapshot) -> None:
    places = len(snapshot.locations.code)
    alone = replace(
        snapshot.locations, site=np.arange(places, dtype=np.int32), may_ship=np.ones(places, dtype=np.bool_)
    )
    _agree(replace(snapshot, locations=alone))


def test_the_plain_scan_agrees_with_the_engine_on_the_synthetic_book() -> None:
    _agree(snapshot_of(draw(600, shape=SMALL)))


def _agree(snapshot: Snapshot) -> None:
    result = net(snapshot, ScanRules())

    plain = scan(rows_of(snapshot))

    assert [one.short for one in plain] == result.line_short.tolist()
    assert [one.available for one in plain] == result.line_available.tolist()
    late = late_list(snapshot, result)
    found = zip(late.at.tolist(), late.state.tolist(), late.short.tolist(), late.available.tolist(), strict=True)
    assert {at: Standing(_STATES[Lateness(state)], short, day) for at, state, short, day in found} == {
        at: one for at, one in enumerate(plain) if one.state != "on time"
    }


def rows_of(snapshot: Snapshot) -> Rows:
    """The rows behind a snapshot."""
    demand, supply, stock, bom, items = (
        snapshot.demand,
        snapshot.supply,
        snapshot.stock,
        snapshot.bom,
        snapshot.items,
    )
    parts = dict[int, list[tuple[int, int]]]()
    for parent, part, per in zip(bom.parent.tolist(), bom.component.tolist(), bom.per_parent.tolist(), strict=True):
        parts.setdefault(parent, []).append((part, per))
    works = ((supply.kind == WORK_ORDER) & ~supply.issued).tolist()
    lines = (demand.line, demand.item, demand.location, demand.quantity, demand.due, demand.order_date, demand.priority)
    receipts = (supply.item, supply.location, supply.quantity, supply.due, supply.start)
    held = zip(stock.item.tolist(), stock.location.tolist(), strict=True)
    return Rows(
        as_of=snapshot.as_of,
        lines=[Line(*row) for row in zip(demand.order, *(column.tolist() for column in lines), strict=True)],
        receipts=[Receipt(*row) for row in zip(*(column.tolist() for column in receipts), works, strict=True)],
        stock=dict(zip(held, stock.available.tolist(), strict=True)),
        parts=parts,
        lead=items.lead_days.tolist(),
        made=items.make.tolist(),
        obtainable=[make or item in set(snapshot.sources.item.tolist()) for item, make in enumerate(items.make)],
    )
