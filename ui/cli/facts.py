"""`expediter facts`: the key figures of a period with what they mean."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer
from rich.table import Table

from core.domain.errors import InvalidValueError
from core.domain.facts import Kpi
from core.services.facts import FactsAsked, FactsReport, facts
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.printing import console, count, print_json, say, table
from ui.cli.workplace import CLI, PackChoice, workplace

_DAY = ["%Y-%m-%d"]
_COLUMNS = (("figure", "left"), ("of", "left"), ("value", "right"), ("goal", "code"), ("counted", "right"))
_UNCOUNTED = "nothing to count yet"
_COMPANY_MONEY = frozenset({"inventory_value", "cost_per_exception"})
_OF_MONEY = frozenset({"stock_turns", "days_of_supply"})  # divided by money, which is no number of things

First = Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="The first day; else 89 before the last.")]
Last = Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="The last day; else the business date.")]
AsOf = Annotated[datetime | None, typer.Option("--as-of", formats=_DAY, help="The day it is; else the business date.")]
Minutes = Annotated[int, typer.Option("--minutes-per-case", help="Minutes of people's time a case takes, as you say.")]
Hourly = Annotated[str, typer.Option("--hourly-cost", metavar="AMOUNT", help="What an hour of theirs costs.")]
Best = Annotated[int, typer.Option("--best", metavar="N", help="How many best sellers to name.")]


@options.takes_pack
def facts_command(
    choice: PackChoice,
    first: First = None,
    last: Last = None,
    as_of: AsOf = None,
    minutes_per_case: Minutes = 0,
    hourly_cost: Hourly = "0",
    best: Best = 10,
    as_json: options.Json = False,
) -> None:
    """Show the key figures: on time in full, fill rates, promises, exceptions, returns, stock, suppliers."""
    with failures_said(), workplace(choice) as place:
        asked = FactsAsked(
            first=_day(first),
            last=_day(last),
            as_of=_day(as_of),
            minutes_per_case=minutes_per_case,
            hourly_cost=_amount(hourly_cost),
            best=best,
        )
        with place.application.open_uow(CLI) as uow:
            report = facts(uow, asked)
        if as_json:
            print_json(_as_json(report))
        else:
            _print(report)


def _day(given: datetime | None) -> date | None:
    return None if given is None else given.date()


def _amount(given: str) -> Decimal:
    try:
        return Decimal(given)
    except InvalidOperation as error:
        raise InvalidValueError(
            f"{given!r} is no amount; accepted is one such as 42.50", field="hourly_cost"
        ) from error


def _print(report: FactsReport) -> None:
    scope = report.scope
    title = f"Facts of {scope.first} to {scope.last}, as of {scope.as_of}"
    console.print(_table(title, report))
    say("What they mean:", style="bold")
    for kpi in {one.name: one for one in report.kpis}.values():
        say(f"  {kpi.title}: {kpi.says}. Counted: {kpi.counts}.")
    missing = {one.title for one in report.kpis if one.value is None and not one.of}
    if missing:
        say(f"{count(len(missing), 'figure')} with {_UNCOUNTED}: in the ledgers of this period there is nothing of it.")


def _table(title: str, report: FactsReport) -> Table:
    rows: list[Sequence[object]] = []
    shown = ""
    for kpi in report.kpis:
        rows.append(
            (
                "" if kpi.title == shown else kpi.title,
                kpi.of,
                _said(kpi, report),
                "" if kpi.of else kpi.goal or "",
                _counted(kpi),
            )
        )
        shown = kpi.title
    return table(title, _COLUMNS, rows)


def _said(kpi: Kpi, report: FactsReport) -> str:
    """The value with its unit; a total says its currency in what it is of, if it is of one."""
    if kpi.value is None:
        return "-"
    number = f"{kpi.value:,.0f}" if kpi.unit in {"lines", "units"} else f"{kpi.value:,.2f}"
    unit = report.currency if kpi.unit == "money" and kpi.name in _COMPANY_MONEY else kpi.unit
    return number if unit == "money" else f"{number} {unit}"


def _counted(kpi: Kpi) -> str:
    return "" if kpi.denominator is None or kpi.name in _OF_MONEY else f"{kpi.denominator:,.0f}"


def _as_json(report: FactsReport) -> dict[str, object]:
    scope = report.scope
    return {
        "first": scope.first,
        "last": scope.last,
        "as_of": scope.as_of,
        "currency": report.currency,
        "facts": [
            {
                "name": kpi.name,
                "of": kpi.of,
                "value": kpi.value,
                "unit": kpi.unit,
                "numerator": kpi.numerator,
                "denominator": kpi.denominator,
                "goal": kpi.goal,
                "says": kpi.says,
                "counts": kpi.counts,
            }
            for kpi in report.kpis
        ],
    }
