"""A change followed node by node is what netting the changed books as a whole finds."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from core.planning.effects.events import LineChanged
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot
from core.planning.whatif.comparing import netted_again
from core.planning.whatif.difference import Difference
from core.planning.whatif.resident import Resident
from core.planning.whatif.view import View, view_of
from tests.core.planning.books import book
from tests.core.planning.featured import featured
from tests.core.planning.planned import with_orders
from tests.core.planning.strategies import books, scan_rules
from tests.core.planning.whatif.happenings import events


@settings(max_examples=40, deadline=None)
@given(books() | featured(books()), scan_rules(), st.booleans(), st.data())
def test_following_any_events_is_netting_the_changed_books(
    snapshot: Snapshot, rules: ScanRules, calendars: bool, data: st.DataObject
) -> None:
    rules = replace(rules, calendars=calendars)
    resident = Resident.of(snapshot, rules)
    view = view_of(resident)

    for _ in range(data.draw(st.integers(1, 4))):
        found = view.change(data.draw(events(view.snapshot())))

        again = view.snapshot()
        assert found.path == "incremental"
        assert _lines(found) == _lines(netted_again(resident, again, why="to compare"))
        assert sorted(_asked(view)) == _needs(net(again, rules))
        assert _receipts(view) == _came(net(again, rules), again)


def _lines(found: Difference) -> list[object]:
    return [(d.name, d.before, d.after) for d in found.worst(found.lines)]


def _asked(view: View) -> list[tuple[int, ...]]:
    """What is asked at every node, in the order served, without what it is called."""
    state = view.state
    assert state is not None
    nodes = sorted({*state.index.spans, *state.nodes})
    return [
        (node, kind, need, quantity, short, cover, available)
        for node in nodes
        for _, _, need, quantity, kind, _, _, short, _, cover, available in state.node(node).asked.T.tolist()
    ]


def _needs(result: NetResult) -> list[tuple[int, ...]]:
    needs, groups = result.requirements, int(result.group_of.max(initial=0)) + 1
    return sorted(
        zip(
            (needs.item.astype(int) * groups + needs.group).tolist(),
            needs.kind.tolist(),
            needs.need.tolist(),
            needs.quantity.tolist(),
            needs.short.tolist(),
            needs.cover.tolist(),
            needs.available.tolist(),
            strict=True,
        )
    )


def _receipts(view: View) -> list[tuple[object, ...]]:
    state = view.state
    assert state is not None
    found = list[tuple[object, ...]]()
    for node in {*state.index.spans, *state.nodes}:
        for supply, units, eta, _ in state.node(node).coming.T.tolist():
            named = state.supply(supply)[:3] if supply >= 0 else (0, "", 0)
            found.append((node, *named, units, eta))
    return sorted(found)


def _came(result: NetResult, books: Snapshot) -> list[tuple[object, ...]]:
    receipts, groups, supply = result.receipts, int(result.group_of.max(initial=0)) + 1, books.supply
    return sorted(
        (
            int(receipts.item[row]) * groups + int(receipts.group[row]),
            *((int(supply.kind[at]), supply.number[at], int(supply.line[at])) if at >= 0 else (0, "", 0)),
            int(receipts.quantity[row]),
            int(receipts.eta[row]),
        )
        for row, at in enumerate(receipts.supply.tolist())
    )


def test_what_ties_nodes_together_is_netted_as_a_whole_and_says_why() -> None:
    books = with_orders(
        book(
            items=[("A",), ("B",)],
            demand=[("SO-1", 1, "A", 9, 5), ("SO-2", 1, "B", 4, 6)],
            stock=[("B", 4)],
            sources=[("A", "S1", 20)],
        ),
        [("PO", "PP-1", "A", 9, 1, 4, "", "", "SO-1", 1)],
    )
    more = LineChanged(order="SO-1", line=1, quantity=11)
    other = LineChanged(order="SO-2", line=1, quantity=11)

    planned = view_of(Resident.of(books, ScanRules())).change(more)
    apart = view_of(Resident.of(books, ScanRules())).change(other)
    coupled = view_of(Resident.of(books, ScanRules(capacity=True))).change(other)

    assert (planned.path, planned.why) == ("full", "orders are planned for this line")
    assert (apart.path, apart.why) == ("incremental", "")
    assert (coupled.path, coupled.why) == (
        "full",
        "the rules let places, work centres or items stand in for one another",
    )
    assert _lines(apart) == _lines(coupled)
    assert [(d.name.order, d.after and d.after.short) for d in planned.worst(9)] == [("SO-1", 2)]
