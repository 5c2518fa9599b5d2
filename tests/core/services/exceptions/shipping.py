"""Exceptions on the way out: short picks, a missed cut-off, trouble with the carrier."""

from core.domain.cases import ExceptionType as E
from core.domain.ids import OrderNo
from core.domain.shipments import TrackingEvent, TrackingKind
from core.services.fulfilment.picking import RejectShipment, reject_shipment
from core.services.fulfilment.tracking import RecordTracking, record_tracking
from tests.builders import RENO, day
from tests.core.services.exceptions.scene import Scene, sold, wanted
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.desk import Desk

SHIPMENT, NEW = "SO-2-S1", OrderNo("SO-3")


def _shipped(desk: Desk) -> None:
    house = Warehouse(desk)
    house.release()
    house.send(SHIPMENT)


def _tracked(desk: Desk, kind: TrackingKind, expected: int | None = None) -> None:
    with desk.open() as uow:
        event = TrackingEvent(
            event="E-1", kind=kind, happened_at=uow.now, expected_on=None if expected is None else day(expected)
        )
        record_tracking(uow, RecordTracking(key="track", shipment=SHIPMENT, event=event))


def _kept_for_today(desk: Desk) -> None:
    """Five valves at Reno are kept for an order that is to leave today."""
    sold(desk, wanted(5, requested=day(0)), ship_from=RENO)


def _rejected(desk: Desk) -> None:
    with desk.open() as uow:
        version = uow.shipments.get(SHIPMENT).version
        reject_shipment(uow, RejectShipment(key="no", shipment=SHIPMENT, version=version, reason="flooded"))


SHIPPING = (
    Scene(
        type=E.SHORT_PICK,
        ready=lambda desk: Warehouse(desk).release(),
        plant=lambda desk: Warehouse(desk, steps=10).pick(SHIPMENT, 4),
        near=lambda desk: Warehouse(desk, steps=10).pick(SHIPMENT),
        root="order line SO-2/1",
        title="20 VALVE-3 were released for order line SO-2/1, 16 were picked",
        lines=("SO-2/1",),
        lacking=4,
    ),
    Scene(
        type=E.MISSED_CUT_OFF,
        ready=_kept_for_today,
        plant=lambda desk: desk.clock.pass_by(hours=12),
        near=lambda desk: desk.clock.pass_by(hours=11),
        undo=lambda desk: Warehouse(desk).release(NEW),
        root="order line SO-3/1",
        title="5 VALVE-3 for order line SO-3/1 had to leave RENO by 2024-10-04 and were not released by the cut-off",
        lines=("SO-3/1",),
    ),
    Scene(
        type=E.CARRIER_EXCEPTION,
        ready=_shipped,
        plant=lambda desk: _tracked(desk, TrackingKind.LATE, 9),
        near=lambda desk: _tracked(desk, TrackingKind.IN_TRANSIT, 6),
        undo=lambda desk: Warehouse(desk, steps=20).deliver(SHIPMENT),
        root="shipment SO-2-S1",
        title="Shipment SO-2-S1 with no carrier is expected on 2024-10-13, promised for 2024-10-10: 1 order line",
        exposed=False,
    ),
)
