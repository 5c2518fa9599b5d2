"""Buffers in plans: purchases count some days after their supplier's word, in full scans, what-ifs and trials alike."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.buffers import counted_words
from core.domain.ids import ItemCode, LocationCode, PurchaseOrderNo, SupplierCode
from core.domain.plans import Buy, Expedite
from core.planning.buffers import buffer_of, row_buffer, with_buffers, word_day, word_days
from core.planning.netting import net
from core.planning.rules import OverdueSupply, ScanRules
from core.planning.simulation import apply
from core.planning.snapshot import PURCHASE_ORDER, Snapshot, date_of
from core.planning.tracing import Hold, Paths
from core.planning.whatif.comparing import netted_again
from core.planning.whatif.resident import Resident
from core.planning.whatif.view import view_of
from tests.columns import differences
from tests.core.planning.books import AS_OF, book
from tests.core.planning.strategies import books, scan_rules
from tests.core.planning.whatif.happenings import events


def _books(due: int = 4) -> Snapshot:
    return book(
        items=[("A",)],
        demand=[("SO-1", 1, "A", 10, 6)],
        supply=[("PO", "PO-1", "A", 10, due, "", None, "GULF")],
        sources=[("A", "GULF", 5), ("A", "DELTA", 8)],
    )


def test_a_purchase_is_counted_on_after_its_word_and_so_is_the_lead_time() -> None:
    plain = _books()
    later = with_buffers(plain, {"GULF": 3})

    assert net(plain, ScanRules()).line_available.tolist() == [AS_OF + 4]
    assert net(later, ScanRules()).line_available.tolist() == [AS_OF + 7]
    assert (later.items.lead_days.tolist(), later.sources.lead_days.tolist()) == ([8], [8, 8])
    assert (word_day(later, 0), word_days(later).tolist(), row_buffer(later, 0)) == (AS_OF + 4, [AS_OF + 4], 3)
    assert (buffer_of(later, "GULF"), buffer_of(later, "DELTA"), buffer_of(later, "NOBODY")) == (3, 0, 0)


def test_without_buffers_nothing_is_another_and_the_columns_are_shared() -> None:
    plain = _books()

    assert with_buffers(plain, {"GULF": 0}) is plain
    assert with_buffers(plain, {"NOBODY": 5}) is plain
    assert word_days(plain) is plain.supply.due


def test_what_is_agreed_is_the_word_and_what_is_simulated_is_counted_on() -> None:
    books_now = with_buffers(_books(), {"GULF": 3, "DELTA": 1})
    bought = Buy(
        reference=PurchaseOrderNo("PO-2"), supplier=SupplierCode("DELTA"), item=ItemCode("A"),
        location=LocationCode("MAIN"), quantity=5, unit_price=Decimal(1), currency="EUR",
        arrive_on=date_of(AS_OF + 2), cost=Decimal(0), quote="Q",
    )  # fmt: skip
    hurried = Expedite(
        purchase_order=PurchaseOrderNo("PO-1"), line=1, supplier=SupplierCode("GULF"), item=ItemCode("A"), quantity=10,
        old_due=date_of(AS_OF + 4), new_due=date_of(AS_OF + 1), fee=Decimal(0), quote="E",
    )  # fmt: skip

    after = apply(books_now, [bought, hurried])

    assert after.supply.due.tolist() == [AS_OF + 4, AS_OF + 3]
    assert word_days(after).tolist() == [AS_OF + 1, AS_OF + 2]


def test_an_order_is_overdue_by_its_word_and_ignored_from_then_on() -> None:
    late = with_buffers(_books(due=-1), {"GULF": 3})
    ignored = replace(ScanRules(), overdue=OverdueSupply.IGNORE)

    assert net(late, ScanRules()).line_available.tolist() == [AS_OF + 2]
    result = net(late, ignored)
    (path,) = {Paths(late, result).of(int(row)) for row in result.line_requirement}
    assert (path.hold, path.supply) == (Hold.OVERDUE, 0)


def test_a_day_is_told_with_its_buffer() -> None:
    assert counted_words(date(2024, 11, 12), 3) == "word 2024-11-12, counted on 2024-11-15 (buffer 3 days)"
    assert counted_words(date(2024, 11, 12), 1) == "word 2024-11-12, counted on 2024-11-13 (buffer 1 day)"
    assert counted_words(date(2024, 11, 12), 0) == "2024-11-12"


@settings(max_examples=30, deadline=None)
@given(books(), scan_rules(), st.data())
def test_what_is_followed_is_what_a_full_scan_of_the_buffered_books_finds(
    plain: Snapshot, rules: ScanRules, data: st.DataObject
) -> None:
    buffers = {code: data.draw(st.integers(0, 9)) for code in plain.parties.supplier}
    snapshot = with_buffers(plain, buffers)
    bought = snapshot.supply.kind == PURCHASE_ORDER
    moved = (snapshot.supply.due - plain.supply.due)[bought].tolist()
    assert moved == [
        buffers[snapshot.parties.supplier[at]] if at >= 0 else 0 for at in snapshot.supply.supplier[bought]
    ]
    resident = Resident.of(snapshot, rules)
    view = view_of(resident)

    found = view.change(data.draw(events(view.snapshot())))

    again = view.snapshot()
    assert list(differences(again.parties.supplier_buffer, snapshot.parties.supplier_buffer)) == []
    wanted = netted_again(resident, again, why="to compare")
    told = [[(d.name, d.before, d.after) for d in one.worst(one.lines)] for one in (found, wanted)]
    assert told[0] == told[1]
