"""Fair share in netting: shortages in proportion, nobody cut for what is needed later, hard pegs untouched."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.quantity import LARGEST_QUANTITY
from core.planning.netting import net
from core.planning.rules import Policy, ScanRules
from core.planning.snapshot import NEVER, Snapshot
from tests.core.planning.books import AS_OF, book
from tests.core.planning.featured import featured
from tests.core.planning.oracles.fair import fair
from tests.core.planning.planned import with_orders
from tests.core.planning.strategies import books, scan_rules
from tests.core.planning.test_features import agrees

_FAIR = ScanRules(policy=Policy.FAIR_SHARE)
_FEATURES = st.fixed_dictionaries({name: st.booleans() for name in ("calendars", "capacity", "lanes", "alternates")})


def _valves(lines: list[tuple[int, int]], *, stock: int, coming: tuple[tuple[int, int], ...] = ()) -> Snapshot:
    """Lines of (units, day due), units in stock, and purchases of (units, day)."""
    return book(
        items=[("VALVE",)],
        stock=[("VALVE", stock)],
        supply=[("PO", f"PO{n}", "VALVE", units, day) for n, (units, day) in enumerate(coming)],
        demand=[(f"S{n}", 1, "VALVE", units, day) for n, (units, day) in enumerate(lines)],
    )


def _short(snapshot: Snapshot) -> list[int]:
    return net(snapshot, _FAIR).line_short.tolist()


def test_what_is_not_enough_for_all_is_short_in_proportion_by_largest_remainder() -> None:
    assert _short(_valves([(40, 5), (12, 5)], stock=15)) == [28, 9]
    assert _short(_valves([(1, 5), (1, 5), (1, 5)], stock=2)) == [0, 0, 1]


def test_who_can_be_served_on_its_day_is_not_cut_for_what_is_needed_later() -> None:
    assert _short(_valves([(10, 1), (10, 30)], stock=10)) == [0, 10]


def test_what_comes_later_is_shared_by_all_who_wait_for_it() -> None:
    snapshot = _valves([(8, 1), (4, 1), (8, 9)], stock=6, coming=((4, 12),))

    assert _short(snapshot) == [3, 1, 6]


def test_units_that_come_go_to_those_first_that_need_them_first() -> None:
    result = net(_valves([(4, 1), (4, 2)], stock=0, coming=((3, 3), (3, 8))), _FAIR)

    assert result.line_short.tolist() == [1, 1]
    assert result.line_cover.tolist() == [AS_OF + 3, AS_OF + 8]


def test_what_is_planned_for_a_line_is_not_shared() -> None:
    plain = _valves([(10, 5), (10, 5)], stock=4)

    assert _short(with_orders(plain, [("PO", "PP-1", "VALVE", 8, 0, 4, "", "", "S0")])) == [1, 7]


def test_what_a_line_holds_is_not_shared() -> None:
    plain = _valves([(10, 5), (10, 5)], stock=4)
    held = replace(plain.demand, held=np.array([8, 0], dtype=np.int64))

    assert _short(replace(plain, demand=held)) == [1, 7]


def test_units_near_the_limit_are_shared_exactly() -> None:
    half = LARGEST_QUANTITY // 2

    assert _short(_valves([(half, 5), (half - 1, 5)], stock=half)) == [half // 2, half - 1 - half // 2]


@pytest.mark.parametrize("days", [0, 10**6])
def test_sharing_ends_where_nothing_comes_any_more(days: int) -> None:
    result = net(_valves([(5, days), (5, days)], stock=0), _FAIR)

    assert (result.line_short.tolist(), result.line_cover.tolist()) == ([5, 5], [NEVER, NEVER])


@settings(max_examples=40, deadline=None)
@given(featured(books()), scan_rules(), _FEATURES)
def test_fair_share_with_any_features_agrees_with_the_plain_oracle(
    snapshot: Snapshot, rules: ScanRules, features: dict[str, bool]
) -> None:
    agrees(snapshot, replace(rules, policy=Policy.FAIR_SHARE, **features))


_lines = st.lists(st.tuples(st.integers(1, 30), st.integers(-2, 6)), min_size=1, max_size=8)
_coming = st.lists(st.tuples(st.integers(1, 30), st.integers(-2, 9)), max_size=5).map(tuple)


@settings(max_examples=60, deadline=None)
@given(_lines, st.integers(1, 30), _coming)
def test_shares_are_those_of_the_plain_oracle_and_use_all_there_is(
    lines: list[tuple[int, int]], stock: int, coming: tuple[tuple[int, int], ...]
) -> None:
    short = _short(_valves(lines, stock=stock, coming=coming))

    order = sorted(range(len(lines)), key=lambda n: (lines[n][1], n))
    receipts = [(0, stock), *((max(day, 0), units) for units, day in coming)]
    given_ = fair([(lines[n][1], lines[n][0]) for n in order], receipts, today=0)
    assert [short[n] for n in order] == [lines[n][0] - units for n, units in zip(order, given_, strict=True)]
    wanted = sum(units for units, _ in lines)
    assert sum(short) == max(0, wanted - stock - sum(units for units, _ in coming))


_planned = st.lists(st.tuples(st.integers(1, 20), st.integers(0, 6), st.integers(0, 7)), min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)
@given(_lines, _coming, _planned)
def test_what_is_kept_is_taken_off_before_the_rest_is_shared(
    lines: list[tuple[int, int]], coming: tuple[tuple[int, int], ...], planned: list[tuple[int, int, int]]
) -> None:
    orders = [
        ("PO", f"PP-{n}", "VALVE", units, 0, day, "", "", f"S{at % len(lines)}")
        for n, (units, day, at) in enumerate(planned)
    ]
    result = net(with_orders(_valves(lines, stock=1, coming=coming), orders), _FAIR)

    needs, receipts = result.requirements, result.receipts
    wanted, free = needs.quantity.copy(), receipts.quantity.copy()
    np.subtract.at(wanted, result.kept.requirement, result.kept.quantity)
    np.subtract.at(free, result.kept.receipt, result.kept.quantity)
    order = sorted(range(len(lines)), key=lambda n: (int(needs.need[n]), n))
    asked = [(int(needs.need[n]), int(wanted[n])) for n in order]
    given_ = fair(asked, list(zip(receipts.eta.tolist(), free.tolist(), strict=True)), today=AS_OF)
    assert [int(needs.short[n]) for n in order] == [units - got for (_, units), got in zip(asked, given_, strict=True)]
