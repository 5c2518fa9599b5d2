"""`expediter impact`: what hangs on a supply, and what an order line rests on."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from core.domain.supply_impact import Footing, ImpactAsked, SupplyImpact
from core.services.supply_impact import supply_impact
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.printing import console, count, print_json, say, table
from ui.cli.workplace import CLI, PackChoice, workplace

_PEGGED = (("order line", "code"), ("customer", "left"), ("item", "code"), ("units", "right"), ("due", "code"))
_WORSENED = (
    ("order line", "code"),
    ("customer", "left"),
    ("item", "code"),
    ("more short", "right"),
    ("later", "right"),
)
_UPSTREAM = (
    ("level", "right"),
    ("supply", "left"),
    ("item", "code"),
    ("at", "code"),
    ("units", "right"),
    ("on", "code"),
)


@options.takes_pack
def impact_command(
    choice: PackChoice,
    reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="Such as PO-17, PO-17/1, WO-3 or SO-1042/1.")],
    later: Annotated[
        int | None, typer.Option(min=1, max=3650, metavar="DAYS", help="It comes so many days later; else never.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Show which order lines hang on open supply and which are worse off without it, or what an order line rests on."""
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            found = supply_impact(uow, ImpactAsked(reference=reference, later=later))
        if as_json:
            print_json(asdict(found))
        elif isinstance(found, Footing):
            console.print(_footing_table(found))
        else:
            _print(found)


def _print(found: SupplyImpact) -> None:
    names = ", ".join(found.supplies)
    console.print(_pegged_table(f"Pegged to {names}", found))
    change = "if it never came" if found.later is None else f"if it came {count(found.later, 'day')} later"
    if found.worsened:
        console.print(_worsened_table(f"Worse off {change}", found))
    else:
        say(f"No order line would be worse off {change}: other supply steps in.")


def _pegged_table(title: str, found: SupplyImpact) -> Table:
    rows = [(f"{one.order}/{one.line}", one.customer, one.item, one.units, one.due) for one in found.pegged]
    return table(title, _PEGGED, rows)


def _worsened_table(title: str, found: SupplyImpact) -> Table:
    rows = [
        (
            f"{one.order}/{one.line}",
            one.customer,
            one.item,
            one.more_short,
            "no date" if one.days_later is None else count(one.days_later, "day"),
        )
        for one in found.worsened
    ]
    return table(title, _WORSENED, rows)


def _footing_table(found: Footing) -> Table:
    rows = [(one.level, one.supply, one.item, one.location, one.units, one.on or "no date") for one in found.upstream]
    return table(f"What {', '.join(found.lines)} rests on", _UPSTREAM, rows)
