"""Books on which an action of every kind is possible: a works with bookings, a count, a loss, a hold, wishes, rates."""

from random import Random

from core.domain.amendments import ChangeDate, ChangeQuantity
from core.domain.holds import HoldCause, HoldKind
from core.domain.ids import ItemCode, OrderNo, PurchaseOrderNo, WorkOrderNo
from core.domain.order_terms import Strategy
from core.domain.shipments import TrackingEvent, TrackingKind
from core.domain.signals import Signal, SignalKind
from core.domain.stock import Claim, ReservationKind
from core.services.fulfilment.tracking import RecordTracking, record_tracking
from core.services.holding import set_holds
from core.services.ordering.entering import enter_order
from core.services.promising import ConfirmOrder, confirm
from core.services.signalling import RaiseSignal, raise_signal
from core.services.stocking.counting import EnterCount, OpenCount, enter_count, open_count
from core.services.supplying.capacity import BookWork, book_work
from core.services.supplying.producing import ReleaseWork, release_work
from tests.builders import HARBOR, HOUSTON, MESA, PAUL, PUMP, RENO, SEAL, SO_1, VALVE, YARD, day
from tests.core.services.doing.test_centers import PRESS
from tests.core.services.doing.test_doing import prepared
from tests.core.services.exceptions.scene import adjusted
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.core.services.ordering.entries import entry, wanted
from tests.core.services.supplying.works import WO_9, build_works, sent, work_order
from tests.desk import Desk

SO_5, SO_6, SO_7, WO_8 = OrderNo("SO-5"), OrderNo("SO-6"), OrderNo("SO-7"), WorkOrderNo("WO-8")
PO_8 = PurchaseOrderNo("PO-8")
_MASTERS = f"""
    INSERT INTO work_centers (code, name, location_id, calendar, stations, hourly_cost, overtime_minutes,
                              overtime_hourly_cost)
    SELECT '{PRESS}', 'Press', location_id, calendar, 1, 90, 0, 0 FROM work_centers WHERE code = 'ASSEMBLY';
    INSERT INTO operation_alternates (item_id, sequence, work_center, priority, time_factor)
    SELECT id, 10, '{PRESS}', 2, 0.5 FROM items WHERE code = 'PUMP-1';
    INSERT INTO items SELECT (jsonb_populate_record(NULL::items, to_jsonb(i) || '{{"id": 99, "code": "DRIVE",
        "name": "Drive", "standard_cost": 100, "safety_stock": 0}}')).* FROM items i WHERE i.code = 'MOTOR';
    INSERT INTO item_alternates (item_id, alternate_id, scope, ratio, priority, valid_from, valid_to, approval_needed)
    SELECT m.id, d.id, 'component', 1.5, 1, NULL, NULL, true FROM items m, items d
    WHERE m.code = 'MOTOR' AND d.code = 'DRIVE';
    UPDATE items SET list_price = 25 WHERE code <> 'MOTOR';
    UPDATE items SET weight = 2000 WHERE code = 'VALVE-3';
    UPDATE customers SET region = 'TX' WHERE code = 'HARBOR';
    INSERT INTO carriers (code, name) VALUES ('ACE', 'Ace Lines');
    INSERT INTO freight_rates (carrier, service, origin_id, region, days, shipment_cost, kilogram_cost, carbon)
    SELECT 'ACE', s.name, l.id, 'TX', s.days, s.cost, 0.5, s.carbon
    FROM locations l, (VALUES ('ground', 5, 10, 60), ('air', 1, 12, 900)) s (name, days, cost, carbon)
    WHERE l.code = 'RENO'"""


def at_work(desk: Desk) -> None:
    """The small company with all of it, in the afternoon, when what was to leave today is still there."""
    build_works(desk)
    prepared(desk)
    desk.alter(_MASTERS)  # type: ignore[arg-type]  only names of ours are put in
    adjusted(desk, 40, item=ItemCode("DRIVE"), at=YARD)
    adjusted(desk, 30, item=SEAL, at=RENO, document="CC-2")
    adjusted(desk, 30, item=VALVE, at=RENO, document="CC-3")
    with desk.open() as uow:
        release_work(uow, ReleaseWork(key="release", number=WO_9, version=1, why_short="it comes"))
        book_work(uow, BookWork(key="book", number=WO_9, version=uow.making.order(WO_9).version))
    _sold(desk, SO_5, 4)
    house = Warehouse(desk)
    house.release(SO_5)
    house.send("SO-5-S1")
    _sold(desk, SO_6, 5)
    _sold(desk, SO_7, 3)
    with desk.open() as uow:
        set_holds(uow, SO_7, [HoldCause(kind=HoldKind.MANUAL, why="to be looked at", line=1)])
        lost = TrackingEvent(event="3", kind=TrackingKind.LOST, happened_at=desk.clock.now)
        record_tracking(uow, RecordTracking(key="lost", shipment="SO-5-S1", event=lost))
        for reference, change in (
            ("MAIL-1", ChangeQuantity(line=1, quantity=30)),
            ("MAIL-2", ChangeDate(line=1, requested=day(30))),
        ):
            asked = Signal(
                reference=reference,
                kind=SignalKind.CHANGE,
                subject="order SO-1",
                text="as agreed on the phone",
                order=SO_1,
                asked=(change,),
            )
            raise_signal(uow, RaiseSignal(key=reference, signal=asked))
    with desk.open(PAUL.name) as uow:
        open_count(uow, OpenCount(key="c-1", code="CC-9", location=RENO, items=((SEAL, None),)))
        enter_count(uow, EnterCount(key="c-2", code="CC-9", version=1, found={1: 27}))
    desk.clock.pass_by(hours=13)


def busier(desk: Desk, dice: Random) -> None:
    """More orders, purchases, works, reservations and strategies, as the dice fall."""
    for number in range(dice.randint(1, 3)):
        lines = [
            wanted(
                dice.randint(1, 20),
                item=dice.choice([VALVE, PUMP, SEAL]),
                requested=day(dice.randint(1, 30)),
                strategy=dice.choice([Strategy.IMPROVE, Strategy.REDISTRIBUTE, Strategy.LOSE]),
            )
            for _ in range(dice.randint(1, 2))
        ]
        _entered(
            desk,
            OrderNo(f"SO-4{number}"),
            *lines,
            customer=dice.choice([HARBOR, MESA]),
            ship_from=dice.choice([HOUSTON, RENO]),
            allow_substitution=dice.random() < 0.5,
        )
    if dice.random() < 0.5:
        sent(desk, number=PO_8)
    with desk.open() as uow:
        if dice.random() < 0.7:
            work_order(uow, WO_8, ordered=dice.randint(1, 9), start=dice.randint(0, 3), due=dice.randint(4, 12))
        units = dice.randint(0, min(5, uow.stock.available(VALVE, HOUSTON)))
        if units:
            kind = dice.choice([ReservationKind.HARD, ReservationKind.ADVISORY])
            claim = Claim(item=VALVE, location=HOUSTON, quantity=units, reference="R-1", order=SO_1, line=1, kind=kind)
            uow.stock.reserve_many([claim])


def _sold(desk: Desk, number: OrderNo, units: int) -> None:
    """Valves at Reno for Harbor today, confirmed."""
    _entered(desk, number, wanted(units, requested=day(0)), ship_from=RENO)


def _entered(desk: Desk, number: OrderNo, *lines: object, **values: object) -> None:
    given = {name: value for name, value in values.items() if value is not None}
    with desk.open() as uow:
        order = enter_order(uow, entry(*lines, number=number, key=f"enter {number}", customer_po=number, **given))  # type: ignore[arg-type]  # wanted lines
        confirm(uow, ConfirmOrder(key=f"confirm {number}", order=order.order, version=order.version))
