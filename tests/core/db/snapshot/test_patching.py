"""Patched tables equal tables made anew, and what was there before stays as it was."""

from dataclasses import fields, replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.db.snapshot.patching import demand_with, stock_with, supply_with
from core.planning.snapshot import Demand, Ints, Stock, Supply
from core.planning.texts import Texts
from tests.columns import differences
from tests.core.planning.books import book

LINES = st.dictionaries(st.tuples(st.integers(0, 5), st.integers(1, 3)), st.integers(1, 9), max_size=8)
RECEIPTS = st.dictionaries(
    st.tuples(st.sampled_from(["WO", "PO", "TO"]), st.integers(0, 4)), st.integers(1, 9), max_size=8
)
UNITS = st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 2)), st.integers(0, 9), max_size=8)
KINDS = {"WO": 1, "PO": 2, "TO": 3}
ITEMS = [(f"I{n}",) for n in range(4)]
PLACES = [(f"L{n}",) for n in range(3)]


def demand_of(lines: dict[tuple[int, int], int]) -> tuple[Demand, Ints]:
    """Orders by key; their numbers sort the other way round."""
    rows = [(f"SO-{9 - order}", line, "I1", units, 3, "L0", 0, 1) for (order, line), units in lines.items()]
    table = book(items=ITEMS, locations=PLACES, demand=rows).demand
    keys = [9 - int(number[3:]) for number in table.order]
    held = np.zeros(len(keys), np.int64)
    return replace(table, order=Texts.of(table.order), held=held), np.array(keys, dtype=np.int64)


def supply_of(receipts: dict[tuple[str, int], int]) -> tuple[Supply, Ints]:
    rows = [(kind, f"N{9 - order}", "I1", units, 3, "L0") for (kind, order), units in receipts.items()]
    table = book(items=ITEMS, locations=PLACES, supply=rows).supply
    keys = [9 - int(number[1:]) for number in table.number]
    return replace(table, number=Texts.of(table.number)), np.array(keys, dtype=np.int64)


def stock_of(units: dict[tuple[int, int], int]) -> Stock:
    return book(
        items=ITEMS, locations=PLACES, stock=[(f"I{i}", count, f"L{p}") for (i, p), count in units.items()]
    ).stock


def copied(table: Demand | Supply | Stock) -> dict[str, object]:
    return {column.name: tuple(getattr(table, column.name)) for column in fields(table)}


@settings(max_examples=40)
@given(LINES, LINES, st.sets(st.integers(0, 5)))
def test_lines_of_the_orders_that_changed(
    old: dict[tuple[int, int], int], new: dict[tuple[int, int], int], orders: set[int]
) -> None:
    now = {key: units for key, units in old.items() if key[0] not in orders}
    now |= {key: units for key, units in new.items() if key[0] in orders}
    before, keys = demand_of(old)
    kept = copied(before)

    changed = np.array(sorted(orders), dtype=np.int64)
    partly = demand_of({key: units for key, units in now.items() if key[0] in orders})
    found, found_keys = demand_with(before, keys, *partly, changed=changed)

    whole, whole_keys = demand_of(now)
    assert list(differences(found, whole)) == []
    assert found_keys.tolist() == whole_keys.tolist()
    assert copied(before) == kept


@settings(max_examples=40)
@given(RECEIPTS, RECEIPTS, st.sets(st.tuples(st.sampled_from(["WO", "PO", "TO"]), st.integers(0, 4))))
def test_receipts_that_changed(
    old: dict[tuple[str, int], int], new: dict[tuple[str, int], int], orders: set[tuple[str, int]]
) -> None:
    now = {key: units for key, units in old.items() if key not in orders}
    now |= {key: units for key, units in new.items() if key in orders}
    before, keys = supply_of(old)
    gone = {(KINDS[kind], order) for kind, order in orders}
    rows = zip(before.kind.tolist(), keys.tolist(), strict=True)

    out = np.array([row for row, pair in enumerate(rows) if pair in gone], dtype=np.intp)
    partly = supply_of({key: units for key, units in now.items() if key in orders})
    found, found_keys = supply_with(before, keys, *partly, out=out)

    whole, whole_keys = supply_of(now)
    assert list(differences(found, whole)) == []
    assert found_keys.tolist() == whole_keys.tolist()


@settings(max_examples=30)
@given(UNITS, UNITS, st.sets(st.integers(0, 3)))
def test_balances_of_the_items_that_changed(
    old: dict[tuple[int, int], int], new: dict[tuple[int, int], int], items: set[int]
) -> None:
    now = {key: units for key, units in old.items() if key[0] not in items}
    now |= {key: units for key, units in new.items() if key[0] in items}
    before = stock_of(old)

    out = np.flatnonzero(np.isin(before.item, sorted(items)))
    found = stock_with(before, stock_of({key: units for key, units in now.items() if key[0] in items}), out=out)

    assert list(differences(found, stock_of(now))) == []


def test_columns_that_did_not_change_are_shared() -> None:
    before, keys = demand_of({(0, 1): 5, (1, 1): 7})
    less, less_keys = demand_of({(1, 1): 6})

    after, _ = demand_with(before, keys, less, less_keys, changed=np.array([1]))

    assert after.order is before.order
    assert after.due is before.due
    assert (before.quantity.tolist(), after.quantity.tolist()) == ([7, 5], [6, 5])
