"""A scene of detection: how an exception is planted at a quiet desk, what its case says, what only comes near."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.cases import Case, ExceptionType
from core.domain.ids import ItemCode, LocationCode, OrderNo, PurchaseOrderNo
from core.domain.order_entry import EnterOrder, WantedLine
from core.domain.order_terms import Channel
from core.domain.purchasing import Answer, AnsweredLine
from core.domain.stock import Claim
from core.planning.rules import ScanRules
from core.services.ordering.entering import OrderEntered, enter_order
from core.services.promising import ConfirmOrder, OrderConfirmed, confirm
from core.services.scanning import ScanCommand, ScanReport, scan
from core.services.stocking.adjusting import AdjustReason, AdjustStock, adjust_stock
from core.services.supplying.answering import Acknowledge, acknowledge
from tests.builders import HARBOR, HOUSTON, PO_1, SO_1, VALVE, day
from tests.desk import Desk

Act = Callable[[Desk], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """`ready` happens before the first scan, `plant` after it; `near` is like `plant` but opens nothing, `undo` takes
    the cause away. `breaks` says why a scene changes rows so that the books contradict themselves."""

    type: ExceptionType
    name: str = ""
    ready: Act | None = None
    plant: Act
    near: Act
    undo: Act | None = None
    root: str
    title: str
    lines: tuple[str, ...] = ()
    lacking: int = 0
    exposed: bool = True
    breaks: str = ""


def quiet(desk: Desk) -> None:
    """The order on Gulf comes in time and prices are known: nothing of the small company is an exception any more."""
    desk.alter(
        "UPDATE purchase_order_lines SET due = '2024-10-06' WHERE ordered = 50;"
        "UPDATE items SET list_price = CASE code WHEN 'PUMP-1' THEN 900 WHEN 'SEAL' THEN 4 ELSE 25 END"
    )


def scanned(desk: Desk) -> ScanReport:
    """A scan under the usual rules."""
    with desk.open() as uow:
        return scan(uow, ScanCommand(rules=ScanRules()))


def opened(desk: Desk, report: ScanReport) -> list[Case]:
    """The cases a scan opened."""
    with desk.open() as uow:
        return [uow.cases.get(case) for case in report.opened]


def answered(
    desk: Desk,
    line: int = 1,
    *,
    number: PurchaseOrderNo = PO_1,
    quantity: int | None = None,
    due: date | None = None,
    price: str | None = None,
    key: str = "answer",
) -> None:
    """A supplier answers to a line of a purchase order."""
    unchanged = quantity is None and due is None and price is None
    said = AnsweredLine(
        line=line,
        answer=Answer.ACCEPTED if unchanged else Answer.CHANGED,
        quantity=quantity,
        due=due,
        unit_price=Decimal(price) if price else None,
    )
    with desk.open() as uow:
        acknowledge(uow, Acknowledge(key=key, number=number, reference=key, source="e-mail", lines=(said,)))


def adjusted(
    desk: Desk, by: int, *, item: ItemCode = VALVE, at: LocationCode = HOUSTON, document: str = "CC-1"
) -> None:
    """Units found (above 0) or missing at a place."""
    reason = AdjustReason.FOUND if by > 0 else AdjustReason.LOSS
    with desk.open() as uow:
        command = AdjustStock(
            key=f"{document} {by}", document=document, item=item, location=at, by=by, reason=reason, note="counted"
        )
        adjust_stock(uow, command)


def reserved(
    desk: Desk, quantity: int, *, order: OrderNo = SO_1, line: int = 1, at: LocationCode = HOUSTON, **values: object
) -> None:
    """Units kept for an order line."""
    given: dict[str, object] = {"item": VALVE, "reference": f"R {order}/{line}", **values}
    with desk.open() as uow:
        uow.stock.reserve_many([Claim(location=at, quantity=quantity, order=order, line=line, **given)])  # pyright: ignore[reportArgumentType]  the scenes name the fields


def wanted(quantity: int, *, item: str = VALVE, **values: object) -> WantedLine:
    """So many valves in twenty days at 25.00."""
    usual: dict[str, object] = {"requested": day(20), "unit_price": Decimal("25.00"), **values}
    return WantedLine(item=item, quantity=quantity, **usual)  # pyright: ignore[reportArgumentType]  the scenes name the fields


def entered(desk: Desk, *lines: WantedLine, po: str = "4711", key: str | None = None, **values: object) -> OrderEntered:
    """An order of Harbor by e-mail."""
    usual: dict[str, object] = {"customer": HARBOR, "channel": Channel.EMAIL, **values}
    with desk.open() as uow:
        return enter_order(uow, EnterOrder(key=key or f"enter {po}", customer_po=po, lines=lines, **usual))  # pyright: ignore[reportArgumentType]  the scenes name the fields


def sold(desk: Desk, *lines: WantedLine, po: str = "4711", **values: object) -> OrderConfirmed:
    """The same, confirmed."""
    order = entered(desk, *lines, po=po, key=None, **values)
    with desk.open() as uow:
        return confirm(uow, ConfirmOrder(key=f"confirm {po}", order=order.order, version=order.version))
