"""Answers about sales orders: lists of lines, one order, why a date is what it is, and when units could leave."""

from collections.abc import Sequence

from agents.ops_chat.told import Table, Told, count, line_of, supply_cites, table, told
from tools.orders import DatePromised, LineExplained, OrderLineList, OrderLineRow, OrderShown

_STATUS = {"late": "late", "at_risk": "at risk", "all": "found", "open": "open"}


def tell_lines(found: OrderLineList, asked: dict[str, object]) -> Told:
    """The lines that were asked for."""
    status = _STATUS[str(asked.get("status") or "open")]
    number = len(found.lines) + found.left_out
    whose = f" for {found.lines[0].customer_name}" if asked.get("customer") and found.lines else ""
    if not number:
        return told(f"No order line{_narrowed(asked)} is {_exactly(status, 1)}.", _to_come(found))
    first = found.lines[0]
    risks = table(
        "At risk",
        "line|there|short",
        [(line_of(one.order, one.line), one.projected, one.short) for one in found.risks],
    )
    return told(
        f"{count(number, 'order line')}{whose} {'is' if number == 1 else 'are'} {_exactly(status, number)}.",
        f"The first due is {line_of(first.order, first.line)} for {first.customer_name}: "
        f"{first.open:,} {first.item}, due {first.due.isoformat()}.",
        _to_come(found),
        tables=(line_table("Order lines", found.lines, left_out=found.left_out), risks),
        cites=[f"order:{one.order}" for one in found.lines],
        listed=[line_of(one.order, one.line) for one in found.lines],
    )


def _exactly(status: str, number: int) -> str:
    """Late is what its day has passed for, not what will be."""
    return status if status != "late" else "past its day" if number == 1 else "past their day"


def _to_come(found: OrderLineList) -> str:
    """What will be late, where it was asked what is: who asks for the one seldom means that alone."""
    if not found.at_risk:
        return ""
    will = "order line will" if found.at_risk == 1 else "order lines will"
    return f"{found.at_risk:,} {will} not be there by the day as supply stands: “which orders are at risk?”"


def _narrowed(asked: dict[str, object]) -> str:
    said = [f" for {asked['customer']}"] if asked.get("customer") else []
    said += [f" of {asked['item']}"] if asked.get("item") else []
    said += [f" due from {asked['due_after']} on"] if asked.get("due_after") else []
    said += [f" due by {asked['due_before']}"] if asked.get("due_before") else []
    return "".join(said)


def line_table(title: str, lines: Sequence[OrderLineRow], *, left_out: int) -> Table:
    """Order lines, a row each."""
    rows = [
        (line_of(one.order, one.line), one.customer_name, one.item, one.open, one.requested, one.promised, one.state)
        for one in lines
    ]
    return table(title, "line|customer|item|open|requested|promised|state", rows, left_out=left_out)


def tell_order(found: OrderShown) -> Told:
    """One order."""
    owed = [line for line in found.lines if line.open]
    late = [line for line in owed if line.due < found.as_of]
    holds = "; ".join(f"{hold.kind}{f' on line {hold.line}' if hold.line else ''}: {hold.why}" for hold in found.holds)
    return told(
        f"{found.order} of {found.customer} is {found.state}: {count(len(owed), 'line')} still owed, {len(late)} late.",
        f"Ordered {found.order_date.isoformat()} as {found.customer_po}." if found.customer_po else "",
        f"It is held: {holds}." if holds else "",
        tables=(line_table(f"Lines of {found.order}", found.lines, left_out=found.lines_left_out),),
        cites=(f"order:{found.order}", f"customer:{found.customer}"),
        listed=[line_of(one.order, one.line) for one in found.lines],
    )


def tell_why(found: LineExplained) -> Told:
    """Why a line's date is what it is."""
    name = line_of(found.line.order, found.line.line)
    steps = [(step.subject, step.text) for step in found.why]
    rests = [(row.level, row.supply, row.item, row.location, row.units, row.on) for row in found.rests_on]
    made = [(one.old, one.new, one.reason) for one in found.promises]
    return told(
        _stands(found, name),
        f"What holds it back: {found.why[0].subject}: {found.why[0].text}." if found.why else "",
        tables=(
            table("Why", "about|what", steps),
            table("What it rests on", "level|supply|item|at|units|on", rests, left_out=found.rests_on_left_out),
            table("Promises made", "before|after|why", made),
        ),
        cites=(
            f"order:{found.line.order}",
            f"item:{found.line.item}",
            *supply_cites([row.supply for row in found.rests_on]),
        ),
    )


def _stands(found: LineExplained, name: str) -> str:
    line = found.line
    what = f"{name} ({line.open:,} {line.item} for {line.customer_name})"
    if not found.owed:
        return f"{name} is {line.state}: nothing of it is owed any more."
    if found.projected is None:
        return f"{what} has no known day: {found.short:,} units are covered by nothing, due {line.due.isoformat()}."
    there = found.projected.isoformat()
    if found.days_late:
        return f"{what} will be {count(found.days_late, 'day')} late: due {line.due.isoformat()}, all there {there}."
    return f"{what} will be on time: due {line.due.isoformat()}, all there {there}."


def tell_date(found: DatePromised) -> Told:
    """When units could leave."""
    what = f"{found.quantity:,} {found.item}"
    first = (
        f"{what} can leave {found.location} on {found.complete.isoformat()}."
        if found.complete is not None
        else f"Nobody can date all of {what} at {found.location}: {found.unplannable:,} have no known day."
    )
    wanted = f"That is {count(found.days_late, 'day')} after {found.requested.isoformat()}." if found.days_late else ""
    parts = [(one.on, one.quantity, one.location) for one in found.dates]
    pegs = [(one.kind, one.reference, one.item, one.quantity, one.on) for one in found.rests_on]
    orders = [
        (one.kind, one.item, one.location, one.quantity, one.begin, one.due, one.supplier) for one in found.to_order
    ]
    return told(
        first,
        wanted,
        f"What holds it back: {found.reasons[0].text}." if found.days_late and found.reasons else "",
        f"For that, {count(len(orders) + found.to_order_left_out, 'order')} would have to be placed." if orders else "",
        "Nothing is held or promised.",
        tables=(
            table("Days", "on|units|from", parts) if len(parts) > 1 else None,
            table("What it rests on", "kind|reference|item|units|on", pegs, left_out=found.rests_on_left_out),
            table(
                "To be ordered",
                "kind|item|at|units|begin|due|supplier",
                orders,
                left_out=found.to_order_left_out,
            ),
        ),
        cites=[f"item:{found.item}", *([f"customer:{found.customer}"] if found.customer else [])],
    )
