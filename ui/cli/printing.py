"""The terminal: one console, tables with few lines, money and dates as people write them."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

console = Console(highlight=False, soft_wrap=False)


def print_json(value: object) -> None:
    """One JSON object on standard output, keys in the order given, and a line end."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=_plain) + "\n")


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def table(title: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[object]]) -> Table:
    """A table; each column is a heading and how it is set: "left" (text, may wrap), "code" (kept on one line) or
    "right" (numbers, kept on one line). Cells are plain text, never markup."""
    made = Table(
        title=escape(title),
        box=box.SIMPLE_HEAD,
        title_justify="left",
        title_style="bold",
        pad_edge=False,
        padding=(0, 1),
        collapse_padding=True,
    )
    for heading, side in columns:
        made.add_column(
            heading,
            justify="right" if side == "right" else "left",
            no_wrap=side != "left",
            overflow="fold" if side == "left" else "ellipsis",
        )
    for row in rows:
        made.add_row(*(escape(str(cell)) for cell in row))
    return made


def money(amount: Decimal, currency: str = "") -> str:
    """An amount with thousands and cents."""
    return f"{amount:,.2f} {currency}".strip()


def day(on: date | None) -> str:
    """A date, or a dash when none is known."""
    return "-" if on is None else on.isoformat()


def say(text: str = "", *, style: str = "") -> None:
    """A line of plain text."""
    console.print(escape(text), style=style)


def heading(text: str) -> None:
    """A line that begins a part of the story."""
    console.print()
    console.print(escape(text), style="bold cyan")
