"""Exceptions of purchasing: late, slipped, cut, dearer, silent, useless, dutiable, disrupted."""

from decimal import Decimal

from core.domain.cases import ExceptionType as E
from core.domain.ids import OrderNo
from core.domain.signals import Signal, SignalKind
from core.services.ordering.amending import CancelOrder, cancel_order
from core.services.signalling import RaiseSignal, SettleSignal, raise_signal, settle_signal
from core.services.supplying.planned import FirmPlanned, firm_planned
from core.services.supplying.price_deciding import DecidePrice, decide_price
from core.services.supplying.purchasing import EnterPurchase, SendPurchase, WantedLine, enter_purchase, send_purchase
from core.services.supplying.receiving import Receive, receive
from tests.builders import GULF, HOUSTON, PO_1, PUMP, SO_1, SO_2, TODAY, VALVE, day
from tests.core.services.exceptions.scene import Scene, answered, sold, wanted
from tests.core.services.supplying.works import PO_9, sent
from tests.core.services.supplying.works import wanted as ordered
from tests.desk import Desk


def _received(desk: Desk) -> None:
    with desk.open() as uow:
        receive(uow, Receive(key="in", number=PO_1, line=1, reference="D-1", accepted=40, received_on=TODAY))


def _price_decided(desk: Desk) -> None:
    with desk.open() as uow:
        version = uow.purchasing.order(PO_1).version
        command = DecidePrice(
            key="yes", number=PO_1, line=1, version=version, price=Decimal("15.5"), accept=True, comment="steel is up"
        )
        decide_price(uow, command)


def _drop_shipped(desk: Desk) -> None:
    """Gulf sends ten valves to the customer of SO-2 directly."""
    desk.alter("UPDATE suppliers SET drop_ships = true WHERE code = 'GULF'")
    line = WantedLine(
        line=1, item=VALVE, location=HOUSTON, quantity=10, unit_price=Decimal(14), due=day(40), sales_order=SO_2,
        sales_line=1,
    )  # fmt: skip
    with desk.open() as uow:
        version = enter_purchase(uow, EnterPurchase(key="enter", number=PO_9, supplier=GULF, lines=(line,))).version
        send_purchase(uow, SendPurchase(key="send", number=PO_9, version=version))


def _cancelled(desk: Desk, order: OrderNo, line: int) -> None:
    with desk.open() as uow:
        version = uow.orders.order(order).version
        command = CancelOrder(key="cancel", order=order, version=version, reason="customer", line=line)
        cancel_order(uow, command)


def _made_to_order(desk: Desk) -> None:
    """Six pumps are sold, and the work order that promising planned for them is placed."""
    sold(desk, wanted(6, item=PUMP, requested=day(60), unit_price=Decimal(900)))
    with desk.open() as uow:
        (planned,) = [one for one in uow.planned_orders.waiting() if one.item == PUMP]
        firm_planned(uow, FirmPlanned(key="firm", number=planned.number, version=1, become="WO-60"))


def _storm(days: int) -> Signal:
    return Signal(
        reference="NEWS-1", kind=SignalKind.DISRUPTION, subject="port of Houston", text="a storm closes the port",
        supplier=GULF, first=day(0), last=day(days),
    )  # fmt: skip


def _said(desk: Desk, signal: Signal) -> None:
    with desk.open() as uow:
        raise_signal(uow, RaiseSignal(key=f"say {signal.reference}", signal=signal))


def _settled(desk: Desk) -> None:
    with desk.open() as uow:
        settle_signal(uow, SettleSignal(key="over", reference="NEWS-1", outcome="over"))


def _dutiable(desk: Desk) -> None:
    desk.alter(
        "UPDATE items SET tariff_code = '8481', origin = 'TW' WHERE code = 'VALVE-3';"
        "UPDATE locations SET country = 'US'; UPDATE suppliers SET country = ''"
    )
    sent(desk, ordered(due=30))
    answered(desk, number=PO_9, key="agreed")


def _duty(desk: Desk, effective: int) -> None:
    on = day(effective).isoformat()
    desk.alter(f"INSERT INTO tariff_rules VALUES ('8481', 'TW', 'US', '{on}', 25)")  # type: ignore[arg-type]  a date of ours


PURCHASING = (
    Scene(
        type=E.LATE_PURCHASE_ORDER,
        plant=lambda desk: desk.alter("UPDATE purchase_order_lines SET due = '2024-10-02' WHERE ordered = 50"),
        near=lambda desk: desk.alter("UPDATE purchase_order_lines SET due = '2024-10-04' WHERE ordered = 50"),
        undo=_received,
        root="purchase order PO-1/1",
        title="Purchase order PO-1/1 from Gulf Castings is 2 days overdue: 1 order line waits for 25 VALVE-3",
        lines=("SO-1/1",),
        lacking=25,
    ),
    Scene(
        type=E.SUPPLIER_SLIP,
        plant=lambda desk: answered(desk, due=day(20)),
        near=lambda desk: answered(desk, due=day(3)),
        undo=lambda desk: answered(desk, due=day(2), key="again"),
        root="purchase order PO-1/1",
        title="GULF confirmed 40 VALVE-3 on PO-1/1 for 2024-10-24, 18 days after 2024-10-06",
        lines=("SO-1/1",),
        lacking=25,
    ),
    Scene(
        type=E.SUPPLIER_CUT,
        plant=lambda desk: answered(desk, quantity=30),
        near=answered,
        undo=lambda desk: answered(desk, quantity=50, key="again"),
        root="purchase order PO-1/1",
        title="GULF confirmed 30 of 50 VALVE-3 on PO-1/1",
        lines=("SO-1/1",),
        lacking=20,
    ),
    Scene(
        type=E.SUPPLIER_PRICE_CHANGE,
        plant=lambda desk: answered(desk, price="15.5"),
        near=lambda desk: answered(desk, price="14.1"),
        undo=_price_decided,
        root="purchase order PO-1/1",
        title="GULF confirmed PO-1/1 at 15.5000 a unit instead of 14.0000",
    ),
    Scene(
        type=E.PURCHASE_UNACKNOWLEDGED,
        ready=sent,
        plant=lambda desk: desk.clock.pass_by(hours=50),
        near=lambda desk: desk.clock.pass_by(hours=48),
        undo=lambda desk: answered(desk, number=PO_9),
        root="purchase order PO-9/1",
        title="GULF has not acknowledged PO-9/1 for 50 hours, and its 20 VALVE-3 are due on 2024-10-16",
        exposed=False,
    ),
    Scene(
        type=E.DROP_SHIP_UNCONFIRMED,
        ready=_drop_shipped,
        plant=lambda desk: desk.clock.pass_by(hours=50),
        near=lambda desk: desk.clock.pass_by(hours=48),
        undo=lambda desk: answered(desk, number=PO_9),
        root="purchase order PO-9/1",
        title="GULF has not confirmed the direct shipment on PO-9/1 for 50 hours",
        lines=("SO-2/1",),
    ),
    Scene(
        type=E.ORPHAN_SUPPLY,
        ready=_drop_shipped,
        plant=lambda desk: _cancelled(desk, SO_2, 1),
        near=lambda desk: _cancelled(desk, SO_1, 2),
        root="purchase order PO-9/1",
        title="10 VALVE-3 on PO-9/1 were ordered for a line that is cancelled",
    ),
    Scene(
        type=E.ORPHAN_SUPPLY,
        name="of a work order",
        ready=_made_to_order,
        plant=lambda desk: _cancelled(desk, OrderNo("SO-3"), 1),
        near=lambda desk: _cancelled(desk, SO_2, 1),
        root="work order WO-60",
        title="6 PUMP-1 on WO-60 are made for a line that is cancelled",
        exposed=False,
    ),
    Scene(
        type=E.COMPLIANCE_CHANGE,
        ready=_dutiable,
        plant=lambda desk: _duty(desk, 20),
        near=lambda desk: _duty(desk, 31),
        undo=lambda desk: answered(desk, number=PO_9, due=day(10), key="sooner"),
        root="tariff 8481 TW-US",
        title="The duty on 8481 from TW goes from 0 % to 25 % on 2024-10-24, before 1 purchase order line "
        "on order arrive",
    ),
    Scene(
        type=E.EXTERNAL_DISRUPTION,
        plant=lambda desk: _said(desk, _storm(5)),
        near=lambda desk: _said(desk, _storm(1)),
        undo=_settled,
        root="port of Houston",
        title="A storm closes the port: 1 purchase order line on the way",
        lines=("SO-1/1",),
        lacking=40,
    ),
)
