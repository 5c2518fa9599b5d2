"""A works for the small company: a routing for its pumps, two work centres, and orders by hand."""

from datetime import date
from decimal import Decimal

from core.domain.ids import ItemCode, LocationCode, PurchaseOrderNo, WorkOrderNo
from core.domain.production import Making
from core.ports.storage import UnitOfWork
from core.services.supplying.producing import ReleaseWork, WorkResult, release_work
from core.services.supplying.purchasing import EnterPurchase, SendPurchase, WantedLine, enter_purchase, send_purchase
from tests.builders import GULF, HOUSTON, PUMP, VALVE, YARD, day
from tests.desk import Desk

PO_9, WO_9 = PurchaseOrderNo("PO-9"), WorkOrderNo("WO-9")


def build_works(desk: Desk) -> None:
    """Pumps are assembled (60 minutes set-up, 30 a pump) and tested (7.5 a pump), eight hours on weekdays."""
    desk.alter(
        """
        INSERT INTO calendars (code, name, shifts, holidays, exceptions)
        SELECT 'DAY', 'Day shift', jsonb_agg(jsonb_build_object('weekday', d, 'begins', 480, 'ends', 960)), 'US', '[]'
        FROM generate_series(0, 4) d;
        INSERT INTO work_centers (code, name, location_id, calendar, stations, hourly_cost, overtime_minutes,
                                  overtime_hourly_cost)
        SELECT c.code, c.code, l.id, 'DAY', 1, c.cost, 120, 90
        FROM (VALUES ('ASSEMBLY', 60.00), ('TEST', 45.50)) c(code, cost), locations l WHERE l.code = 'HOUSTON';
        INSERT INTO operations (item_id, sequence, name, work_center, setup_minutes, unit_minutes, yield_percent)
        SELECT i.id, o.sequence, o.name, o.center, o.setup, o.unit, 100
        FROM (VALUES (10, 'Assemble', 'ASSEMBLY', 60, 30), (20, 'Test', 'TEST', 0, 7.5))
             o(sequence, name, center, setup, unit), items i WHERE i.code = 'PUMP-1'
        """
    )


def work_order(uow: UnitOfWork, number: WorkOrderNo = WO_9, *, ordered: int = 4, start: int = 3, due: int = 10) -> None:
    """Pumps to be made at Houston."""
    order = Making(number=number, item=PUMP, location=HOUSTON, ordered=ordered, start=day(start), due=day(due))
    uow.making.add(order)


def released(desk: Desk, *, ordered: int = 4, start: int = 3, due: int = 10, number: WorkOrderNo = WO_9) -> WorkResult:
    """A work order for pumps, released."""
    with desk.open() as uow:
        work_order(uow, number, ordered=ordered, start=start, due=due)
        return release_work(uow, ReleaseWork(key=f"release {number}", number=number, version=1))


def wanted(line: int = 1, item: ItemCode = VALVE, quantity: int = 20, price: str = "14", due: int = 12) -> WantedLine:
    """A line of a purchase order into Houston."""
    return WantedLine(
        line=line, item=item, location=HOUSTON, quantity=quantity, unit_price=Decimal(price), due=day(due)
    )


def sent(desk: Desk, *lines: WantedLine, number: PurchaseOrderNo = PO_9) -> int:
    """A purchase order with Gulf, sent; its version."""
    with desk.open() as uow:
        command = EnterPurchase(key=f"enter {number}", number=number, supplier=GULF, lines=lines or (wanted(),))
        version = enter_purchase(uow, command).version
        return send_purchase(uow, SendPurchase(key=f"send {number}", number=number, version=version)).version


def on_hand(desk: Desk, item: ItemCode, location: LocationCode = HOUSTON) -> int:
    """Units of an item at a location."""
    with desk.open() as uow:
        return uow.stock.balance(item, location).on_hand


def lawful(desk: Desk) -> list[str]:
    """What contradicts the invariants of stock and of supply; nothing, if all is well."""
    with desk.open() as uow:
        return [sentence for name in ("I1", "I2", "I3", "I9", "I11") for sentence in uow.checks.broken(name)]


__all__ = [
    "PO_9",
    "WO_9",
    "YARD",
    "build_works",
    "date",
    "lawful",
    "on_hand",
    "released",
    "sent",
    "wanted",
    "work_order",
]
