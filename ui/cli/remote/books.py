"""The books through a server: orders, stock, the last scan, key figures, tasks."""

from datetime import datetime
from typing import Annotated

import typer

from ui.cli.printing import console, day, money, print_json, say, table
from ui.cli.remote.session import asks
from ui.client import Client
from ui.schemas.goods import BalanceQuery
from ui.schemas.listing import OrderQuery
from ui.schemas.supply import TaskQuery

Limit = Annotated[int, typer.Option(min=1, max=200, help="At most so many.")]
_DAYS = ["%Y-%m-%d"]


@asks
def orders_command(
    client: Client,
    as_json: bool,
    customer: Annotated[str | None, typer.Option(metavar="CODE", help="Of this customer.")] = None,
    late: Annotated[bool, typer.Option("--late", help="Only those with a line owed past its day.")] = False,
    limit: Limit = 50,
) -> None:
    """List sales orders, the first that is wanted first."""
    found = client.list_orders(wanted=OrderQuery(customer=customer, late_only=late), sort="requested", limit=limit)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    if not found.items:
        say("No order is like that.")
        return
    columns = (("order", "code"), ("customer", "left"), ("state", "left"), ("open", "right"), ("due", "code"),
               ("late lines", "right"), ("value", "right"))  # fmt: skip
    rows = [
        (one.number, one.customer_name, one.state, one.open, day(one.due), one.late, money(one.value, one.currency))
        for one in found.items
    ]
    console.print(table("Sales orders", columns, rows))
    if found.next is not None:
        say("There are more; --limit shows up to 200, --customer and --late narrow them.")


@asks
def stock_command(
    client: Client,
    as_json: bool,
    item: Annotated[str | None, typer.Argument(metavar="ITEM", help="Only this item.")] = None,
    limit: Limit = 50,
) -> None:
    """List what lies where, and what of it is free."""
    found = client.list_stock(wanted=BalanceQuery(item=item), limit=limit)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    if not found.items:
        say("Nothing lies anywhere of it.")
        return
    units = (("on hand", "right"), ("reserved", "right"), ("blocked", "right"), ("free", "right"), ("unit", "code"))
    columns = (("item", "code"), ("name", "left"), ("location", "code"), *units)
    rows = [
        (one.item, one.item_name, one.location, one.on_hand, one.reserved, one.blocked, one.free, one.unit)
        for one in found.items
    ]
    console.print(table("Stock", columns, rows))


@asks
def scan_command(client: Client, as_json: bool) -> None:
    """Have the books scanned, and say how the last scan ended; a worker of the server scans soon."""
    asked = client.ask_for_scan()
    last = client.last_scan()
    if as_json:
        print_json({"asked": asked.asked, "last": last.model_dump(mode="json")})
        return
    say("A scan was asked for; a worker does it soon." if asked.asked else "A scan is asked for already.")
    cases = ", ".join(f"{number} {kind}" for kind, number in last.open_cases.items()) or "none"
    say(f"The last one was at {last.at:%Y-%m-%d %H:%M} UTC for {last.as_of}; open cases: {cases}.")


@asks
def facts_command(
    client: Client,
    as_json: bool,
    first: Annotated[datetime | None, typer.Option(formats=_DAYS, help="From this day on.")] = None,
    last: Annotated[datetime | None, typer.Option(formats=_DAYS, help="Up to this day.")] = None,
) -> None:
    """Show the key figures of a period."""
    days = {"first": None if first is None else first.date(), "last": None if last is None else last.date()}
    found = client.list_kpis(**days)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    rows = [(one.title, one.of, "-" if one.value is None else one.value, one.unit) for one in found.items]
    columns = (("figure", "left"), ("of", "left"), ("value", "right"), ("", "code"))
    console.print(table(f"Key figures, {found.first} to {found.last}", columns, rows))


@asks
def tasks_command(client: Client, as_json: bool) -> None:
    """List what only a person can settle, oldest first."""
    found = client.list_tasks(wanted=TaskQuery.model_validate({"state": "open"}), limit=200)
    if as_json:
        print_json(found.model_dump(mode="json"))
    elif not found.items:
        say("No open tasks.")
    else:
        rows = [(one.subject, one.text, "" if one.role is None else one.role, day(one.due)) for one in found.items]
        columns = (("subject", "left"), ("what", "left"), ("whom", "left"), ("by", "code"))
        console.print(table("Open tasks", columns, rows))
