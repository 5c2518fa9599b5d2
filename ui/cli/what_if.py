"""`expediter what-if`: what a disruption, an order or a plan would do to the promises; nothing is kept."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, TypeVar

import typer

from core.domain.errors import UsageError
from core.domain.ids import ItemCode, LocationCode, OptionId, OrderNo, SupplierCode, WorkCenterCode
from core.domain.overlays import SupplierOutage
from core.domain.scenarios import (
    CenterStop,
    DemandChange,
    LineOutlook,
    NewDemand,
    PriceRise,
    Scenario,
    SupplyCut,
    SupplyDelay,
    TariffRise,
    WhatIfReport,
)
from core.services.what_if import WhatIf, what_if
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.printing import console, count, day, money, print_json, say, table
from ui.cli.reports import print_pack
from ui.cli.workplace import CLI, PackChoice, Workplace, workplace

T = TypeVar("T")

_Many = list[str] | None


@options.takes_pack
def what_if_command(
    choice: PackChoice,
    outage: Annotated[_Many, typer.Option(metavar="SUPPLIER:DAYS", help="A supplier delivers nothing.")] = None,
    delay: Annotated[_Many, typer.Option(metavar="ORDER[/LINE]:DAYS", help="Supply comes later; -2 is sooner.")] = None,
    cut: Annotated[_Many, typer.Option(metavar="ORDER/LINE:UNITS", help="Supply brings less.")] = None,
    stop: Annotated[_Many, typer.Option(metavar="CENTER:DAYS", help="A work centre stands still.")] = None,
    price: Annotated[_Many, typer.Option(metavar="SUPPLIER:PERCENT", help="A supplier asks for more.")] = None,
    tariff: Annotated[
        _Many, typer.Option(metavar="COUNTRY|SUPPLIER:PERCENT", help="More duty on what is open from there.")
    ] = None,
    demand: Annotated[
        _Many, typer.Option(metavar="ITEM:UNITS:DATE[@PLACE]", help="Somebody asks for units by a date.")
    ] = None,
    change: Annotated[
        _Many, typer.Option(metavar="ORDER/LINE:UNITS|DATE", help="An order line is for other units or another day.")
    ] = None,
    option: Annotated[_Many, typer.Option(metavar="ID", help="An option that was worked out is done.")] = None,
    limit: Annotated[int, typer.Option(help="How many lines and customers are told.")] = 20,
    as_json: options.Json = False,
) -> None:
    """Ask what would happen to the promises; every option may be given more than once. Nothing is kept."""
    with failures_said():
        disruptions = (
            *_each(outage, "--outage", _outage),
            *_each(delay, "--delay", _delay),
            *_each(cut, "--cut", _cut),
            *_each(stop, "--stop", _stop),
            *_each(price, "--price", _price),
            *_each(tariff, "--tariff", _tariff),
            *_each(change, "--change", _change),
        )
        asked = tuple(_each(demand, "--demand", _demand))
        with workplace(choice) as place:
            report = _told(place, Scenario(disruptions=disruptions, demand=asked), option or (), limit=limit)
            if as_json:
                print_json(asdict(report))
            else:
                print_pack(place.reading)
                _print(report, limit=limit)


def _told(place: Workplace, scenario: Scenario, chosen: Sequence[str], *, limit: int) -> WhatIfReport:
    """The answer to the scenario with the actions of these options."""
    with place.application.open_uow(CLI) as uow:
        actions = tuple(action for name in chosen for action in uow.cases.option(OptionId(name)).actions)
        return what_if(uow, WhatIf(scenario=replace(scenario, actions=actions), limit=limit))


def _each(said: Sequence[str] | None, name: str, read: Callable[[str], T]) -> list[T]:
    found = list[T]()
    for one in said or ():
        try:
            found.append(read(one))
        except (ValueError, InvalidOperation):
            raise UsageError(f"{name} {one!r} is not of the form {_FORMS[name]}", field=name) from None
    return found


_FORMS = {
    "--outage": "SUPPLIER:DAYS, such as GULF:14",
    "--delay": "ORDER:DAYS or ORDER/LINE:DAYS, such as PO-1:7",
    "--cut": "ORDER/LINE:UNITS, such as PO-1/2:40",
    "--stop": "CENTER:DAYS, such as WELD:3",
    "--price": "SUPPLIER:PERCENT, such as GULF:12.5",
    "--tariff": "COUNTRY:PERCENT or SUPPLIER:PERCENT, such as CN:25",
    "--demand": "ITEM:UNITS:DATE or ITEM:UNITS:DATE@PLACE, such as PUMP-9:40:2024-10-20",
    "--change": "ORDER/LINE:UNITS or ORDER/LINE:DATE, such as SO-1/2:40",
}


def _two(said: str) -> tuple[str, str]:
    """What stands before the last colon, and behind it."""
    before, colon, behind = said.rpartition(":")
    if not (before and colon and behind):
        raise ValueError(said)
    return before, behind


def _line(said: str) -> tuple[str, int]:
    order, slash, line = said.rpartition("/")
    if not (order and slash):
        raise ValueError(said)
    return order, int(line)


def _outage(said: str) -> SupplierOutage:
    supplier, days = _two(said)
    return SupplierOutage(supplier=SupplierCode(supplier), days=int(days))


def _delay(said: str) -> SupplyDelay:
    name, days = _two(said)
    order, slash, line = name.rpartition("/")
    if slash and line.isdecimal():
        return SupplyDelay(order=order, line=int(line), days=int(days))
    return SupplyDelay(order=name, days=int(days))


def _cut(said: str) -> SupplyCut:
    name, units = _two(said)
    order, line = _line(name)
    return SupplyCut(order=order, line=line, quantity=int(units))


def _stop(said: str) -> CenterStop:
    center, days = _two(said)
    return CenterStop(center=WorkCenterCode(center), days=int(days))


def _price(said: str) -> PriceRise:
    supplier, percent = _two(said)
    return PriceRise(supplier=SupplierCode(supplier), percent=Decimal(percent))


def _tariff(said: str) -> TariffRise:
    """Of a country where there is one of that name with suppliers, else of the supplier; looked up with the books."""
    whose, percent = _two(said)
    return TariffRise(country=whose, percent=Decimal(percent))


def _change(said: str) -> DemandChange:
    name, new = _two(said)
    order, line = _line(name)
    if "-" in new:
        return DemandChange(order=OrderNo(order), line=line, due=date.fromisoformat(new))
    return DemandChange(order=OrderNo(order), line=line, quantity=int(new))


def _demand(said: str) -> NewDemand:
    rest, at, place = said.partition("@")
    name, due = _two(rest)
    item, units = _two(name)
    return NewDemand(
        item=ItemCode(item),
        quantity=int(units),
        due=date.fromisoformat(due),
        location=LocationCode(place) if at else None,
    )


def _print(report: WhatIfReport, *, limit: int) -> None:
    for sentence in report.assumed:
        say(f"What if {sentence}?")
    say("Nothing was kept.")
    before, after = report.before, report.after
    rows = [
        ("late lines", f"{before.late:,}", f"{after.late:,}"),
        ("uncovered lines", f"{before.uncovered:,}", f"{after.uncovered:,}"),
        (f"at risk, {report.currency}", money(before.exposure), money(after.exposure)),
    ]
    console.print(table("The book", (("", "left"), ("before", "right"), ("after", "right")), rows))
    if report.cost:
        say(f"It costs {money(report.cost, report.currency)} more.")
    if not report.changed:
        say("Every order line stands as before.")
        return
    columns = (("line", "code"), ("item", "left"), ("before", "left"), ("after", "left"), ("more at risk", "right"))
    lines = [
        (f"{one.order}/{one.line}", one.item, _said(one.before), _said(one.after), money(one.exposure))
        for one in report.lines
    ]
    console.print(table(f"{count(report.changed, 'order line')} that would stand otherwise", columns, lines))
    if report.left_out:
        say(f"And {report.left_out:,} more; --limit tells them.")
    _print_customers(report, limit)


def _print_customers(report: WhatIfReport, limit: int) -> None:
    """Those it hurts most; the others in one sentence, with what they add up to."""
    told, others = report.customers[:limit], report.customers[limit:]
    columns = (("customer", "left"), ("lines", "right"), (f"more at risk, {report.currency}", "right"))
    rows = [(one.name, f"{one.lines:,}", money(one.exposure)) for one in told]
    console.print(table(f"What it means for {count(len(report.customers), 'customer')}", columns, rows))
    if others:
        rest = money(sum((one.exposure for one in others), Decimal(0)), report.currency)
        say(f"And {count(len(others), 'more customer')}, together {rest}; --limit tells them.")


def _said(stand: LineOutlook | None) -> str:
    if stand is None:
        return "not open"
    when = "never" if stand.projected is None else day(stand.projected)
    short = f", {stand.short:,} short" if stand.short else ""
    return f"{stand.state}, {when}{short}"
