"""The supply of a pack: purchase orders and their lines, work orders and transfer orders."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.ids import ItemCode, LocationCode, PurchaseOrderNo, SupplierCode, TransferOrderNo, WorkOrderNo
from core.domain.orders import PurchaseOrder, PurchaseOrderLine, SupplyState, TransferOrder, WorkOrder
from core.services.packs.cells import as_choice, as_code, as_day, as_flag, as_whole
from core.services.packs.demand import LARGEST_LINE_NUMBER, NO_DAY, refuse_future
from core.services.packs.desk import Desk, as_price, currencies, refuse_dear
from core.services.packs.gaps import GapRule
from core.services.packs.masters import Masters
from core.services.packs.sheet import Known, Sheet

_STATE = as_choice(tuple(state.value for state in SupplyState))


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """All open supply of the pack."""

    purchase_orders: tuple[PurchaseOrder, ...]
    purchase_order_lines: tuple[PurchaseOrderLine, ...]
    work_orders: tuple[WorkOrder, ...]
    transfer_orders: tuple[TransferOrder, ...]

    def held(self) -> dict[tuple[str, str], int]:
        """Units that open transfer orders which have not left yet hold, by item and origin."""
        held: Counter[tuple[str, str]] = Counter()
        for order in self.transfer_orders:
            if order.state is SupplyState.OPEN and not order.shipped:
                held[order.item, order.origin] += order.quantity
        return dict(held)


def read_supply(desk: Desk, masters: Masters, *, on_hand: Mapping[tuple[str, str], int | None]) -> Supply:
    """Reads the four supply files. Transfer orders yet to leave hold some of the stock on hand."""
    orders, codes = _purchase_orders(desk, masters)
    return Supply(
        purchase_orders=orders,
        purchase_order_lines=_purchase_order_lines(desk, masters, orders, codes),
        work_orders=_work_orders(desk, masters),
        transfer_orders=_transfer_orders(desk, masters, on_hand),
    )


def _states(sheet: Sheet) -> list[SupplyState]:
    return [SupplyState(word) for word in sheet.defaulted("state", _STATE, SupplyState.OPEN.value)]


def _purchase_orders(desk: Desk, masters: Masters) -> tuple[tuple[PurchaseOrder, ...], Known]:
    sheet = desk.sheets["purchase_orders"]
    numbers = sheet.required("purchase_order", as_code, "")
    suppliers = sheet.refer("supplier", masters.supplier_codes)
    dates = sheet.required("order_date", as_day, NO_DAY)
    own = currencies(desk, sheet)
    states = _states(sheet)
    sheet.unique(numbers, "purchase_order")
    refuse_future(desk, sheet, dates)
    orders = [
        PurchaseOrder(
            number=PurchaseOrderNo(numbers[row]),
            supplier=SupplierCode(suppliers[row]),
            order_date=dates[row],
            currency=own[row],
            state=states[row],
        )
        for row in sheet.good()
    ]
    return tuple(sorted(orders, key=lambda order: order.number)), sheet.known(numbers)


def _purchase_order_lines(
    desk: Desk, masters: Masters, orders: Sequence[PurchaseOrder], codes: Known
) -> tuple[PurchaseOrderLine, ...]:
    sheet = desk.sheets["purchase_order_lines"]
    numbers = sheet.refer("purchase_order", codes)
    line_numbers = sheet.required("line", as_whole(1, LARGEST_LINE_NUMBER), 0)
    items = sheet.refer("item", masters.item_codes)
    places = sheet.refer("location", masters.location_codes)
    ordered = sheet.required("quantity", as_whole(1), 1)
    received = sheet.defaulted("received", as_whole(), 0)
    prices = sheet.required("unit_price", as_price, Decimal(0))
    due = sheet.required("due_date", as_day, NO_DAY)
    sheet.unique(list(zip(numbers, line_numbers, strict=True)), "purchase_order,line")
    _refuse_more_than_ordered(sheet, "received", received, ordered)
    refuse_dear(sheet, ordered, prices)
    lines = [
        PurchaseOrderLine(
            order=PurchaseOrderNo(numbers[row]),
            line=line_numbers[row],
            item=ItemCode(items[row]),
            location=LocationCode(places[row]),
            ordered=ordered[row],
            received=received[row],
            unit_price=prices[row],
            due=due[row],
        )
        for row in sheet.good()
    ]
    open_orders = {order.number for order in orders if order.state is SupplyState.OPEN}
    still_open = [line.open_quantity > 0 and line.order in open_orders for line in lines]
    _warn_overdue(desk, sheet, [line.due for line in lines], still_open)
    return tuple(sorted(lines, key=lambda line: (line.order, line.line)))


def _work_orders(desk: Desk, masters: Masters) -> tuple[WorkOrder, ...]:
    sheet = desk.sheets["work_orders"]
    numbers = sheet.required("work_order", as_code, "")
    items = sheet.refer("item", masters.item_codes)
    places = sheet.refer("location", masters.location_codes)
    ordered = sheet.required("quantity", as_whole(1), 1)
    completed = sheet.defaulted("completed", as_whole(), 0)
    start = sheet.required("start_date", as_day, NO_DAY)
    due = sheet.required("due_date", as_day, NO_DAY)
    issued = sheet.defaulted("components_issued", as_flag, False)
    states = _states(sheet)
    sheet.unique(numbers, "work_order")
    _refuse_more_than_ordered(sheet, "completed", completed, ordered)
    _refuse_backwards(sheet, "start_date", start, due)
    orders = [
        WorkOrder(
            number=WorkOrderNo(numbers[row]),
            item=ItemCode(items[row]),
            location=LocationCode(places[row]),
            ordered=ordered[row],
            completed=completed[row],
            start=start[row],
            due=due[row],
            components_issued=issued[row],
            state=states[row],
        )
        for row in sheet.good()
    ]
    still_open = [order.open_quantity > 0 and order.state is SupplyState.OPEN for order in orders]
    _warn_overdue(desk, sheet, [order.due for order in orders], still_open)
    return tuple(sorted(orders, key=lambda order: order.number))


def _transfer_orders(
    desk: Desk, masters: Masters, on_hand: Mapping[tuple[str, str], int | None]
) -> tuple[TransferOrder, ...]:
    sheet = desk.sheets["transfer_orders"]
    numbers = sheet.required("transfer_order", as_code, "")
    items = sheet.refer("item", masters.item_codes)
    origins = sheet.refer("origin", masters.location_codes)
    destinations = sheet.refer("destination", masters.location_codes)
    quantities = sheet.required("quantity", as_whole(1), 1)
    ship_on = sheet.required("ship_date", as_day, NO_DAY)
    due = sheet.required("due_date", as_day, NO_DAY)
    shipped = sheet.defaulted("shipped", as_flag, False)
    states = _states(sheet)
    sheet.unique(numbers, "transfer_order")
    _refuse_backwards(sheet, "ship_date", ship_on, due)
    for row in sheet.good():
        if origins[row] == destinations[row]:
            sheet.reject(row, "destination", GapRule.CONTRADICTION, "accepted is another location than the origin")
    waiting = [states[row] is SupplyState.OPEN and not shipped[row] for row in range(sheet.size)]
    if desk.sheets["stock"].complete:
        _refuse_more_than_free(sheet, list(zip(items, origins, strict=True)), quantities, waiting, on_hand)
    orders = [
        TransferOrder(
            number=TransferOrderNo(numbers[row]),
            item=ItemCode(items[row]),
            origin=LocationCode(origins[row]),
            destination=LocationCode(destinations[row]),
            quantity=quantities[row],
            ship_on=ship_on[row],
            due=due[row],
            shipped=shipped[row],
            state=states[row],
        )
        for row in sheet.good()
    ]
    _warn_overdue(desk, sheet, [order.due for order in orders], [order.state is SupplyState.OPEN for order in orders])
    return tuple(sorted(orders, key=lambda order: order.number))


def _refuse_more_than_ordered(sheet: Sheet, column: str, done: Sequence[int], ordered: Sequence[int]) -> None:
    for row in sheet.good():
        if done[row] > ordered[row]:
            accepted = f"accepted is at most the ordered quantity of {ordered[row]:,}"
            sheet.reject(row, column, GapRule.CONTRADICTION, accepted)


def _refuse_more_than_free(
    sheet: Sheet,
    keys: Sequence[tuple[str, str]],
    quantities: Sequence[int],
    waiting: Sequence[bool],
    on_hand: Mapping[tuple[str, str], int | None],
) -> None:
    """Refuses transfers yet to leave for which the origin has not enough on hand, in the order of the file."""
    left = dict(on_hand)
    for row in sheet.good():
        if waiting[row]:
            there = left.get(keys[row], 0)
            if there is None:
                sheet.follow(row, "origin")
            elif quantities[row] > there:
                accepted = f"accepted is at most {there:,}, what is on hand at the origin and no other transfer holds"
                sheet.reject(row, "quantity", GapRule.CONTRADICTION, accepted)
            else:
                left[keys[row]] = there - quantities[row]


def _refuse_backwards(sheet: Sheet, column: str, start: Sequence[date], due: Sequence[date]) -> None:
    for row in sheet.good():
        if start[row] > due[row]:
            sheet.reject(row, column, GapRule.CONTRADICTION, f"accepted is a date up to the due date, {due[row]}")


def _warn_overdue(desk: Desk, sheet: Sheet, due: Sequence[date], still_open: Sequence[bool]) -> None:
    """Warns of good rows (in their order) that are open and due before the as-of date."""
    late = [
        (row, day)
        for row, day, is_open in zip(sheet.good(), due, still_open, strict=True)
        if is_open and day < desk.as_of
    ]
    if late:
        accepted = f"loaded as overdue supply: due before the as-of date, {desk.as_of}"
        rows = [row for row, _ in late]
        sheet.warn(rows, "due_date", GapRule.OVERDUE_SUPPLY, accepted, value=late[0][1].isoformat())
