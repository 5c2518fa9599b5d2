"""The books through a server: orders, stock, the last scan, key figures, tasks."""

from datetime import datetime
from typing import Annotated

import typer

from ui.cli import options
from ui.cli.printing import console, day, money, print_json, say, table
from ui.cli.remote.session import through
from ui.goods_schemas import BalanceQuery
from ui.listing_schemas import OrderQuery
from ui.supply_schemas import TaskQuery

Limit = Annotated[int, typer.Option(min=1, max=200, help="At most so many.")]
_DAYS = ["%Y-%m-%d"]


def orders_command(
    context: typer.Context,
    customer: Annotated[str | None, typer.Option(metavar="CODE", help="Of this customer.")] = None,
    late: Annotated[bool, typer.Option("--late", help="Only those with a line owed past its day.")] = False,
    limit: Limit = 50,
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """List sales orders, the first that is wanted first."""
    with through(context, user=user, token_file=token_file) as client:
        found = client.list_orders(wanted=OrderQuery(customer=customer, late_only=late), sort="requested", limit=limit)
        if as_json:
            print_json(found.model_dump(mode="json"))
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


def stock_command(
    context: typer.Context,
    item: Annotated[str | None, typer.Argument(metavar="ITEM", help="Only this item.")] = None,
    limit: Limit = 50,
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """List what lies where, and what of it is free."""
    with through(context, user=user, token_file=token_file) as client:
        found = client.list_stock(wanted=BalanceQuery(item=item), limit=limit)
        if as_json:
            print_json(found.model_dump(mode="json"))
            return
        units = (("on hand", "right"), ("reserved", "right"), ("blocked", "right"), ("free", "right"), ("unit", "code"))
        columns = (("item", "code"), ("name", "left"), ("location", "code"), *units)
        rows = [
            (one.item, one.item_name, one.location, one.on_hand, one.reserved, one.blocked, one.free, one.unit)
            for one in found.items
        ]
        console.print(table("Stock", columns, rows))


def scan_command(
    context: typer.Context,
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Have the books scanned, and say how the last scan ended; a worker of the server scans soon."""
    with through(context, user=user, token_file=token_file) as client:
        asked = client.ask_for_scan()
        last = client.last_scan()
        if as_json:
            print_json({"asked": asked.asked, "last": last.model_dump(mode="json")})
            return
        say("A scan was asked for; a worker does it soon." if asked.asked else "A scan is asked for already.")
        cases = ", ".join(f"{number} {kind}" for kind, number in last.open_cases.items()) or "none"
        say(f"The last one was at {last.at:%Y-%m-%d %H:%M} UTC for {last.as_of}; open cases: {cases}.")


def facts_command(
    context: typer.Context,
    first: Annotated[datetime | None, typer.Option(formats=_DAYS, help="From this day on.")] = None,
    last: Annotated[datetime | None, typer.Option(formats=_DAYS, help="Up to this day.")] = None,
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Show the key figures of a period."""
    with through(context, user=user, token_file=token_file) as client:
        days = {"first": None if first is None else first.date(), "last": None if last is None else last.date()}
        found = client.list_kpis(**days)
        if as_json:
            print_json(found.model_dump(mode="json"))
            return
        rows = [(one.title, one.of, "-" if one.value is None else one.value, one.unit) for one in found.items]
        columns = (("figure", "left"), ("of", "left"), ("value", "right"), ("", "code"))
        console.print(table(f"Key figures, {found.first} to {found.last}", columns, rows))


def tasks_command(
    context: typer.Context,
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """List what only a person can settle, oldest first."""
    with through(context, user=user, token_file=token_file) as client:
        found = client.list_tasks(wanted=TaskQuery.model_validate({"state": "open"}), limit=200)
        if as_json:
            print_json(found.model_dump(mode="json"))
        elif not found.items:
            say("No open tasks.")
        else:
            rows = [(one.subject, one.text, "" if one.role is None else one.role, day(one.due)) for one in found.items]
            columns = (("subject", "left"), ("what", "left"), ("whom", "left"), ("by", "code"))
            console.print(table("Open tasks", columns, rows))
