"""The projected balance day by day equals the sum done by hand."""

from hypothesis import given, settings

from core.planning.netting import net
from core.planning.projection import flows, project, project_one
from core.planning.rules import OverdueSupply, ScanRules
from core.planning.snapshot import NEVER, Snapshot
from tests.core.planning.books import AS_OF, book
from tests.core.planning.strategies import books, scan_rules


def test_the_balance_falls_with_needs_and_rises_with_receipts() -> None:
    snapshot = book(
        items=[("A",)],
        stock=[("A", 10)],
        supply=[("PO", "P1", "A", 5, 4)],
        demand=[("S1", 1, "A", 8, 2), ("S2", 1, "A", 6, 6), ("S3", 1, "A", 1, -3)],
    )

    balance = project(snapshot, net(snapshot, ScanRules()))

    assert balance.day.tolist() == [AS_OF, AS_OF + 2, AS_OF + 4, AS_OF + 6]
    assert balance.balance.tolist() == [9, 1, 6, 0]
    assert balance.least.tolist() == [0, 0, 0, 0]


def test_what_never_comes_does_not_count() -> None:
    snapshot = book(items=[("A", True), ("B",)], bom=[("A", "B")], supply=[("WO", "W1", "A", 5, 4, "", 1)])

    balance = project_one(snapshot, net(snapshot, ScanRules()), item=0, group=0)

    assert balance.balance.tolist() == [0]


def test_a_day_tells_what_comes_and_what_is_needed_and_how_many_are_short() -> None:
    snapshot = book(
        items=[("A",)],
        stock=[("A", 10)],
        supply=[("PO", "P1", "A", 5, 4)],
        demand=[("S1", 1, "A", 12, 2), ("S2", 1, "A", 6, 6), ("S3", 1, "A", 1, -3)],
    )

    days = flows(snapshot, net(snapshot, ScanRules()), item=0, group=0)

    assert days == ((AS_OF, 10, 1, 9), (AS_OF + 2, 0, 12, -3), (AS_OF + 4, 5, 0, 2), (AS_OF + 6, 0, 6, -4))


@settings(max_examples=60, deadline=None)
@given(books(), scan_rules())
def test_what_comes_less_what_is_needed_is_the_balance_of_every_day(snapshot: Snapshot, rules: ScanRules) -> None:
    result = net(snapshot, rules)

    for item in range(len(snapshot.items.code)):
        for group in range(int(result.group_of.max(initial=-1)) + 1):
            left = 0
            for _, comes, needed, balance in flows(snapshot, result, item=item, group=group):
                left += comes - needed
                assert balance == left


@settings(max_examples=60, deadline=None)
@given(books(), scan_rules())
def test_every_balance_is_the_sum_of_what_came_and_went(snapshot: Snapshot, rules: ScanRules) -> None:
    result = net(snapshot, rules)

    balance = project(snapshot, result)

    rows = list(zip(balance.item.tolist(), balance.group.tolist(), balance.day.tolist(), strict=True))
    assert rows == sorted(set(rows))
    for (item, group, day), units, least in zip(rows, balance.balance.tolist(), balance.least.tolist(), strict=True):
        needs, receipts = result.requirements, result.receipts
        gone = (needs.item == item) & (needs.group == group) & (needs.need <= day)
        come = (receipts.item == item) & (receipts.group == group) & (receipts.eta <= day)
        assert units == receipts.quantity[come].sum() - needs.quantity[gone].sum()
        here = (balance.item == item) & (balance.group == group) & (balance.day >= day)
        assert least == balance.balance[here].min()
    assert NEVER not in balance.day.tolist()


@settings(max_examples=30, deadline=None)
@given(books())
def test_one_item_is_projected_as_among_all(snapshot: Snapshot) -> None:
    result = net(snapshot, ScanRules(overdue=OverdueSupply.AS_DATED))
    every = project(snapshot, result)

    for item, group in set(zip(every.item.tolist(), every.group.tolist(), strict=True)):
        one = project_one(snapshot, result, item=item, group=group)
        here = (every.item == item) & (every.group == group)
        assert one.day.tolist() == every.day[here].tolist()
        assert one.balance.tolist() == every.balance[here].tolist()
        assert one.least.tolist() == every.least[here].tolist()
