"""What is looked up is bounded, sorted and counted, and read under the agents' role."""

from decimal import Decimal

import pytest

from core.domain.ids import CustomerCode, ItemCode, SupplierCode
from core.domain.overviews import Deliveries, LineFilter, LineStatus, SupplyFilter, SupplyKind
from core.domain.users import AGENT_NAME
from tests.builders import GULF, HARBOR, VALVE, day
from tests.desk import Desk


@pytest.mark.breaks_laws("rows are changed by hand")
def test_lines_come_by_day_and_are_counted_beyond_the_limit(desk: Desk) -> None:
    desk.alter("UPDATE sales_order_lines SET promised = promised - 30 WHERE line = 2")

    with desk.open_agent_uow(AGENT_NAME) as uow:
        few, count = uow.overviews.order_lines(LineFilter(limit=2))
        late, _ = uow.overviews.order_lines(LineFilter(status=LineStatus.LATE))
        theirs, _ = uow.overviews.order_lines(LineFilter(customer=HARBOR, item=VALVE, due_before=day(5)))
        totals = uow.overviews.open_totals(customer=CustomerCode("HARBOR"))
        nobody = uow.overviews.open_totals(item=ItemCode("SEAL"))

    assert ([(one.order, one.line) for one in few], count) == ([("SO-1", 2), ("SO-1", 1)], 3)
    assert [(one.order, one.line, one.due) for one in late] == [("SO-1", 2, day(-20))]
    assert [(one.order, one.line, one.open) for one in theirs] == [("SO-1", 1, 40)]
    assert (totals.lines, totals.late, totals.units) == (2, 1, 42)
    assert (nobody.lines, nobody.value) == (0, Decimal("0.00"))


def test_supply_of_all_kinds_is_one_list(desk: Desk) -> None:
    with desk.open_agent_uow(AGENT_NAME) as uow:
        rows, count = uow.overviews.supply(SupplyFilter(limit=2))
        late = uow.overviews.supply(SupplyFilter(late=day(10), kind=SupplyKind.PURCHASE))
        bought, _ = uow.overviews.supply(SupplyFilter(supplier=GULF, item=VALVE))

    assert ([(row.kind.value, row.number, row.open) for row in rows], count) == (
        [("transfer", "TO-2", 5), ("transfer", "TO-1", 10)],
        5,
    )
    assert [(row.number, row.line) for row in late[0]] == [("PO-1", 2)]
    assert [(row.number, row.supplier, row.due) for row in bought] == [("PO-1", "GULF", day(20))]


@pytest.mark.breaks_laws("rows are changed by hand")
def test_deliveries_are_counted_with_how_late_they_came(desk: Desk) -> None:
    desk.alter(
        """INSERT INTO receipts (order_id, line, reference, location_id, accepted, rejected, reason, lot, received_on,
                                 recorded_at, recorded_by)
           SELECT l.order_id, l.line, 'R-' || n, l.location_id, 1, 0, '', '', l.due + n, now(), 'maria'
           FROM purchase_order_lines l, generate_series(-2, 2, 2) n WHERE l.line = 1"""
    )

    with desk.open_agent_uow(AGENT_NAME) as uow:
        found = uow.overviews.deliveries(GULF, days=365)
        offers, sold = uow.overviews.offers(SupplierCode("GULF"), limit=1)

    assert found == Deliveries(since=day(-365), count=3, on_time=2, days_late=2)
    assert ([offer.item for offer in offers], sold) == (["MOTOR"], 2)
