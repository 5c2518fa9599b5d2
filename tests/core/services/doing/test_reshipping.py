"""R19: what a carrier lost is sent again from where it is, and called off until it is picked."""

from decimal import Decimal

import pytest

from core.domain.errors import ConflictError
from core.domain.plans import Reship
from core.domain.shipments import ShipmentState, TrackingEvent, TrackingKind
from core.services.execution import ExecutionState
from core.services.fulfilment import tracking
from core.services.fulfilment.tracking import RecordTracking, record_tracking
from core.services.lost_goods import lost_goods
from core.services.undoing import undo
from tests.builders import MARIA, RENO, VALVE, day
from tests.core.services.doing.deeds import carried_out, taken_back
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.desk import Desk


def lost(desk: Desk) -> Warehouse:
    """Twenty valves of SO-2 left Reno and never came."""
    house = Warehouse(desk)
    house.release()
    house.send("SO-2-S1")
    event = TrackingEvent(event="3", kind=TrackingKind.LOST, happened_at=desk.clock.now)
    with desk.open() as uow:
        record_tracking(uow, RecordTracking(key="lost", shipment="SO-2-S1", event=event))
    return house


def replacement(desk: Desk) -> Reship:
    with desk.open() as uow:
        assert lost_goods(uow, "shipment SO-9-S9") == ()
        [one] = lost_goods(uow, "shipment SO-2-S1")
    assert one.action is not None, one.why_not
    return one.action


def watched(desk: Desk) -> list[str]:
    """The shipments that detection sees in trouble."""
    with desk.open() as uow:
        return [one.shipment for one in uow.watch.facts(as_of=day(0)).shipments]


def test_it_is_sent_again_with_its_exact_cost_and_called_off(desk: Desk) -> None:
    house = lost(desk)
    again = replacement(desk)
    assert (again.item, again.location, again.quantity) == (VALVE, RENO, 20)
    assert again.cost == Decimal("282.47")  # 20 at 14.1234; no rates are kept, so freight is nothing

    approval = carried_out(desk, again)

    made = house.shipment("SO-2-S2")
    assert (made.replaces, made.location, made.ship_on) == ("SO-2-S1", RENO, again.ship_on)
    with desk.open() as uow:
        [one] = lost_goods(uow, "shipment SO-2-S1")
        assert one.why_not == "shipment SO-2-S2 makes it good already"
    assert watched(desk) == []
    taken_back(desk, approval)
    assert watched(desk) == ["SO-2-S1"]
    assert house.shipment("SO-2-S2").state is ShipmentState.CANCELLED
    assert replacement(desk) == again


def test_what_is_picked_cannot_be_called_off(desk: Desk) -> None:
    house = lost(desk)
    approval = carried_out(desk, replacement(desk))
    house.send("SO-2-S2")

    with desk.open() as uow, pytest.raises(ConflictError, match="shipment SO-2-S2 is shipped"):
        undo(uow, approval, MARIA)


def test_what_was_made_good_meanwhile_is_not_sent_twice(desk: Desk) -> None:
    house = lost(desk)
    approval = desk.approved(replacement(desk))
    version = house.shipment("SO-2-S1").version
    with desk.open() as uow:
        tracking.reship(uow, tracking.Reship(key="by hand", shipment="SO-2-S1", version=version))

    outcome = desk.execute(approval)

    assert outcome.state is ExecutionState.STALE
    assert "made good by another one: shipment SO-2-S1 is yes, the plan needs no" in outcome.differences
    assert house.broken() == []
