"""What a promise needs ordered: supply of its line until it must be placed, gone when the line needs it no more."""

from core.domain.amendments import Amendment, Change, ChangeDate, ChangeQuantity
from core.domain.ids import OrderNo, PurchaseOrderNo
from core.domain.planned_orders import PlannedState
from core.planning.detection import detect
from core.planning.netting import net
from core.planning.rules import ScanRules
from core.planning.simulation import line_position
from core.planning.snapshot import PLANNED_PURCHASE
from core.services.ordering.amending import AmendOrder, CancelOrder, amend, cancel_order
from core.services.ordering.previewing import preview_amendment
from core.services.supplying.planned import FirmPlanned, firm_planned
from core.services.supplying.purchasing import SendPurchase, send_purchase
from tests.builders import day
from tests.core.services.promising.orders import NEW, add, confirmed, line
from tests.core.services.supplying.works import lawful
from tests.desk import Desk

PLAN = "PP-SO-77-1.1-1"


def promised(desk: Desk) -> None:
    """Thirty valves are free in stock, ten more come from Delta by day 6."""
    add(desk, line(1, 40), priority=9)
    assert confirmed(desk).planned == (PLAN,)


def short(desk: Desk) -> int:
    """Units of the line that nothing covers."""
    snapshot = desk.snapshot()
    at = line_position(snapshot, NEW, 1)
    assert at is not None
    return int(net(snapshot, ScanRules()).line_short[at])


def cases(desk: Desk) -> list[tuple[str, str, str]]:
    """The cases the line is in."""
    snapshot = desk.snapshot()
    found = detect(snapshot, net(snapshot, ScanRules()))
    return [(one.type.value, one.root, one.cause) for one in found if NEW in {impact.order for impact in one.impacts}]


def waiting(desk: Desk) -> list[str]:
    with desk.open() as uow:
        return [one.number for one in uow.planned_orders.waiting()]


def amended(desk: Desk, change: Change, *, version: int = 1) -> tuple[str, ...]:
    amendment = Amendment(order=NEW, changes=(change,), reason="the customer asked")
    with desk.open() as uow:
        preview = preview_amendment(uow, amendment)
    with desk.open() as uow:
        command = AmendOrder(key=f"a-{version}", amendment=amendment, version=version, preview_digest=preview.digest)
        return amend(uow, command).done


def test_a_promise_just_made_is_no_case_and_one_not_placed_in_time_is(desk: Desk) -> None:
    promised(desk)

    assert (short(desk), cases(desk)) == (0, [])
    desk.alter("UPDATE settings SET as_of = as_of + 1")
    assert (short(desk), cases(desk)) == (10, [("E01", f"planned purchase {PLAN}", "not placed")])


def test_it_counts_as_planned_until_it_is_sent(desk: Desk) -> None:
    promised(desk)
    with desk.open() as uow:
        firm_planned(uow, FirmPlanned(key="f", number=PLAN, version=1, become="PO-77"))

    assert (short(desk), PLAN in desk.snapshot().supply.number) == (0, True)
    with desk.open() as uow:
        version = uow.purchasing.order(PurchaseOrderNo("PO-77")).version
        send_purchase(uow, SendPurchase(key="s", number=PurchaseOrderNo("PO-77"), version=version))
    snapshot = desk.snapshot()
    assert (short(desk), PLAN in snapshot.supply.number, "PO-77" in snapshot.supply.number) == (0, False, True)
    assert lawful(desk) == []


def test_fewer_units_drop_what_is_not_needed_for_them(desk: Desk) -> None:
    promised(desk)

    (told,) = amended(desk, ChangeQuantity(line=1, quantity=31))
    assert (PLAN in told, waiting(desk), short(desk)) == (False, [PLAN], 0)
    (told,) = amended(desk, ChangeQuantity(line=1, quantity=30), version=2)
    assert (told.endswith(f"planned for it and dropped: {PLAN}"), waiting(desk), short(desk)) == (True, [], 0)
    assert PLANNED_PURCHASE not in desk.snapshot().supply.kind
    assert lawful(desk) == []


def test_another_day_drops_it_until_it_is_promised_again(desk: Desk) -> None:
    promised(desk)

    amended(desk, ChangeDate(line=1, requested=day(20)))

    assert waiting(desk) == []
    assert confirmed(desk, key="again", version=2).planned == ("PP-SO-77-1.2-1",)


def test_a_line_that_is_cancelled_leaves_nothing_planned_that_others_are_promised_from(desk: Desk) -> None:
    promised(desk)
    other = OrderNo("SO-78")
    add(desk, line(1, 40), number=other)

    with desk.open() as uow:
        cancel_order(uow, CancelOrder(key="x", order=NEW, version=1, reason="not wanted"))
        assert uow.planned_orders.get(PLAN).state is PlannedState.CANCELLED
        assert PLANNED_PURCHASE not in uow.snapshot().supply.kind

    assert confirmed(desk, other).planned == ("PP-SO-78-1.1-1",)
    assert lawful(desk) == []
