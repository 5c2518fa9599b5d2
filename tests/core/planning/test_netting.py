"""Netting agrees with the plain oracle, with AdventureWorks, and conserves units."""

from collections.abc import Mapping, Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.errors import CircularBomError, InvalidValueError, UsageError
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.rules import OverdueSupply, Policy, ScanRules
from core.planning.snapshot import NEVER, Snapshot
from tests.core.planning.adventureworks import adventureworks, oracle
from tests.core.planning.books import AS_OF, book
from tests.core.planning.oracle import Oracle
from tests.core.planning.strategies import books, rows, scan_rules

_POOLED = ScanRules(policy=Policy.FIRST_COME, pool_locations=True)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(books(), scan_rules())
def test_net_agrees_with_the_plain_oracle(snapshot: Snapshot, rules: ScanRules) -> None:
    expected = Oracle(snapshot, rules)

    result = net(snapshot, rules)

    assert _requirements(result) == [
        (n.kind, n.ref, n.item, n.group, n.need, n.quantity, n.short, n.cover, n.available) for n in expected.needs
    ]
    assert _pegs(result) == [(at, *peg) for at, need in enumerate(expected.needs) for peg in need.pegs]
    etas = {int(s): int(day) for s, day in zip(result.receipts.supply, result.receipts.eta, strict=True) if s >= 0}
    assert etas == expected.etas
    assert result.group_of.tolist() == expected.group_of


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(books(), scan_rules())
def test_units_are_conserved_at_every_node(snapshot: Snapshot, rules: ScanRules) -> None:
    result = net(snapshot, rules)

    needed = _by_node(result.requirements.item, result.requirements.group, result.requirements.quantity)
    come = _by_node(result.receipts.item, result.receipts.group, result.receipts.quantity)
    at = result.pegs.requirement
    pegged = _by_node(result.requirements.item[at], result.requirements.group[at], result.pegs.quantity)
    assert pegged == {node: min(units, come[node]) for node, units in needed.items() if min(units, come.get(node, 0))}
    assert np.all(result.pegs.quantity > 0)
    eaten = np.zeros_like(result.receipts.quantity)
    np.add.at(eaten, result.pegs.receipt, result.pegs.quantity)
    assert np.all(eaten <= result.receipts.quantity)


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(rows(), scan_rules(), st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(
    tables: Mapping[str, Sequence[tuple[object, ...]]], rules: ScanRules, random: Random
) -> None:
    shuffled = {name: random.sample(table, len(table)) for name, table in tables.items()}

    one, other = net(_book(tables), rules), net(_book(shuffled), rules)

    assert _requirements(one) == _requirements(other)
    assert _pegs(one) == _pegs(other)


def test_adventureworks_agrees_with_its_oracle_on_every_line() -> None:
    snapshot = adventureworks()
    rules = ScanRules(policy=Policy.FIRST_COME, overdue=OverdueSupply.AS_DATED, pool_locations=True, use_bom=False)

    result = net(snapshot, rules)

    found = {
        (order, line): ("uncovered" if short else "late" if cover > due else "on time", short)
        for order, line, due, short, cover in zip(
            snapshot.demand.order,
            snapshot.demand.line.tolist(),
            snapshot.demand.due.tolist(),
            result.line_short.tolist(),
            result.line_cover.tolist(),
            strict=True,
        )
    }
    expected = oracle()
    assert len(expected) == 4143
    assert {key: (state, short) for key, (state, short) in found.items()} == {
        key: (next(s for s in ("uncovered", "late", "on time") if state.startswith(s)), short)
        for key, (state, short) in expected.items()
    }


def test_a_late_component_pushes_the_work_order_and_the_line_it_serves() -> None:
    snapshot = book(
        items=[("PUMP", True, 4), ("SEAL",)],
        bom=[("PUMP", "SEAL", "2")],
        demand=[("SO1", 1, "PUMP", 10, 6)],
        supply=[("WO", "W1", "PUMP", 10, 5, "", 2), ("PO", "P1", "SEAL", 20, 4)],
    )

    result = net(snapshot, _POOLED)

    assert result.receipts.eta.tolist() == [AS_OF + 7, AS_OF + 4]
    assert result.line_cover.tolist() == [AS_OF + 7]
    assert result.line_short.tolist() == [0]


def test_an_issued_work_order_needs_no_components() -> None:
    snapshot = book(
        items=[("PUMP", True, 4), ("SEAL",)],
        bom=[("PUMP", "SEAL")],
        demand=[("SO1", 1, "PUMP", 10, 6)],
        supply=[("WO", "W1", "PUMP", 10, 5, "", 2, "", True)],
    )

    result = net(snapshot, _POOLED)

    assert result.requirements.kind.tolist() == [0]
    assert result.line_available.tolist() == [AS_OF + 5]


def test_short_units_are_there_when_their_components_are_bought_and_they_are_made() -> None:
    snapshot = book(
        items=[("PUMP", True, 4), ("SEAL",)],
        bom=[("PUMP", "SEAL", "1.5")],
        demand=[("SO1", 1, "PUMP", 3, 9)],
        stock=[("PUMP", 2), ("SEAL", 1)],
        sources=[("SEAL", "V1", 7), ("SEAL", "V2", 8)],
    )

    result = net(snapshot, _POOLED)

    assert _requirements(result) == [
        (0, 0, 0, 0, AS_OF + 9, 3, 1, AS_OF, AS_OF + 11),
        (2, 0, 1, 0, AS_OF + 5, 2, 1, AS_OF, AS_OF + 7),
    ]


def test_what_nobody_supplies_is_never_there() -> None:
    snapshot = book(items=[("PUMP", True, 4), ("SEAL",)], bom=[("PUMP", "SEAL")], demand=[("SO1", 1, "PUMP", 3, 9)])

    result = net(snapshot, _POOLED)

    assert result.line_available.tolist() == [NEVER]
    assert result.line_cover.tolist() == [NEVER]


@pytest.mark.parametrize(
    ("policy", "served"),
    [(Policy.FIRST_COME, ["S2"]), (Policy.BY_ENTRY, ["S1"]), (Policy.PRIORITY, ["S3"])],
)
def test_the_policy_decides_who_gets_the_stock(policy: Policy, served: list[str]) -> None:
    snapshot = book(
        items=[("A",)],
        stock=[("A", 5)],
        demand=[
            ("S1", 1, "A", 5, 9, "", 0, 1, 3),
            ("S2", 1, "A", 5, 4, "", 0, 2, 3),
            ("S3", 1, "A", 5, 7, "", 0, 3, 1),
        ],
    )

    result = net(snapshot, ScanRules(policy=policy))

    assert [snapshot.demand.order[n] for n in np.flatnonzero(result.line_short == 0).tolist()] == served


def test_a_component_on_the_floor_goes_before_one_only_planned() -> None:
    snapshot = book(
        items=[("CAP", True), ("PUMP", True), ("SEAL",), ("SUB", True)],
        bom=[("PUMP", "SUB"), ("SUB", "SEAL"), ("CAP", "SEAL")],
        stock=[("SEAL", 1)],
        supply=[("WO", "W1", "PUMP", 1, 9, "", 1), ("WO", "W2", "CAP", 1, 9, "", 5)],
    )

    result = net(snapshot, ScanRules(policy=Policy.BY_ENTRY))

    assert [(kind, short) for kind, *_, short, _, _ in _requirements(result)] == [(1, 1), (1, 0), (2, 1)]


def test_components_come_from_the_production_stock_of_the_site() -> None:
    snapshot = book(
        items=[("PUMP", True, 1), ("SEAL",)],
        locations=[("SHIP", "S1", True), ("SHOP", "S1", False), ("FAR", "S2", False)],
        bom=[("PUMP", "SEAL")],
        stock=[("SEAL", 1, "SHIP"), ("SEAL", 1, "SHOP"), ("SEAL", 9, "FAR")],
        sources=[("SEAL", "V1", 5)],
        demand=[("SO1", 1, "PUMP", 2, 9, "SHIP")],
    )

    result = net(snapshot, ScanRules())

    assert result.requirements.short.tolist() == [2, 1]
    assert result.line_available.tolist() == [AS_OF + 6]


def test_pooling_and_one_shipping_place_exclude_each_other() -> None:
    with pytest.raises(UsageError, match="exclude each other") as refused:
        net(book(items=[("A",)]), ScanRules(pool_locations=True, ship_from="MAIN"))

    assert refused.value.code == "wrong_usage"


def test_an_unknown_shipping_place_is_refused_with_those_accepted() -> None:
    with pytest.raises(UsageError, match="no location 'X' to ship from; accepted: 'MAIN'"):
        net(book(items=[("A",)]), ScanRules(ship_from="X"))


def test_a_circular_bill_of_materials_is_refused_naming_the_loop() -> None:
    loop = [("B", "C"), ("C", "D"), ("D", "B"), ("A", "B"), ("D", "E")]
    snapshot = book(items=[(code, True) for code in "ABCDE"], bom=loop)

    with pytest.raises(CircularBomError, match="'B' -> 'C' -> 'D' -> 'B'") as refused:
        net(snapshot, ScanRules())

    assert refused.value.details == {"loop": ("B", "C", "D")}


def test_a_quantity_beyond_the_limit_is_refused_by_name() -> None:
    snapshot = book(items=[("A",)], demand=[("S1", 1, "A", 10**12 + 1, 0)])

    with pytest.raises(InvalidValueError, match="quantity of order 'S1' line 1 is 1000000000001; accepted: 0 to"):
        net(snapshot, ScanRules())


@pytest.mark.parametrize("units", [10**9, 10**12])
def test_an_explosion_beyond_the_limit_is_refused_by_name(units: int) -> None:
    snapshot = book(items=[("A", True), ("B",)], bom=[("A", "B", "1000000")], demand=[("S1", 1, "A", units, 0)])

    with pytest.raises(InvalidValueError, match=f"{units} of 'A' need more 'B' than the limit of"):
        net(snapshot, ScanRules())


def test_books_without_rows_have_an_empty_answer() -> None:
    result = net(book(items=[]), ScanRules())

    assert result.line_short.tolist() == []
    assert result.pegs.quantity.tolist() == []


def _requirements(result: NetResult) -> list[tuple[int, ...]]:
    r = result.requirements
    columns = (r.kind, r.ref, r.item, r.group, r.need, r.quantity, r.short, r.cover, r.available)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _pegs(result: NetResult) -> list[tuple[int, int, int]]:
    supply = result.receipts.supply[result.pegs.receipt]
    return list(zip(result.pegs.requirement.tolist(), supply.tolist(), result.pegs.quantity.tolist(), strict=True))


def _by_node(item: np.ndarray, group: np.ndarray, units: np.ndarray) -> dict[tuple[int, int], int]:
    totals: dict[tuple[int, int], int] = {}
    for key, n in zip(zip(item.tolist(), group.tolist(), strict=True), units.tolist(), strict=True):
        totals[key] = totals.get(key, 0) + n
    return totals


def _book(tables: Mapping[str, Sequence[tuple[object, ...]]]) -> Snapshot:
    return book(**tables)  # pyright: ignore[reportArgumentType] - table names as keys
