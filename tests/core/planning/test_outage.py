"""What an outage reaches, and what it really hurts."""

import pytest

from core.domain.errors import InvalidValueError, NotFoundError
from core.planning.netting import net
from core.planning.outage import Alternative, lines_at_risk, outage, with_outage
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot
from tests.core.planning.adventureworks import adventureworks
from tests.core.planning.books import AS_OF, book


@pytest.mark.parametrize(
    ("supplier", "figures"), [("TREYRE0001", (2, 5, 5, 175, 1886)), ("CUSTOMF0001", (1, 10, 0, 199, 1972))]
)
def test_adventureworks_outages_reach_what_is_known(supplier: str, figures: tuple[int, ...]) -> None:
    impact = outage(adventureworks(), supplier, 14)

    names = ("purchase_orders_hit", "items_hit", "items_with_alternative", "parents_reachable", "lines_reachable")
    assert impact.figures == dict(zip(names, figures, strict=True))


def test_an_outage_names_orders_items_parents_lines_and_alternatives() -> None:
    snapshot = _books()

    impact = outage(snapshot, "V1", 10)

    assert impact.purchase_orders == ("P1", "P2")
    assert [snapshot.items.code[n] for n in impact.items] == ["BOLT", "SEAL"]
    assert [snapshot.items.code[n] for n in impact.parents] == ["PUMP", "SKID"]
    assert [snapshot.demand.order[n] for n in impact.lines] == ["S1", "S2"]
    assert impact.alternatives == (Alternative(item=2, supplier=1, lead_days=9, price=25_000, minimum=5),)


def test_with_the_outage_open_lines_come_later_and_new_ones_take_longer() -> None:
    snapshot = _books()

    after = with_outage(snapshot, "V1", 10)

    assert (after.supply.due - AS_OF).tolist() == [10, 14, 6]
    assert after.sources.lead_days.tolist() == [14, 13, 9]
    assert after.items.lead_days.tolist() == [14, 2, 9, 1, 0]
    assert snapshot.supply.due.tolist() == [AS_OF - 2, AS_OF + 4, AS_OF + 6]


def test_lines_at_risk_are_those_in_order_before_and_not_after() -> None:
    snapshot = _books()
    before, after = (net(books, ScanRules()) for books in (snapshot, with_outage(snapshot, "V1", 10)))

    assert lines_at_risk(snapshot, before=before, after=after).tolist() == [1]


def test_an_unknown_supplier_is_refused_with_the_nearest_codes() -> None:
    with pytest.raises(NotFoundError, match="no supplier 'V9'; accepted: a supplier's code, such as 'V"):
        outage(_books(), "V9", 10)


@pytest.mark.parametrize("days", [0, 3651])
def test_an_outage_without_end_or_beginning_is_refused(days: int) -> None:
    with pytest.raises(InvalidValueError, match=f"an outage of {days} days; accepted: 1 to 3650"):
        with_outage(_books(), "V1", days)


def _books() -> Snapshot:
    """Skids of pumps of seals; V1 alone sells bolts, V1 and V2 seals."""
    return book(
        items=[("BOLT",), ("PUMP", True, 2), ("SEAL",), ("SKID", True, 1), ("WASHER",)],
        bom=[("SKID", "PUMP"), ("PUMP", "SEAL")],
        demand=[("S1", 1, "SKID", 1, 30), ("S2", 1, "BOLT", 3, 5), ("S3", 1, "WASHER", 1, 9)],
        supply=[
            ("PO", "P1", "BOLT", 3, -2, "", None, "V1"),
            ("PO", "P2", "SEAL", 1, 4, "", None, "V1"),
            ("PO", "P3", "WASHER", 1, 6, "", None, "V2"),
        ],
        sources=[("BOLT", "V1", 4), ("SEAL", "V1", 3), ("SEAL", "V2", 9, "2.5", 5)],
    )
