"""What an agent may ask about sales orders: lists of lines, one order, why a date is what it is, and new dates."""

from dataclasses import replace
from datetime import date

from pydantic import Field

from core.domain.overviews import LineOverview, LineStatus
from core.domain.supply_impact import UpstreamSupply
from core.services.looking.dates import DateAsked
from core.services.looking.orders import LinesAsked
from tools.arguments import Customer, Day, Item, Limit, Line, Location, Order, Units
from tools.core_access import ReadCore
from tools.spec import Cost, ToolInput, ToolOutput, reads

MOST_LINES = 20
MOST_STEPS = 12


class ListOrders(ToolInput):
    """What list_orders takes; every part narrows the list."""

    customer: Customer | None = Field(None, description="only of this customer: its code or whole name")
    item: Item | None = Field(None, description="only of this item: its code or whole name")
    status: LineStatus = Field(
        LineStatus.OPEN,
        description="'open': still owed; 'late': owed and past its promised day; 'at_risk': known supply does not "
        "bring it by its day; 'all': delivered and cancelled ones as well",
    )
    due_before: Day | None = Field(None, description="due on this day or before, such as 2026-03-31")
    due_after: Day | None = Field(None, description="due on this day or after, such as 2026-03-01")
    limit: Limit = 20


class OrderLineRow(ToolOutput):
    """An order line. `due` is the promised day, the requested one while nothing is promised; `open` what is owed."""

    order: str
    line: int
    customer: str
    customer_name: str
    item: str
    item_name: str
    ordered: int
    open: int
    requested: date
    promised: date | None
    due: date
    state: str
    location: str


class RiskRow(ToolOutput):
    """What puts a line at risk: the day all of it is there (none: no known day), units nothing covers."""

    order: str
    line: int
    projected: date | None
    short: int


class OrderLineList(ToolOutput):
    """Order lines by the day they are due; `left_out` says how many more there are. `risks` has the lines at risk when
    these were asked for; `at_risk` how many of those like these will not be there by their day, when late ones were."""

    as_of: date
    lines: tuple[OrderLineRow, ...]
    left_out: int
    risks: tuple[RiskRow, ...]
    at_risk: int | None = None


def _list_orders(core: ReadCore, asked: ListOrders) -> OrderLineList:
    wanted = LinesAsked(
        customer=asked.customer,
        item=asked.item,
        status=asked.status,
        due_before=asked.due_before,
        due_after=asked.due_after,
        limit=asked.limit,
    )
    found = core.order_lines(wanted)
    risk = core.order_lines(replace(wanted, status=LineStatus.AT_RISK)) if asked.status is LineStatus.LATE else None
    return OrderLineList(
        as_of=found.as_of,
        lines=tuple(line_row(line) for line in found.lines),
        left_out=found.left_out,
        risks=tuple(RiskRow.model_validate(risk) for risk in found.risks),
        at_risk=len(risk.lines) + risk.left_out if risk else None,
    )


def line_row(line: LineOverview) -> OrderLineRow:
    """An order line in one row."""
    return OrderLineRow.model_validate(line)


class ShowOrder(ToolInput):
    """What show_order takes."""

    order: Order


class HoldRow(ToolOutput):
    """Why the order, or one line of it, may not go on."""

    kind: str
    line: int | None
    why: str


class OrderShown(ToolOutput):
    """A sales order with its lines by number and its open holds."""

    as_of: date
    order: str
    customer: str
    customer_po: str
    state: str
    order_date: date
    currency: str
    priority: int
    ship_from: str
    ship_complete: bool
    lines: tuple[OrderLineRow, ...]
    lines_left_out: int
    holds: tuple[HoldRow, ...]


def _show_order(core: ReadCore, asked: ShowOrder) -> OrderShown:
    found = core.order(asked.order)
    order, kept = found.order, found.lines[:MOST_LINES]
    return OrderShown(
        as_of=found.as_of,
        order=order.number,
        customer=order.customer,
        customer_po=order.customer_po,
        state=order.state.value,
        order_date=order.order_date,
        currency=order.currency,
        priority=order.priority,
        ship_from=order.ship_from,
        ship_complete=order.ship_complete,
        lines=tuple(line_row(line) for line in kept),
        lines_left_out=found.lines_left_out + len(found.lines) - len(kept),
        holds=tuple(HoldRow(kind=hold.kind.value, line=hold.line, why=hold.why) for hold in found.holds[:MOST_LINES]),
    )


class ExplainOrderLine(ToolInput):
    """What explain_order_line takes."""

    order: Order
    line: Line = 1


class WhyRow(ToolOutput):
    """A step from the line down to what holds it back, or what would fix it."""

    subject: str
    text: str


class SupplyRow(ToolOutput):
    """Supply, or stock, the line rests on; level 0 is what the line itself takes, 1 what that is made of."""

    level: int
    supply: str
    item: str
    location: str
    units: int
    on: date | None


class PromiseRow(ToolOutput):
    """A promise made for the line, and why that day."""

    old: date | None
    new: date
    reason: str


class LineExplained(ToolOutput):
    """Why a line's date is what it is. `projected` is the day all of it is there by known supply (none: no known day),
    `short` what nothing covers; promises are oldest first, the latest ones where there are many."""

    as_of: date
    line: OrderLineRow
    owed: bool
    projected: date | None
    short: int
    days_late: int | None
    why: tuple[WhyRow, ...]
    rests_on: tuple[SupplyRow, ...]
    rests_on_left_out: int
    promises: tuple[PromiseRow, ...]


def _explain(core: ReadCore, asked: ExplainOrderLine) -> LineExplained:
    found = core.explain_line(asked.order, asked.line)
    there, due = found.projected, found.line.due
    rests_on: tuple[UpstreamSupply, ...] = found.rests_on
    return LineExplained(
        as_of=found.as_of,
        line=line_row(found.line),
        owed=found.owed,
        projected=there,
        short=found.short,
        days_late=None if there is None else max(0, (there - due).days),
        why=tuple(WhyRow.model_validate(step) for step in found.why[:MOST_STEPS]),
        rests_on=tuple(SupplyRow.model_validate(row) for row in rests_on[:MOST_STEPS]),
        rests_on_left_out=max(0, len(rests_on) - MOST_STEPS),
        promises=tuple(PromiseRow.model_validate(made) for made in found.promises[-5:]),
    )


class PromiseDate(ToolInput):
    """What promise_date takes."""

    item: Item
    quantity: Units
    customer: Customer | None = Field(None, description="for this customer, by its terms: its code or whole name")
    requested: Day | None = Field(None, description="the day it is wanted, such as 2026-03-31; none: at once")
    location: Location | None = Field(None, description="from where: code or whole name; none: the usual one")


class DatedRow(ToolOutput):
    """Units that can leave a location on a day."""

    on: date
    quantity: int
    location: str


class PegRow(ToolOutput):
    """What the date rests on: stock, an open order by its number, or an order still to be placed."""

    kind: str
    reference: str
    item: str
    quantity: int
    on: date


class ConstraintRow(ToolOutput):
    """What holds the date back."""

    code: str
    text: str


class ToOrderRow(ToolOutput):
    """An order somebody would have to place for the date to hold."""

    kind: str
    item: str
    location: str
    quantity: int
    begin: date
    due: date
    supplier: str | None
    origin: str | None


class DatePromised(ToolOutput):
    """When the units could leave, the first days first. `complete` is the day all can (none: not known), `unplannable`
    what nobody can date. Nothing is held: it is an answer, no promise."""

    as_of: date
    item: str
    location: str
    customer: str | None
    quantity: int
    requested: date
    complete: date | None
    days_late: int | None
    dates: tuple[DatedRow, ...]
    unplannable: int
    reasons: tuple[ConstraintRow, ...]
    rests_on: tuple[PegRow, ...]
    rests_on_left_out: int
    to_order: tuple[ToOrderRow, ...]
    to_order_left_out: int


def _promise_date(core: ReadCore, asked: PromiseDate) -> DatePromised:
    found = core.date_for(
        DateAsked(
            item=asked.item,
            quantity=asked.quantity,
            customer=asked.customer,
            requested=asked.requested,
            location=asked.location,
        )
    )
    promise, complete = found.promise, found.promise.complete
    return DatePromised(
        as_of=found.as_of,
        item=found.item,
        location=found.location,
        customer=found.customer,
        quantity=found.quantity,
        requested=found.requested,
        complete=complete,
        days_late=None if complete is None else max(0, (complete - found.requested).days),
        dates=tuple(DatedRow.model_validate(part) for part in promise.dates[:MOST_LINES]),
        unplannable=promise.unplannable,
        reasons=tuple(ConstraintRow.model_validate(reason) for reason in promise.reasons[:MOST_STEPS]),
        rests_on=tuple(PegRow.model_validate(peg) for peg in promise.pegs[:MOST_STEPS]),
        rests_on_left_out=max(0, len(promise.pegs) - MOST_STEPS),
        to_order=tuple(ToOrderRow.model_validate(one) for one in promise.commands[:MOST_STEPS]),
        to_order_left_out=max(0, len(promise.commands) - MOST_STEPS),
    )


LIST_ORDERS = reads(
    "list_orders",
    "Lists sales order lines by the day they are due: those still owed, those past their day, those that known supply "
    "does not bring in time, or all; of one customer, one item, a span of days. Quantities are base units. One order "
    "in full is show_order; why a line is late is explain_order_line.",
    cost=Cost.MODERATE,
    examples=({"status": "late"}, {"customer": "HARBOR", "due_before": "2026-03-31", "limit": 10}),
    takes=ListOrders,
    gives=OrderLineList,
    handler=_list_orders,
)
SHOW_ORDER = reads(
    "show_order",
    "Shows one sales order: whose it is, its state, its lines with requested and promised days and what is still owed, "
    "and what holds it. Takes our number or the customer's own number for it.",
    cost=Cost.CHEAP,
    examples=({"order": "SO-1042"},),
    takes=ShowOrder,
    gives=OrderShown,
    handler=_show_order,
)
EXPLAIN_ORDER_LINE = reads(
    "explain_order_line",
    "Says why an order line's date is what it is: promised and projected day, the steps down to what holds it back and "
    "what would fix it, the stock and supply it rests on, and the promises made with their reasons. For a line that is "
    "not owed any more only the promises.",
    cost=Cost.MODERATE,
    examples=({"order": "SO-1042", "line": 1},),
    takes=ExplainOrderLine,
    gives=LineExplained,
    handler=_explain,
)
PROMISE_DATE = reads(
    "promise_date",
    "When could so many units of an item leave? Worked out from stock, open orders and what could still be bought or "
    "made, under the terms of a customer where one is named; with what the date rests on and what would have to be "
    "ordered for it. Nothing is kept, held or promised.",
    cost=Cost.MODERATE,
    examples=({"item": "FG-100", "quantity": 40, "requested": "2026-03-31"},),
    takes=PromiseDate,
    gives=DatePromised,
    handler=_promise_date,
)
