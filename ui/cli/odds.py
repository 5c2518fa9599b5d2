"""`expediter odds`: how sure the promises of order lines are, where what they wait for may come late."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from core.domain.errors import UsageError
from core.domain.ids import OrderNo
from core.domain.robustness import PromiseOdds
from core.services.odds import how_sure
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.printing import console, day, print_json, say, table
from ui.cli.reports import print_pack
from ui.cli.workplace import CLI, PackChoice, workplace


@options.takes_pack
def odds_command(
    choice: PackChoice,
    lines: Annotated[list[str], typer.Argument(metavar="ORDER/LINE", help="Open order lines, such as SO-1/1.")],
    as_json: options.Json = False,
) -> None:
    """Say how sure promises are, over 1,000 scenarios of how late suppliers deliver. Nothing is kept."""
    with failures_said():
        asked = [_line(said) for said in lines]
        with workplace(choice) as place:
            with place.application.open_uow(CLI) as uow:
                found = how_sure(uow, asked)
            if as_json:
                print_json({"lines": [asdict(one) for one in found]})
            else:
                print_pack(place.reading)
                _print(found)


def _line(said: str) -> tuple[OrderNo, int]:
    order, _, line = said.rpartition("/")
    if not order or not line.isascii() or not line.isdigit() or len(line) > 9:
        raise UsageError(f"{said!r} is no order line; say order and line, such as SO-1/1", field="lines")
    return OrderNo(order), int(line)


def _print(found: Sequence[PromiseOdds]) -> None:
    columns = (
        ("order line", "code"),
        ("promised", "code"),
        ("holds", "right"),
        ("likely", "code"),
        ("9 of 10 by", "code"),
    )
    rows = [
        (f"{one.order}/{one.line}", day(one.promised), f"{one.holds}%", day(one.median), day(one.late)) for one in found
    ]
    console.print(table("How sure the promises are", columns, rows))
    for one in found:
        if one.rests_on:
            say(f"  {one.order}/{one.line} waits for {', '.join(one.rests_on)}")
